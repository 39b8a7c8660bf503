import { externalShape } from './external-account';
import { guid, mix } from './hash';
import { base, idAt, type Seed } from './ids';
import { firstNames, lastNames } from './names';
import { specialUsers, type SpecialUser } from './special-users';
import { tenantFacts } from './tenant-facts';
import type { Authentication, PhoneMethod, TenantKey, User } from './world';

/** Ordinary users right after the special ones that nothing is wrong with: members of Pilot come from here. */
export const cleanUsers = 40;

const dayMs = 86_400_000;
const epochMs = Date.UTC(2021, 0, 4);
const departments = [
  'Sales',
  'Engineering',
  'Finance',
  'Marketing',
  'Support',
  'Operations',
  'Legal',
  'People',
];
const titles = ['Analyst', 'Specialist', 'Engineer', 'Consultant', 'Lead', 'Coordinator', 'Manager'];
const places = [
  ['DE', 'Germany', 'Berlin', 'Berlin'],
  ['FR', 'France', 'Lyon', 'Auvergne-Rhône-Alpes'],
  ['GB', 'United Kingdom', 'Leeds', 'England'],
  ['US', 'United States', 'Seattle', 'WA'],
  ['ES', 'Spain', 'Valencia', 'Valencia'],
] as const;

export const phoneIds = {
  mobile: '3179e48a-750b-4051-897c-87b9720928f7',
  alternateMobile: 'b6332ec1-7057-4abe-9331-3d72feddfe41',
  office: 'e37fc753-ff3b-4958-9484-eaa9425c82bc',
} as const;

const pick = <T>(list: readonly T[], number: number): T => list[number % list.length] as T;

/** Index of the special user with this key (`bob`). */
export function indexOfKey(tenant: TenantKey, key: string): number | null {
  const index = specialUsers[tenant].findIndex((user) => user.key === key);
  return index < 0 ? null : index;
}

/** What a cloud account of the tenant's own has none of. */
const internal = {
  creationType: null,
  externalUserState: null,
  externalUserStateChangeDateTime: null,
  showInAddressList: null,
  onPremisesSyncEnabled: null,
  onPremisesImmutableId: null,
  home: null,
} as const;

/** The user at `index`: a pure function of seed, tenant and index. */
export function userAt(world: Seed, tenant: TenantKey, index: number): User {
  const special = specialUsers[tenant][index];
  const root = base(world.seed, tenant);
  const roll = (salt: number) => mix(root, index, salt);
  const given = special?.given ?? pick(firstNames, roll(11));
  const surname = special?.surname ?? pick(lastNames, roll(12));
  const facts = tenantFacts(world.seed, tenant);
  const kind = special ? 'member' : ordinaryKind(tenant, index, roll(13));
  const alias = special?.key ?? `${given}.${surname}${String(index).padStart(4, '0')}`.toLowerCase();
  const mail = `${alias}@${facts.defaultDomain}`;
  const user: User = {
    ...internal,
    id: idAt(world, tenant, index),
    displayName: `${given} ${surname}`,
    givenName: given,
    surname,
    userPrincipalName: mail,
    mail,
    mailNickname: alias,
    otherMails: [],
    proxyAddresses: [`SMTP:${mail}`],
    userType: 'Member',
    accountEnabled: kind !== 'disabled',
    createdDateTime: new Date(epochMs + (roll(15) % 1200) * dayMs).toISOString().slice(0, 19) + 'Z',
    department: special?.department ?? pick(departments, roll(16)),
    jobTitle: special?.title ?? pick(titles, roll(17)),
    companyName: facts.displayName,
    employeeId: `${tenant.toUpperCase()}${String(index).padStart(6, '0')}`,
    ...placeAt(roll),
    identities: [{ signInType: 'userPrincipalName', issuer: facts.initialDomain, issuerAssignedId: mail }],
    assignedLicenses: kind === 'guest' ? [] : [{ skuId: facts.skuId, disabledPlans: [] }],
    managerId: index === 0 || kind === 'guest' ? null : idAt(world, tenant, Math.floor(index / 8)),
  };
  if (kind === 'guest' || kind === 'external')
    return external(user, alias, facts.initialDomain, kind, roll(22));
  return special ? { ...user, ...special.changes?.(user, world) } : user;
}

