import {
  activeRoleTemplates,
  directMembers,
  directUsers,
  groupsOf,
  isUser,
} from '../../src/simulator/groups';
import { newWorld } from '../../src/simulator/new-world';
import { people, roleTemplates } from '../../src/simulator/people';
import { findUser, findUserByName, signsInBySms, usersWithAddress } from '../../src/simulator/users';

describe('the cast', () => {
  const world = newWorld({ seed: '1', users: 500, speed: 0 });
  const of = (key: string) => {
    const person = people.find((each) => each.key === key);
    if (!person) throw new Error(key);
    const tenant = world.tenants[person.tenant];
    const user = findUserByName(world, tenant, `${key}@${tenant.defaultDomain}`);
    return { tenant, user: user ?? usersWithAddress(world, tenant, `${key}@wingtiptoys.com`)[0] };
  };
  const roles = (key: string) => {
    const { tenant, user } = of(key);
    const ids = user ? activeRoleTemplates(tenant, user) : [];
    return ids.map((id) => Object.entries(roleTemplates).find(([, template]) => template === id)?.[0]).sort();
  };

  it.each([
    ['dana', ['Application Administrator', 'Authentication Administrator', 'Security Administrator']],
    ['lee', ['Hybrid Identity Administrator']],
    ['noor', ['Global Reader']],
    ['mina', ['Privileged Role Administrator', 'Security Administrator']],
    ['tom', ['Privileged Role Administrator', 'Security Administrator']],
    ['zoe', []],
    ['ivy', []],
    ['gil', []],
  ])('%s holds %j', (key, expected) => expect(roles(key)).toEqual(expected));

  it('has gil as a guest of con with a home in win', () => {
    const { user } = of('gil');
    expect(user).toMatchObject({
      userType: 'Guest',
      creationType: 'Invitation',
      externalUserState: 'Accepted',
    });
    expect(findUser(world, world.tenants.win, user?.home?.userId ?? '')?.userPrincipalName).toBe(
      'gil@wingtiptoys.com',
    );
  });

  it('has twelve users in Pilot; of them eve alone signs in by SMS', () => {
    const { tenant } = of('bob');
    const pilot = Object.values(tenant.groups).find(({ displayName }) => displayName === 'Pilot');
    const users = pilot ? [...directUsers(world, tenant, pilot)] : [];
    expect(users).toHaveLength(12);
    expect(
      users.filter(({ id }) => signsInBySms(world, tenant, id)).map(({ givenName }) => givenName),
    ).toEqual(['Eve']);
    expect(users.every((user) => user.accountEnabled && user.home === null && user.mail !== null)).toBe(true);
    expect(users.map(({ givenName }) => givenName)).toContain('Bob');
  });

  it('has alice in EMEA-Sales, which is nested in EMEA-Staff', () => {
    const { tenant, user } = of('alice');
    if (!user) throw new Error('alice');
    expect(groupsOf(tenant, user).map(({ displayName }) => displayName)).toEqual(
      expect.arrayContaining(['EMEA-Sales', 'EMEA-Staff']),
    );
    const staff = Object.values(tenant.groups).find(({ displayName }) => displayName === 'EMEA-Staff');
    const direct = staff ? [...directMembers(world, tenant, staff)] : [];
    expect(direct.filter((member) => !isUser(member)).map(({ displayName }) => displayName)).toEqual([
      'EMEA-Sales',
    ]);
    expect(direct.map(({ id }) => id)).not.toContain(user.id);
  });

  it('has an administrator through a role-assignable group only', () => {
    const adele = findUserByName(world, world.tenants.con, 'adele@contoso.com');
    expect(world.tenants.con.roles.some(({ principalId }) => principalId === adele?.id)).toBe(false);
    expect(adele && activeRoleTemplates(world.tenants.con, adele)).toEqual([
      roleTemplates['Security Administrator'],
    ]);
  });

  it('has the collisions of facts 5.5', () => {
    expect(usersWithAddress(world, world.tenants.con, 'sales@contoso.com')).toHaveLength(2);
    expect(Object.values(world.tenants.fab.contacts).map(({ mail }) => mail)).toContain('carla@contoso.com');
    expect(usersWithAddress(world, world.tenants.fab, 'paul@contoso.com')).toHaveLength(1);
    expect(Object.values(world.tenants.fab.groups).map(({ mail }) => mail)).toContain('greta@contoso.com');
    const states = ['petra', 'dirk', 'rita'].map((key) => {
      const [guest] = usersWithAddress(world, world.tenants.fab, `${key}@contoso.com`);
      return [guest?.externalUserState, guest?.accountEnabled];
    });
    expect(states).toEqual([
      ['PendingAcceptance', true],
      ['PendingAcceptance', false],
      ['Accepted', true],
    ]);
  });
});
