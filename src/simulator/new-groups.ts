import { specialId } from './address-index';
import { namedGuid } from './hash';
import { idAt, type Seed } from './ids';
import { specialUsers } from './special-users';
import type { Contact, Group, TenantKey } from './world';

/** The rule for everybody who works in a department: no guests, nobody invited, nobody disabled. */
const staffOf = (department: string) =>
  `(user.department -eq "${department}") and (user.userType -eq "Member") and (user.creationType -ne "Invitation") and (user.accountEnabled -eq true)`;

/** The groups of a tenant in the first world. Ids depend on the seed and the name. */
export function groupsOfTenant(seed: Seed, key: TenantKey): Group[] {
  const group = (displayName: string, memberIds: string[], extras: Partial<Group> = {}): Group => ({
    id: namedGuid(seed.seed, key, 'group', displayName),
    displayName,
    description: null,
    mail: null,
    mailEnabled: false,
    mailNickname: displayName.replace(/[^A-Za-z0-9]/g, ''),
    securityEnabled: true,
    isAssignableToRole: null,
    groupTypes: [],
    membershipRule: null,
    createdDateTime: '2023-02-06T09:00:00Z',
    memberIds,
    ...extras,
  });
  const dynamic = (displayName: string, department: string): Group =>
    group(displayName, [], {
      groupTypes: ['DynamicMembership'],
      membershipRule: staffOf(department),
    });
  if (key === 'con') return contosoGroups(seed, group, dynamic);
  const everyone = dynamic('All Engineering', 'Engineering');
  if (key === 'win') return [everyone];
  const taken = {
    mail: 'greta@contoso.com',
    mailEnabled: true,
    description: 'Holds the mail of a Contoso user',
  };
  return [everyone, group('Greta Project', [specialId(seed, key, 'pauline')], taken)];
}

function contosoGroups(
  seed: Seed,
  group: (name: string, memberIds: string[], extras?: Partial<Group>) => Group,
  dynamic: (name: string, department: string) => Group,
): Group[] {
  const named = (...keys: string[]) => keys.map((key) => specialId(seed, 'con', key));
  const clean = (from: number, count: number) =>
    Array.from({ length: count }, (_, index) => idAt(seed, 'con', specialUsers.con.length + from + index));
  const emeaSales = group('EMEA-Sales', [...named('alice', 'zoe'), ...clean(10, 6)]);
  const problems = named(
    ...['sales1', 'sales2', 'carla', 'paul', 'greta', 'petra', 'dirk', 'rita', 'uma', 'nomail', 'offboarded'],
    ...['intern', 'twophones', 'smsonly', 'sharednumber', 'gil'],
  );
  return [
    group('Pilot', [...named('bob', 'eve'), ...clean(0, 10)], {
      description: 'First users of a new partner',
    }),
    emeaSales,
    group('EMEA-Staff', [...clean(16, 6), emeaSales.id], {
      description: 'Holds EMEA-Sales as a nested group',
    }),
    group('Second Wave', problems, { description: 'Users with something in their way' }),
    group('Frontline', named('alice', 'twophones', 'smsonly'), {
      description: 'May sign in by SMS',
      groupTypes: ['DynamicMembership'],
      membershipRule: `(${staffOf('Support')}) or (user.extensionAttribute1 -eq "frontline")`,
    }),
    group('Security Admins', named('adele'), { isAssignableToRole: true }),
    dynamic('All Sales', 'Sales'),
    dynamic('All Engineering', 'Engineering'),
    group('Contoso Town Hall', named('priya', 'omar'), {
      mail: 'townhall@contoso.com',
      mailEnabled: true,
      securityEnabled: false,
      groupTypes: ['Unified'],
    }),
  ];
}

/** Mail contacts; one in Fabrikam holds the address of a Contoso user (facts 5.5). */
export function contactsOf(seed: Seed, key: TenantKey): Contact[] {
  const contact = (givenName: string, surname: string, mail: string, companyName: string): Contact => ({
    id: namedGuid(seed.seed, key, 'contact', mail),
    displayName: `${givenName} ${surname}`,
    givenName,
    surname,
    mail,
    companyName,
    proxyAddresses: [`SMTP:${mail}`],
  });
  const supplier = contact('Sam', 'Supplier', 'sam@proseware.com', 'Proseware');
  return key === 'fab' ? [supplier, contact('Carla', 'Contact', 'carla@contoso.com', 'Contoso')] : [supplier];
}
