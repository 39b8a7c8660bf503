import { simulatedNow, durationMs } from '../../src/simulator/clock';
import {
  activeRoleTemplates,
  directMembers,
  directUsers,
  groupsOf,
  isUser,
} from '../../src/simulator/groups';
import { idAt, indexOfId } from '../../src/simulator/ids';
import { newWorld } from '../../src/simulator/new-world';
import { people, roleTemplates } from '../../src/simulator/people';
import { authenticationAt, userAt } from '../../src/simulator/population';
import {
  createUser,
  deleteUser,
  findDeletedUser,
  findUser,
  findUserByName,
  listUsers,
  patchUser,
  purgeUser,
  restoreUser,
  signsInBySms,
  userOfHome,
  usersWithAddress,
} from '../../src/simulator/users';
import { tenantKeys, type World } from '../../src/simulator/world';

const make = (users = 500, seed = '1'): World => newWorld({ seed, users, speed: 0 });

describe('the population', () => {
  it('is a pure function of seed, tenant and index', () => {
    for (const index of [0, 7, 60, 499]) {
      expect(userAt({ seed: 'a', userCount: 500 }, 'con', index)).toEqual(
        userAt({ seed: 'a', userCount: 50_000 }, 'con', index),
      );
      expect(userAt({ seed: 'b', userCount: 500 }, 'con', index).id).not.toBe(
        userAt({ seed: 'a', userCount: 500 }, 'con', index).id,
      );
      const auth = () => authenticationAt({ seed: 'a', userCount: 500 }, 'con', index);
      expect(auth()).toEqual(auth());
    }
  });

  it('gives every user of every tenant an id of its own that leads back to the index', () => {
    const world = make(5000);
    const seen = new Set<string>();
    for (const key of tenantKeys) {
      for (let index = 0; index < world.userCount; index += 1) {
        const id = idAt(world, key, index);
        seen.add(id);
        if (indexOfId(world, key, id) !== index) throw new Error(`${key} ${index}: ${id}`);
      }
    }
    expect(seen.size).toBe(15_000);
    expect(indexOfId(world, 'con', idAt(world, 'fab', 3))).toBeNull();
  });

  it('keeps 50,000 users in no memory: the saved world grows with changes only', () => {
    const size = (world: World) => JSON.stringify(world).length;
    const world = make(50_000);
    expect(Math.abs(size(world) - size(make(500)))).toBeLessThan(100);
    const before = size(world);
    patchUser(world, world.tenants.con, idAt(world, 'con', 49_999), { jobTitle: 'Pilot' });
    expect(size(world) - before).toBeLessThan(500);
    let count = 0;
    for (const _ of listUsers(world, world.tenants.con)) count += 1;
    expect(count).toBe(49_999);
  });

  it('finds a user among 50,000 by id, name and address without walking', () => {
    const world = make(50_000);
    const user = userAt(world, 'con', 43_210);
    const started = performance.now();
    for (let round = 0; round < 1000; round += 1) {
      expect(findUserByName(world, world.tenants.con, user.userPrincipalName.toUpperCase())?.id).toBe(
        user.id,
      );
    }
    expect(performance.now() - started).toBeLessThan(2000);
    expect(usersWithAddress(world, world.tenants.con, user.mail ?? '')).toEqual([user]);
  });

  it('survives being saved as JSON', () => {
    const world = make();
    expect(JSON.parse(JSON.stringify(world))).toEqual(world);
  });
});

describe('the cast', () => {
  const world = make();
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

describe('users that change', () => {
  it('are created, changed, deleted, restored and purged without touching the others', () => {
    const world = make();
    const tenant = world.tenants.fab;
    const base = userAt(world, 'fab', 100);
    const home = { tenantId: world.tenants.con.tenantId, userId: idAt(world, 'con', 5) };
    const user = { ...base, id: '11111111-1111-4111-8111-111111111111', mail: 'new@contoso.com', home };
    createUser(world, tenant, { ...user, userPrincipalName: 'new@fabrikam.com', proxyAddresses: [] });
    expect(userOfHome(world, tenant, home.tenantId, home.userId)?.id).toBe(user.id);
    patchUser(world, tenant, user.id, { mail: 'newer@contoso.com' });
    expect(usersWithAddress(world, tenant, 'NEWER@contoso.com').map(({ id }) => id)).toEqual([user.id]);
    expect(usersWithAddress(world, tenant, 'new@contoso.com')).toEqual([]);
    deleteUser(world, tenant, user.id);
    expect(findUser(world, tenant, user.id)).toBeNull();
    expect(findDeletedUser(world, tenant, user.id)?.mail).toBe('newer@contoso.com');
    expect(restoreUser(world, tenant, user.id)?.id).toBe(user.id);
    deleteUser(world, tenant, base.id);
    expect(purgeUser(tenant, base.id)).toBe(true);
    expect([findUser(world, tenant, base.id), findDeletedUser(world, tenant, base.id)]).toEqual([null, null]);
    expect(restoreUser(world, tenant, base.id)).toBeNull();
    expect(findUser(world, tenant, idAt(world, 'fab', 101))).toEqual(userAt(world, 'fab', 101));
  });
});

describe('the clock', () => {
  it('stands still at speed 0 and runs at speed 3600', async () => {
    const still = make();
    const fast = newWorld({ seed: '1', users: 500, speed: 3600 });
    const [before, start] = [simulatedNow(still), simulatedNow(fast)];
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(simulatedNow(still)).toBe(before);
    expect(simulatedNow(fast) - start).toBeGreaterThan(60_000);
  });

  it.each([
    ['PT40M', 2_400_000],
    ['P1DT1H', 90_000_000],
    ['PT1.5S', 1500],
    ['P', null],
    ['40M', null],
    ['PT', null],
  ])('reads %s as %s ms', (text, ms) => expect(durationMs(text)).toBe(ms));
});
