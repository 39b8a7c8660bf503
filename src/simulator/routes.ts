import { authenticationRoutes } from './resources/authentication-methods';
import { contactRoutes } from './resources/contacts';
import { crossTenantPolicyRoutes } from './resources/cross-tenant-policy';
import { deletedItemRoutes } from './resources/deleted-items';
import { directoryAuditRoutes } from './resources/directory-audits';
import { groupChangeRoutes } from './resources/group-changes';
import { groupRoutes } from './resources/groups';
import { organizationRoutes } from './resources/organization';
import { partnerRoutes } from './resources/partners';
import { phoneMethodRoutes } from './resources/phone-methods';
import { roleRoutes } from './resources/roles';
import { servicePrincipalRoutes } from './resources/service-principals';
import { tenantPolicyRoutes } from './resources/tenant-policies';
import { userRoutes } from './resources/users';
import { userDeltaRoutes } from './resources/users-delta';
import type { Route } from './route';
import { syncRoutes } from './sync/routes';

/** Every Graph operation that is simulated. */
export const graphRoutes: readonly Route[] = [
  ...authenticationRoutes,
  ...contactRoutes,
  ...crossTenantPolicyRoutes,
  ...deletedItemRoutes,
  ...directoryAuditRoutes,
  ...groupRoutes,
  ...groupChangeRoutes,
  ...organizationRoutes,
  ...partnerRoutes,
  ...phoneMethodRoutes,
  ...roleRoutes,
  ...servicePrincipalRoutes,
  ...tenantPolicyRoutes,
  ...userRoutes,
  ...userDeltaRoutes,
  ...syncRoutes,
];
