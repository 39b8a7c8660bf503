import { namedGuid } from './hash';
import type { JsonObject, Partner, Policies, TenantKey } from './world';

function access(accessType: 'allowed' | 'blocked'): JsonObject {
  return {
    usersAndGroups: { accessType, targets: [{ target: 'AllUsers', targetType: 'user' }] },
    applications: { accessType, targets: [{ target: 'AllApplications', targetType: 'application' }] },
  };
}

/** The default configuration as the service ships it (facts 3.3). */
export function systemDefault(): JsonObject {
  return {
    isServiceDefault: true,
    inboundTrust: {
      isMfaAccepted: false,
      isCompliantDeviceAccepted: false,
      isHybridAzureADJoinedDeviceAccepted: false,
    },
    b2bCollaborationInbound: access('allowed'),
    b2bCollaborationOutbound: access('allowed'),
    b2bDirectConnectInbound: access('blocked'),
    b2bDirectConnectOutbound: access('blocked'),
    tenantRestrictions: {
      devices: null,
      usersAndGroups: { accessType: 'blocked', targets: [{ target: 'AllUsers', targetType: 'user' }] },
      applications: {
        accessType: 'blocked',
        targets: [{ target: 'AllApplications', targetType: 'application' }],
      },
    },
    invitationRedemptionIdentityProviderConfiguration: {
      primaryIdentityProviderPrecedenceOrder: [
        'azureActiveDirectory',
        'externalFederation',
        'socialIdentityProviders',
      ],
      fallbackIdentityProvider: 'defaultConfiguredIdp',
    },
    automaticUserConsentSettings: { inboundAllowed: false, outboundAllowed: false },
  };
}

/** A partner entry as POST makes it: everything inherits (facts 3.2). */
export function newPartner(tenantId: string): Partner {
  return {
    tenantId,
    isServiceProvider: null,
    isInMultiTenantOrganization: false,
    inboundTrust: null,
    b2bCollaborationInbound: null,
    b2bCollaborationOutbound: null,
    b2bDirectConnectInbound: null,
    b2bDirectConnectOutbound: null,
    tenantRestrictions: null,
    automaticUserConsentSettings: { inboundAllowed: null, outboundAllowed: null },
    identitySynchronization: null,
  };
}

/** Multitenant-organization templates as shipped (facts 3.5). */
export function systemTemplate(kind: 'partner' | 'identity'): JsonObject {
  const templateApplicationLevel = 'none';
  if (kind === 'identity')
    return { id: 'identity', templateApplicationLevel, userSyncInbound: { isSyncAllowed: false } };
  return {
    id: 'partner',
    templateApplicationLevel,
    inboundTrust: null,
    b2bCollaborationInbound: null,
    b2bCollaborationOutbound: null,
    b2bDirectConnectInbound: null,
    b2bDirectConnectOutbound: null,
    automaticUserConsentSettings: { inboundAllowed: null, outboundAllowed: null },
  };
}

/** Who may sign in by SMS: the group Frontline of the source tenant, nobody elsewhere. */
function systemSms(seed: string, key: TenantKey): JsonObject {
  const id = key === 'con' ? namedGuid(seed, key, 'group', 'Frontline') : 'all_users';
  const target = { targetType: 'group', id, isRegistrationRequired: false, isUsableForSignIn: key === 'con' };
  return {
    '@odata.type': '#microsoft.graph.smsAuthenticationMethodConfiguration',
    id: 'Sms',
    state: 'enabled',
    excludeTargets: [],
    includeTargets: [target],
  };
}

/** All policies of a tenant in the first world. */
export function systemPolicies(seed: string, key: TenantKey): Policies {
  return {
    crossTenantAccess: {
      displayName: 'CrossTenantAccessPolicy',
      description: null,
      allowedCloudEndpoints: [],
    },
    default: null,
    partners: {},
    partnerTemplate: null,
    identityTemplate: null,
    authorization: {
      id: 'authorizationPolicy',
      displayName: 'Authorization Policy',
      description: 'Used to manage authorization related settings across the company.',
      allowInvitesFrom: 'adminsAndGuestInviters',
      allowedToSignUpEmailBasedSubscriptions: true,
      allowedToUseSSPR: true,
      allowEmailVerifiedUsersToJoinOrganization: false,
      allowUserConsentForRiskyApps: null,
      blockMsolPowerShell: false,
      guestUserRoleId: '10dae51f-b6af-4016-8d66-8c2a99b929b3',
      defaultUserRolePermissions: {
        allowedToCreateApps: false,
        allowedToCreateSecurityGroups: false,
        allowedToReadOtherUsers: true,
      },
    },
    sms: systemSms(seed, key),
  };
}

/** True when the tenant's setting lets this side of B2B through: the partner's own block, else the default. */
export function collaborationAllowed(
  policies: Policies,
  partnerTenantId: string,
  side: 'Inbound' | 'Outbound',
): boolean {
  const member = side === 'Inbound' ? 'b2bCollaborationInbound' : 'b2bCollaborationOutbound';
  const own = policies.partners[partnerTenantId]?.[member];
  const effective = own ?? (policies.default ?? systemDefault())[member];
  const users = (effective as JsonObject | null)?.['usersAndGroups'] as JsonObject | null | undefined;
  return users?.['accessType'] !== 'blocked';
}
