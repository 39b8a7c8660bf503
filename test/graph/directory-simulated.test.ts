import { isMemberOfGroup, listActiveRoles, listEligibleRoles, readPerson } from '../../src/graph/directory';
import { countUserMembers, findGroup, listDirectMembers } from '../../src/graph/groups';
import { readOrganization } from '../../src/graph/organization';
import { listRoleHolders } from '../../src/graph/role-holders';
import { roleTemplates, rolesFor } from '../../src/graph/role-templates';
import { licencesOf, listSubscribedSkus } from '../../src/graph/subscribed-skus';
import { findTenantByDomain, findTenantById } from '../../src/graph/tenant-information';
import { findUser, listUsersByMail } from '../../src/graph/users';
import { findSmsSignInUsers } from '../../src/graph/authentication-methods';
import type { GraphRead } from '../../src/graph/client';
import { startStepWorld, type StepWorld } from '../steps/support/step-world';

describe('reading a simulated directory', () => {
  let world: StepWorld;
  let source: GraphRead;
  const id = (key: string) => world.simulator.personId(key);

  beforeAll(async () => {
    world = await startStepWorld();
    source = world.context().source;
  });
  afterAll(async () => world.close());

  it('tells members from guests and unknown people', async () => {
    await expect(readPerson(source, id('alice'))).resolves.toMatchObject({
      isExternal: false,
      accountEnabled: true,
    });
    await expect(readPerson(source, id('gil'))).resolves.toMatchObject({ isExternal: true });
    await expect(readPerson(source, '99999999-9999-4999-8999-999999999999')).resolves.toBeUndefined();
  });

  it('counts active roles, and eligible ones apart', async () => {
    await expect(listActiveRoles(source, id('omar'))).resolves.toContain(roleTemplates.securityAdministrator);
    await expect(listActiveRoles(source, id('ivy'))).resolves.toEqual([]);
    await expect(listEligibleRoles(source, id('ivy'))).resolves.toEqual([
      roleTemplates.securityAdministrator,
    ]);
    await expect(listActiveRoles(source, id('zoe'))).resolves.toEqual([]);
  });

  it('lists whom one may ask to approve', async () => {
    const holders = await listRoleHolders(source, rolesFor.crossTenantAccess);
    const ids = holders.map((holder) => holder.objectId);
    expect(ids).toEqual(expect.arrayContaining([id('omar'), id('dana'), id('priya')]));
    for (const key of ['zoe', 'ivy', 'gil', 'noor']) expect(ids).not.toContain(id(key));
  });

  it('finds a user by id, name and mail, and the nearest otherwise', async () => {
    const bob = await readPerson(source, id('bob'));
    for (const typed of [id('bob'), bob?.userPrincipalName ?? '', bob?.mail ?? '']) {
      await expect(findUser(source, typed)).resolves.toMatchObject({
        outcome: 'found',
        user: { id: id('bob') },
      });
    }
    const near = await findUser(source, 'bobb@nowhere.example');
    expect(near).toMatchObject({ outcome: 'none' });
    expect((near as { nearest: readonly unknown[] }).nearest.length).toBeGreaterThan(0);
    await expect(listUsersByMail(source, bob?.mail ?? '')).resolves.toHaveLength(1);
  });

  it('finds a group by name and counts its direct members', async () => {
    const near = await findGroup(source, 'no such group');
    const some = near.outcome === 'none' ? near.nearest : [];
    const found = some[0]
      ? await findGroup(source, some[0].displayName ?? '')
      : await findGroup(source, 'Pilot');
    const group = found.outcome === 'found' ? found.group : undefined;
    expect(group).toBeDefined();
    const members = await listDirectMembers(source, group?.id ?? '', 5000);
    const users = members.items.filter((member) => member['@odata.type'] === '#microsoft.graph.user');
    await expect(countUserMembers(source, group?.id ?? '')).resolves.toBe(users.length);
    if (users[0]) await expect(isMemberOfGroup(source, users[0].id, group?.id ?? '')).resolves.toBe(true);
    await expect(isMemberOfGroup(source, id('gil'), group?.id ?? '')).resolves.toBe(false);
  });

  it('knows the tenants and their licences', async () => {
    await expect(readOrganization(source)).resolves.toMatchObject({ id: source.tenantId });
    const target = world.simulator.tenantId('fab');
    const found = await findTenantById(source, target);
    await expect(findTenantByDomain(source, found?.defaultDomainName ?? '')).resolves.toMatchObject({
      tenantId: target,
    });
    await expect(findTenantById(source, '99999999-9999-4999-8999-999999999999')).resolves.toBeUndefined();
    expect(licencesOf(await listSubscribedSkus(source)).p1).toBeGreaterThan(0);
  });

  it('proves every permission of the consented packs, and none of a tenant without consent', async () => {
    const fresh = await startStepWorld({ consented: ['con'] });
    const target = fresh.simulator.tenantId('fab');
    for (const pack of ['read', 'write', 'phone'] as const) {
      const results = await fresh.graph.probe(fresh.simulator.tenantId('con'), pack);
      expect(results.filter((result) => !result.ok)).toEqual([]);
      const refused = await fresh.graph.probe(target, pack);
      expect(new Set(refused.map((result) => result.why))).toEqual(new Set(['Not consented yet.']));
    }
    await fresh.simulator.control.consent('fab', 'all');
    fresh.graph.dropTokens(target);
    expect((await fresh.graph.probe(target, 'read')).every((result) => result.ok)).toBe(true);
    await fresh.close();
  }, 60_000);
});

describe('SMS sign-in in a simulated directory', () => {
  it('is found for the users who have it', async () => {
    const world = await startStepWorld();
    const [eve, bob] = [world.simulator.personId('eve'), world.simulator.personId('bob')];
    await expect(findSmsSignInUsers(world.context().source, [eve, bob])).resolves.toEqual({
      withSms: [eve],
      unread: [],
    });
    await world.close();
  });
});
