import { people } from './people';
import { externalShape } from './external-account';
import { idAt, type Seed } from './ids';
import { tenantFacts } from './tenant-facts';
import type { SmsSignInState, TenantKey, User } from './world';

/** A user that is somebody: first indexes of each tenant, in this order. */
export interface SpecialUser {
  readonly key: string;
  readonly given: string;
  readonly surname: string;
  readonly title?: string;
  readonly department?: string;
  /** State of the mobile phone; no phone when left out. */
  readonly sms?: SmsSignInState;
  readonly alternatePhone?: boolean;
  readonly authenticator?: boolean;
  readonly changes?: (user: User, world: Seed) => Partial<User>;
}

const cases: Record<TenantKey, readonly SpecialUser[]> = {
  con: [
    // Holds Security Administrator through a role-assignable group only.
    { key: 'adele', given: 'Adele', surname: 'Vance', title: 'Security Engineer', authenticator: true },
    { key: 'breakglass', given: 'Break', surname: 'Glass', title: 'Emergency access' },
    // Two people with one mail: both would become one user in the target (facts 5.5).
    { key: 'sales1', given: 'Sally', surname: 'North', changes: () => shared('sales@contoso.com') },
    { key: 'sales2', given: 'Simon', surname: 'South', changes: () => shared('sales@contoso.com') },
    // Each collides with something in Fabrikam: contact, proxy address, group mail, pending guest, disabled guest.
    { key: 'carla', given: 'Carla', surname: 'Contact' },
    { key: 'paul', given: 'Paul', surname: 'Proxy' },
    { key: 'greta', given: 'Greta', surname: 'Groupmail' },
    { key: 'petra', given: 'Petra', surname: 'Pending' },
    { key: 'dirk', given: 'Dirk', surname: 'Disabled' },
    { key: 'rita', given: 'Rita', surname: 'Redeemed' },
    {
      key: 'uma',
      given: 'Uma',
      surname: 'Unverified',
      changes: () => ({ mail: 'uma@contoso-legacy.example' }),
    },
    {
      key: 'nomail',
      given: 'Norman',
      surname: 'Nomail',
      changes: () => ({ mail: null, proxyAddresses: [] }),
    },
    { key: 'offboarded', given: 'Olaf', surname: 'Offboarded', changes: () => ({ accountEnabled: false }) },
    { key: 'intern', given: 'Ingo', surname: 'Guest', changes: () => ({ userType: 'Guest' as const }) },
    { key: 'twophones', given: 'Tina', surname: 'Twophones', sms: 'ready', alternatePhone: true },
    { key: 'smsonly', given: 'Sven', surname: 'Smsonly', sms: 'ready', authenticator: false },
    { key: 'sharednumber', given: 'Nico', surname: 'Shared', sms: 'phoneNumberNotUnique' },
    // Soft-deleted in the first world.
    { key: 'former', given: 'Fiona', surname: 'Former' },
  ],
  fab: [
    { key: 'breakglass', given: 'Break', surname: 'Glass', title: 'Emergency access' },
    {
      key: 'pauline',
      given: 'Pauline',
      surname: 'Proxyowner',
      changes: (user) => ({ proxyAddresses: [...user.proxyAddresses, 'smtp:paul@contoso.com'] }),
    },
    {
      key: 'petra-guest',
      given: 'Petra',
      surname: 'Pending',
      changes: guestOf('petra', 'PendingAcceptance', true),
    },
    {
      key: 'dirk-guest',
      given: 'Dirk',
      surname: 'Disabled',
      changes: guestOf('dirk', 'PendingAcceptance', false),
    },
    { key: 'rita-guest', given: 'Rita', surname: 'Redeemed', changes: guestOf('rita', 'Accepted', true) },
    { key: 'former', given: 'Frank', surname: 'Former' },
  ],
  win: [
    { key: 'breakglass', given: 'Break', surname: 'Glass', title: 'Emergency access' },
    { key: 'former', given: 'Wanda', surname: 'Former' },
  ],
};

function shared(mail: string): Partial<User> {
  return { mail, proxyAddresses: [] };
}

/** Makes a guest in Fabrikam out of the special user `key` of Contoso. */
function guestOf(key: string, state: 'Accepted' | 'PendingAcceptance', enabled: boolean) {
  return (user: User, world: Seed): Partial<User> => {
    const mail = `${key}@${tenantFacts(world.seed, 'con').defaultDomain}`;
    return invited(user, world, 'fab', mail, { tenant: 'con', key }, state, enabled);
  };
}

function invited(
  user: User,
  world: Seed,
  tenant: TenantKey,
  mail: string,
  home: { tenant: TenantKey; key: string },
  state: 'Accepted' | 'PendingAcceptance',
  enabled: boolean,
): Partial<User> {
  const homeIndex = specialUsers[home.tenant].findIndex((special) => special.key === home.key);
  return {
    ...externalShape(mail, tenantFacts(world.seed, tenant).initialDomain),
    userType: 'Guest',
    accountEnabled: enabled,
    externalUserState: state,
    externalUserStateChangeDateTime: user.createdDateTime,
    employeeId: null,
    companyName: null,
    assignedLicenses: [],
    managerId: null,
    home: {
      tenantId: tenantFacts(world.seed, home.tenant).tenantId,
      userId: idAt(world, home.tenant, homeIndex),
    },
  };
}

function ofPeople(tenant: TenantKey): SpecialUser[] {
  const own = people
    .filter((person) => person.tenant === tenant)
    .map((person) => {
      const special: SpecialUser = {
        key: person.key,
        given: person.given,
        surname: person.surname,
        title: person.title,
        department: person.department,
        sms: person.sms,
        authenticator: person.authenticator ?? true,
      };
      const home = person.home;
      if (!home) return special;
      return {
        ...special,
        changes: (user: User, world: Seed) => {
          const mail = `${person.key}@${tenantFacts(world.seed, home).defaultDomain}`;
          return invited(user, world, tenant, mail, { tenant: home, key: person.key }, 'Accepted', true);
        },
      };
    });
  const atHome = people
    .filter((person) => person.home === tenant)
    .map((person) => ({
      key: person.key,
      given: person.given,
      surname: person.surname,
      title: person.title,
    }));
  return [...own, ...atHome];
}

/** By tenant: the cast first, then one user for each case that facts 5 knows. */
export const specialUsers: Record<TenantKey, readonly SpecialUser[]> = {
  con: [...ofPeople('con'), ...cases.con],
  fab: [...ofPeople('fab'), ...cases.fab],
  win: [...ofPeople('win'), ...cases.win],
};
