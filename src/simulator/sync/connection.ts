import type { TenantState } from '../world';
import type { EngineError } from './state';

/**
 * Whether the source may provision into the target: null when it may, else the error of facts 6.3. The order is that
 * of the checks: own consent, inbound policy, redemption.
 */
export function checkConnection(
  source: TenantState,
  target: TenantState | null,
  companyId: string | null,
): EngineError | null {
  if (!target || target.tenantId === source.tenantId) {
    return {
      code: 'ExternalTenantNotFound',
      message: `This tenant was not found by the authentication authority of the current cloud: ${companyId ?? ''}.`,
    };
  }
  const outbound = source.policies.partners[target.tenantId];
  const inbound = target.policies.partners[source.tenantId];
  const policyCheck = 'AzureActiveDirectoryCrossTenantSyncPolicyCheckFailure';
  if (outbound?.automaticUserConsentSettings.outboundAllowed !== true) {
    return {
      code: policyCheck,
      message:
        'The source tenant has not enabled automatic user consent with the target tenant. Enable the outbound cross-tenant access policy for automatic user consent in the source tenant.',
    };
  }
  if (inbound?.identitySynchronization?.userSyncInbound?.isSyncAllowed !== true) {
    return {
      code: policyCheck,
      message:
        'The target tenant has not enabled inbound synchronization with this tenant. Ask the administrator of the target tenant to enable inbound synchronization in its cross-tenant access policy.',
    };
  }
  if (inbound.automaticUserConsentSettings.inboundAllowed !== true) {
    return {
      code: 'AzureDirectoryB2BManagementPolicyCheckFailure',
      message: 'Policy permitting auto-redemption of invitations not configured.',
    };
  }
  return null;
}
