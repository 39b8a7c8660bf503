import { appendAudit, auditCall } from '../audits';
import type { Call } from '../route';
import type { DirectoryAudit, ServicePrincipal, TenantState, World } from '../world';
import { servicePrincipalOf } from './found';

/** One directory audit row about a provisioning configuration (facts 6.2). */
export function auditProvisioning(
  world: World,
  tenant: TenantState,
  { id, displayName }: Pick<ServicePrincipal, 'id' | 'displayName'>,
  activityDisplayName: string,
  extras: Partial<DirectoryAudit> = {},
): void {
  appendAudit(world, tenant, { ...provisioningRow({ id, displayName }, activityDisplayName), ...extras });
}

/** The same for a change that came as a call about the service principal in its path. */
export function auditProvisioningCall(
  call: Call,
  activityDisplayName: string,
  extras: Partial<DirectoryAudit> = {},
): void {
  auditCall(call, { ...provisioningRow(servicePrincipalOf(call), activityDisplayName), ...extras });
}

function provisioningRow(
  { id, displayName }: Pick<ServicePrincipal, 'id' | 'displayName'>,
  activityDisplayName: string,
) {
  return {
    category: 'ProvisioningManagement',
    activityDisplayName,
    operationType: activityDisplayName.split(/[ /]/)[0] ?? '',
    loggedByService: 'Account Provisioning',
    targets: [{ id, displayName, type: 'ServicePrincipal' }],
  };
}
