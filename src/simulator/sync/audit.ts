import { appendAudit } from '../audits';
import type { DirectoryAudit, ServicePrincipal, TenantState, World } from '../world';

/** One directory audit row about a provisioning configuration (facts 6.2). */
export function auditProvisioning(
  world: World,
  tenant: TenantState,
  { id, displayName }: Pick<ServicePrincipal, 'id' | 'displayName'>,
  activityDisplayName: string,
  extras: Partial<DirectoryAudit> = {},
): void {
  appendAudit(world, tenant, {
    category: 'ProvisioningManagement',
    activityDisplayName,
    operationType: activityDisplayName.split(/[ /]/)[0] ?? '',
    loggedByService: 'Account Provisioning',
    targets: [{ id, displayName, type: 'ServicePrincipal' }],
    ...extras,
  });
}
