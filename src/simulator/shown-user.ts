import { authenticationOf, findUser } from './users';
import type { Shown } from './odata';
import type { TenantState, User, World } from './world';

/** What Graph shows of a user when `$select` names nothing. */
export const userDefaults: readonly string[] = [
  'businessPhones',
  'displayName',
  'givenName',
  'jobTitle',
  'mail',
  'mobilePhone',
  'officeLocation',
  'preferredLanguage',
  'surname',
  'userPrincipalName',
  'id',
];

/** Everything that `$select` may name. */
export const userProperties: readonly string[] = [
  ...userDefaults,
  ...['mailNickname', 'otherMails', 'proxyAddresses', 'userType', 'accountEnabled', 'creationType'],
  ...[
    'externalUserState',
    'externalUserStateChangeDateTime',
    'createdDateTime',
    'deletedDateTime',
    'department',
  ],
  ...[
    'companyName',
    'employeeId',
    'usageLocation',
    'country',
    'state',
    'city',
    'streetAddress',
    'postalCode',
  ],
  ...[
    'showInAddressList',
    'identities',
    'onPremisesSyncEnabled',
    'onPremisesImmutableId',
    'assignedLicenses',
  ],
  ...['assignedPlans', 'manager'],
];

/** A user as Graph shows it, all properties. */
export function showUser(
  world: World,
  tenant: TenantState,
  user: User & { deletedDateTime?: string },
): Shown {
  const { home: _home, managerId: _manager, identities, ...shown } = user;
  const sms = authenticationOf(world, tenant, user.id).phones.find(
    (phone) => phone.smsSignInState === 'ready',
  );
  const phone = sms && { signInType: 'phoneNumber', issuer: 'phone', issuerAssignedId: sms.phoneNumber };
  const deleted = user.deletedDateTime ?? null;
  return {
    ...shown,
    userPrincipalName: deleted
      ? user.id.replaceAll('-', '') + user.userPrincipalName
      : user.userPrincipalName,
    deletedDateTime: deleted,
    identities: phone ? [...identities, phone] : identities,
    assignedPlans: assignedPlans(tenant, user),
  };
}

function assignedPlans(tenant: TenantState, user: User) {
  const held = tenant.skus.filter((sku) => user.assignedLicenses.some(({ skuId }) => skuId === sku.skuId));
  return held.flatMap((sku) =>
    sku.servicePlans.map(({ servicePlanId, servicePlanName }) => ({
      servicePlanId,
      service: servicePlanName.startsWith('EXCHANGE') ? 'exchange' : 'AADPremiumService',
      capabilityStatus: 'Enabled',
      assignedDateTime: user.createdDateTime,
    })),
  );
}

/** The manager as `$expand=manager` shows it, or null. */
export function showManager(world: World, tenant: TenantState, user: User): Shown | null {
  const manager = user.managerId ? findUser(world, tenant, user.managerId) : null;
  if (!manager) return null;
  const shown = showUser(world, tenant, manager);
  const kept = Object.entries(shown).filter(([name]) => userDefaults.includes(name));
  return { '@odata.type': '#microsoft.graph.user', ...Object.fromEntries(kept) };
}
