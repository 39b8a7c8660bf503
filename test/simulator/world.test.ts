import { simulatedNow, durationMs } from '../../src/simulator/clock';
import { idAt, indexOfId } from '../../src/simulator/ids';
import { newWorld } from '../../src/simulator/new-world';
import { userAt } from '../../src/simulator/population';
import { authenticationAt } from '../../src/simulator/sign-in-population';
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