/** Where the user works. */
function placeAt(roll: (salt: number) => number) {
  const [usageLocation, country, city, state] = pick(places, roll(14));
  return {
    usageLocation,
    country,
    state,
    city,
    streetAddress: `${1 + (roll(18) % 180)} Market Street`,
    postalCode: String(10_000 + (roll(19) % 80_000)),
    officeLocation: `${1 + (roll(20) % 5)}/${1000 + (roll(20) % 900)}`,
    mobilePhone: null,
    businessPhones: [`+1 425 555 ${String(roll(21) % 10_000).padStart(4, '0')}`],
    preferredLanguage: 'en-US',
  };
}

function ordinaryKind(
  tenant: TenantKey,
  index: number,
  roll: number,
): 'member' | 'disabled' | 'guest' | 'external' {
  if (index < specialUsers[tenant].length + cleanUsers) return 'member';
  const share = roll % 100;
  if (share < 2) return 'disabled';
  if (share < 6) return 'guest';
  return share < 7 ? 'external' : 'member';
}

function external(user: User, alias: string, initialDomain: string, kind: string, roll: number): User {
  const mail = `${alias}@${pick(['adatum.com', 'northwind.com', 'proseware.com'], roll)}`;
  return {
    ...user,
    ...externalShape(mail, initialDomain),
    userType: kind === 'guest' ? 'Guest' : 'Member',
    externalUserState: roll % 4 === 0 ? 'PendingAcceptance' : 'Accepted',
    externalUserStateChangeDateTime: user.createdDateTime,
    companyName: null,
    employeeId: null,
    home: { tenantId: guid(roll, mix(roll, 1), 3, 4), userId: null },
  };
}

/** Sign-in methods of the user at `index`; about one in twelve ordinary users signs in by SMS. */
export function authenticationAt(world: Seed, tenant: TenantKey, index: number): Authentication {
  const special: SpecialUser | undefined = specialUsers[tenant][index];
  const roll = (salt: number) => mix(base(world.seed, tenant), index, salt);
  const clean = index < specialUsers[tenant].length + cleanUsers;
  const share = roll(31) % 100;
  const { createdDateTime, home, department } = userAt(world, tenant, index);
  // Only people of Support may sign in by SMS: the policy of `policies.ts` targets their group.
  const usual = department === 'Support' && share < 60 ? 'ready' : 'notEnabled';
  const ordinary = clean ? 'notEnabled' : share >= 68 ? 'phoneNumberNotUnique' : usual;
  const sms = home ? undefined : special ? special.sms : share < 70 ? ordinary : undefined;
  const number = `+1 206555${String(roll(32) % 10_000).padStart(4, '0')}`;
  const phones: PhoneMethod[] = [];
  if (sms)
    phones.push({
      id: phoneIds.mobile,
      phoneNumber: number,
      phoneType: 'mobile',
      smsSignInState: sms,
      createdDateTime,
    });
  if (sms && (special?.alternatePhone ?? roll(33) % 20 === 0)) {
    phones.push({
      id: phoneIds.alternateMobile,
      phoneNumber: `+1 206556${String(roll(34) % 10_000).padStart(4, '0')}`,
      phoneType: 'alternateMobile',
      smsSignInState: 'notSupported',
      createdDateTime,
    });
  }
  const authenticator = special?.authenticator ?? roll(35) % 100 < 80;
  return {
    phones,
    authenticator,
    fido2: roll(36) % 50 === 0,
    preferred: authenticator ? 'push' : sms ? 'sms' : 'none',
  };
}
