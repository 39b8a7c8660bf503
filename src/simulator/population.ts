import { instant } from './clock';
import { externalShape } from './external-account';
import { guid, mix } from './hash';
import { base, idAt, type Seed } from './ids';
import { firstNames, lastNames } from './names';
import { specialUsers } from './special-users';
import { tenantFacts } from './tenant-facts';
import type { TenantKey, User } from './world';

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

export const pick = <T>(list: readonly T[], number: number): T => list[number % list.length] as T;

/** Index of the special user with this key (`bob`). */
export function indexOfKey(tenant: TenantKey, key: string): number | null {
  const index = specialUsers[tenant].findIndex((user) => user.key === key);
  return index < 0 ? null : index;
}

/** A member with everything empty: one shape for all users keeps making them cheap. */
function blankUser(id: string, mail: string, createdDateTime: string): User {
  return {
    id,
    displayName: '',
    givenName: null,
    surname: null,
    userPrincipalName: mail,
    mail,
    mailNickname: '',
    otherMails: [],
    proxyAddresses: [`SMTP:${mail}`],
    userType: 'Member',
    accountEnabled: true,
    creationType: null,
    externalUserState: null,
    externalUserStateChangeDateTime: null,
    createdDateTime,
    department: null,
    jobTitle: null,
    companyName: null,
    employeeId: null,
    usageLocation: null,
    country: null,
    state: null,
    city: null,
    streetAddress: null,
    postalCode: null,
    officeLocation: null,
    mobilePhone: null,
    businessPhones: [],
    preferredLanguage: 'en-US',
    showInAddressList: null,
    identities: [],
    onPremisesSyncEnabled: null,
    onPremisesImmutableId: null,
    assignedLicenses: [],
    managerId: null,
    home: null,
  };
}

interface Kept {
  readonly seed: string;
  readonly index: number;
  readonly user: User;
}

const keptUsers = 4096;
const kept: Record<TenantKey, Kept[]> = { con: [], fab: [], win: [] };

/**
 * The user at `index`: a pure function of seed, tenant and index. The same object may be given again, so nobody
 * changes it.
 */
export function userAt(world: Seed, tenant: TenantKey, index: number): Readonly<User> {
  const place = index % keptUsers;
  const known = kept[tenant][place];
  if (known?.index === index && known.seed === world.seed) return known.user;
  const user = makeUser(world, tenant, index);
  kept[tenant][place] = { seed: world.seed, index, user };
  return user;
}

function makeUser(world: Seed, tenant: TenantKey, index: number): User {
  const special = specialUsers[tenant][index];
  const root = base(world.seed, tenant);
  const roll = (salt: number) => mix(root, index, salt);
  const given = special?.given ?? pick(firstNames, roll(11));
  const surname = special?.surname ?? pick(lastNames, roll(12));
  const facts = tenantFacts(world.seed, tenant);
  const kind = special ? 'member' : ordinaryKind(tenant, index, roll(13));
  const alias = special?.key ?? `${given}.${surname}${String(index).padStart(4, '0')}`.toLowerCase();
  const mail = `${alias}@${facts.defaultDomain}`;
  const user = blankUser(idAt(world, tenant, index), mail, instant(epochMs + (roll(15) % 1200) * dayMs));
  user.displayName = `${given} ${surname}`;
  user.givenName = given;
  user.surname = surname;
  user.mailNickname = alias;
  user.accountEnabled = kind !== 'disabled';
  user.department = special?.department ?? pick(departments, roll(16));
  user.jobTitle = special?.title ?? pick(titles, roll(17));
  user.companyName = facts.displayName;
  user.employeeId = `${tenant.toUpperCase()}${String(index).padStart(6, '0')}`;
  user.identities = [
    { signInType: 'userPrincipalName', issuer: facts.initialDomain, issuerAssignedId: mail },
  ];
  settle(user, roll);
  if (kind === 'guest' || kind === 'external') {
    return external(user, alias, facts.initialDomain, kind, roll(22));
  }
  user.assignedLicenses = [{ skuId: facts.skuId, disabledPlans: [] }];
  user.managerId = index === 0 ? null : idAt(world, tenant, Math.floor(index / 8));
  return special?.changes ? { ...user, ...special.changes(user, world) } : user;
}

/** Where the user works. */
function settle(user: User, roll: (salt: number) => number): void {
  const [usageLocation, country, city, state] = pick(places, roll(14));
  user.usageLocation = usageLocation;
  user.country = country;
  user.state = state;
  user.city = city;
  user.streetAddress = `${1 + (roll(18) % 180)} Market Street`;
  user.postalCode = String(10_000 + (roll(19) % 80_000));
  user.officeLocation = `${1 + (roll(20) % 5)}/${1000 + (roll(20) % 900)}`;
  user.businessPhones = [`+1 425 555 ${String(roll(21) % 10_000).padStart(4, '0')}`];
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
