import type { Route } from '../route';
import { assignmentRoutes } from './assignment-routes';
import { credentialRoutes } from './credential-routes';
import { jobRoutes } from './job-routes';
import { logRoutes } from './log-routes';
import { onDemandRoutes } from './on-demand-routes';
import { schemaRoutes } from './schema-routes';
import { templateRoutes } from './template-routes';

/** Everything of the synchronization API: configuration, jobs, scope and the provisioning log. */
export const syncRoutes: readonly Route[] = [
  ...templateRoutes,
  ...jobRoutes,
  ...credentialRoutes,
  ...schemaRoutes,
  ...onDemandRoutes,
  ...assignmentRoutes,
  ...logRoutes,
];
