import { crossTenantPolicyRoutes } from './resources/cross-tenant-policy';
import { organizationRoutes } from './resources/organization';
import { partnerRoutes } from './resources/partners';
import type { Route } from './route';
import { syncRoutes } from './sync/routes';

/** Every Graph operation that is simulated. */
export const graphRoutes: readonly Route[] = [
  ...organizationRoutes,
  ...crossTenantPolicyRoutes,
  ...partnerRoutes,
  ...syncRoutes,
];
