import { collaborationAllowed } from '../policies';
import { isFull } from '../quota';
import { findUserByName, userOfHome, usersWithAddress } from '../users';
import type { TenantState, User, World } from '../world';
import { isExternal } from './attributes';
import type { Failure } from './state';

/** The user of the target that stands for this source user, whatever the job remembers (facts 5.5). */
export function matchingUser(
  world: World,
  source: TenantState,
  target: TenantState,
  user: User,
): User | null {
  const own = userOfHome(world, target, source.tenantId, user.id);
  if (own) return own;
  if (!user.mail) return null;
  // A pending invitation by mail, or the target user of another source user with the same mail.
  return (
    usersWithAddress(world, target, user.mail).find(
      (found) =>
        isExternal(found) &&
        (found.externalUserState === 'PendingAcceptance' || found.home?.tenantId === source.tenantId),
    ) ?? null
  );
}

/** Why the target does not let this user be invited, or null. `flowing` are the values for the new user. */
export function invitationFailure(
  world: World,
  source: TenantState,
  target: TenantState,
  user: User,
  flowing: Partial<User>,
): Failure | null {
  if (target.policies.authorization.allowInvitesFrom === 'none') {
    return {
      code: 'AzureActiveDirectoryForbidden',
      reason:
        'Guest invitations not allowed for your company. Contact your company administrator for more details.',
    };
  }
  if (
    !collaborationAllowed(source.policies, target.tenantId, 'Outbound') ||
    !collaborationAllowed(target.policies, source.tenantId, 'Inbound')
  ) {
    return {
      code: 'InvitationCreationFailure',
      reason: 'The invitation was blocked by the cross-tenant access settings of B2B collaboration.',
    };
  }
  if (isFull(world, target)) {
    return {
      code: 'AzureActiveDirectoryQuotaLimitExceeded',
      reason: 'The directory object quota limit of the target tenant has been exceeded.',
    };
  }
  const address = flowing.mail ?? null;
  return (
    (address && addressFailure(world, source, target, address)) || nameFailure(world, target, user, flowing)
  );
}

function addressFailure(
  world: World,
  source: TenantState,
  target: TenantState,
  address: string,
): Failure | null {
  const wanted = address.toLowerCase();
  const invalid = (reason: string) => ({ code: 'InvitationCreationFailureInvalidPropertyValue', reason });
  if (!source.verifiedDomains.includes(wanted.split('@')[1] ?? '')) {
    return invalid(`The primary SMTP address '${address}' is not in a verified domain of the source tenant.`);
  }
  if (Object.values(target.groups).some(({ mail }) => mail?.toLowerCase() === wanted)) {
    return invalid(`The address '${address}' is the mail of a group in the target tenant.`);
  }
  if (usersWithAddress(world, target, wanted).length || findUserByName(world, target, wanted)) {
    return {
      code: 'InvitationCreationFailureAmbiguousUser',
      reason: `The proxy address '${address}' belongs to another user in the target tenant.`,
    };
  }
  const holds = ({ mail, proxyAddresses }: { mail: string; proxyAddresses: readonly string[] }) =>
    mail.toLowerCase() === wanted || proxyAddresses.some((proxy) => proxy.toLowerCase() === `smtp:${wanted}`);
  if (!Object.values(target.contacts).some(holds)) return null;
  return {
    code: 'InvitationCreationFailure',
    reason: `A mail contact with the address '${address}' exists in the target tenant.`,
  };
}

function nameFailure(
  world: World,
  target: TenantState,
  user: User,
  { userPrincipalName }: Partial<User>,
): Failure | null {
  if (!userPrincipalName || !findUserByName(world, target, userPrincipalName)) return null;
  return {
    code: 'InvitationCreationFailureAmbiguousUser',
    reason: `Another user of the target tenant has the name of '${user.userPrincipalName}'.`,
  };
}

const ownedByExchange = ['mail', 'showInAddressList'];

/** Why the existing target user cannot take these changes, or null. */
export function updateFailure(existing: User, names: readonly string[]): Failure | null {
  if (existing.externalUserState === 'PendingAcceptance' && !existing.accountEnabled) {
    return {
      code: 'InvitationCreationFailureUserAccountDisabled',
      reason: 'The account in the target tenant waits for its redemption and is disabled.',
    };
  }
  if (!names.length) return null;
  if (existing.onPremisesSyncEnabled || existing.onPremisesImmutableId) {
    return {
      code: 'AzureActiveDirectoryCannotUpdateObjectsMasteredOnPremises',
      reason: 'The user in the target tenant is mastered on-premises.',
    };
  }
  if (existing.assignedLicenses.length && names.some((name) => ownedByExchange.includes(name))) {
    return {
      code: 'AzureActiveDirectoryCannotUpdateObjectsOriginatedInExternalService',
      reason: 'Mail and showInAddressList of the user in the target tenant are owned by Exchange.',
    };
  }
  return null;
}
