import { appendFileSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appendAudit } from '../../src/simulator/audits';
import { newWorld } from '../../src/simulator/new-world';
import { StateFile } from '../../src/simulator/state-file';
import { createUser, deleteUser, findUser, listUsers, patchUser, purgeUser } from '../../src/simulator/users';
import type { User, World } from '../../src/simulator/world';

describe('the saved world', () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'simulator-'));
    path = join(folder, 'world.json');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const make = (): World => newWorld({ seed: '1', users: 60, speed: 0 });
  const load = () => new StateFile(path).load(0);
  const journal = () => join(folder, readdirSync(folder).find((name) => name.endsWith('.log')) ?? '');
  const guest = (world: World, id: string, jobTitle = 'Guest'): User => {
    const [first] = listUsers(world, world.tenants.fab);
    return { ...(first as User), id, userPrincipalName: `${id}@fabrikam.com`, jobTitle };
  };
  const audit = (world: World, name: string) =>
    appendAudit(world, world.tenants.con, {
      ...{
        category: 'Test',
        activityDisplayName: name,
        operationType: 'Test',
        loggedByService: 'Test',
        targets: [],
      },
    });
  const told = (world: World | null) =>
    world?.tenants.con.audits.map(({ activityDisplayName }) => activityDisplayName);

  it('holds what was added, changed and removed since it was saved before', () => {
    const world = make();
    const file = new StateFile(path);
    createUser(world, world.tenants.fab, guest(world, 'a'));
    createUser(world, world.tenants.fab, guest(world, 'b'));
    audit(world, 'first');
    file.save(world);
    patchUser(world, world.tenants.fab, 'a', { jobTitle: 'Host' });
    deleteUser(world, world.tenants.fab, 'b');
    purgeUser(world.tenants.fab, 'b');
    audit(world, 'second');
    file.save(world);
    const loaded = load();
    expect(loaded && findUser(loaded, loaded.tenants.fab, 'a')?.jobTitle).toBe('Host');
    expect(Object.keys(loaded?.tenants.fab.users.created ?? {})).toEqual(['a']);
    expect(told(loaded)).toEqual(['first', 'second']);
  });

  it('is as it was last saved when a crash cut the journal off after it', () => {
    const world = make();
    const file = new StateFile(path);
    audit(world, 'first');
    file.save(world);
    appendFileSync(journal(), '["audit","con",{"activityDisplayName":"lost"}]\n["audit","co');
    const again = new StateFile(path);
    const loaded = again.load(0);
    expect(told(loaded)).toEqual(['first']);
    if (!loaded) throw new Error('nothing was loaded');
    audit(loaded, 'second');
    again.save(loaded);
    expect(told(load())).toEqual(['first', 'second']);
  });

  it('appends only what is new, and writes the journal anew when most of it is out of date', () => {
    const world = make();
    const file = new StateFile(path);
    createUser(world, world.tenants.fab, guest(world, 'a'));
    file.save(world);
    const before = statSync(journal()).size;
    audit(world, 'one');
    file.save(world);
    expect(statSync(journal()).size - before).toBeLessThan(600);
    for (let round = 0; round < 6; round += 1) {
      patchUser(world, world.tenants.fab, 'a', { jobTitle: `${round}`.repeat(1_000_000) });
      file.save(world);
    }
    expect(readdirSync(folder).sort()).toEqual(['world.json', 'world.json.2.log']);
    expect(statSync(journal()).size).toBeLessThan(2_500_000);
    expect(load()?.tenants.fab.users.created['a']?.jobTitle).toBe('5'.repeat(1_000_000));
  });

  it('starts over with another world', () => {
    const file = new StateFile(path);
    const first = make();
    audit(first, 'old');
    file.save(first);
    file.save(make());
    expect(told(load())).toEqual([]);
  });
});
