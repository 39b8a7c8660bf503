import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { controlCalls } from '../../src/simulator/control';
import { startTestSimulator, type TestSimulator } from '../helpers/simulator';

const partners = '/v1.0/policies/crossTenantAccessPolicy/partners';

describe('the control API', () => {
  let simulator: TestSimulator;
  beforeEach(async () => {
    simulator = await startTestSimulator();
  });
  afterEach(() => simulator.close());

  const createPartner = () =>
    simulator.graph('con', 'POST', partners, { body: { tenantId: simulator.tenantId('fab') } });
  it('describes tenants and people', async () => {
    const { tenants, people } = await simulator.control.world();
    expect(tenants.map(({ key }) => key)).toEqual(['con', 'fab', 'win']);
    expect(people.map(({ key }) => key).sort()).toEqual(
      [
        'alice',
        'bob',
        'dana',
        'eve',
        'gil',
        'ivy',
        'lee',
        'mina',
        'noor',
        'omar',
        'priya',
        'tom',
        'zoe',
      ].sort(),
    );
    expect(people.find(({ key }) => key === 'ivy')).toMatchObject({
      roles: [],
      eligibleRoles: ['Security Administrator'],
      userType: 'Member',
    });
    expect(people.find(({ key }) => key === 'gil')).toMatchObject({
      tenantKey: 'con',
      homeTenantKey: 'win',
      userType: 'Guest',
    });
  });

  it('is described call by call in docs/simulator.md', () => {
    const rows = readFileSync('docs/simulator.md', 'utf8').split('\n');
    const described = (call: string) => {
      const [method = '', path = ''] = call.split(' ');
      return rows.some((row) => row.startsWith('| `') && row.includes(path) && row.includes(method));
    };
    expect(controlCalls.filter((call) => !described(call))).toEqual([]);
  });

  it('moves the clock, and the Date header with it', async () => {
    const before = (await simulator.control.world()).now;
    const { now } = await simulator.control.advance('PT40M');
    expect(Date.parse(now) - Date.parse(before)).toBe(2_400_000);
    const { headers } = await simulator.graph('con', 'GET', '/v1.0/organization');
    expect(Date.parse(headers.get('date') ?? '')).toBe(Date.parse(now));
    await expect(simulator.control.advance('40 minutes')).rejects.toThrow('400');
  });

  it('grants and removes a role, seen by Graph at once', async () => {
    const roles = async () => {
      const answer = await simulator.graph(
        'fab',
        'GET',
        `/v1.0/users/${simulator.personId('mina')}/transitiveMemberOf/microsoft.graph.directoryRole?$count=true`,
        { headers: { ConsistencyLevel: 'eventual' } },
      );
      return (answer.body.value as { displayName: string }[]).map(({ displayName }) => displayName).sort();
    };
    await simulator.control.roles('mina', 'Security Administrator', 'remove');
    expect(await roles()).toEqual(['Privileged Role Administrator']);
    await simulator.control.roles('mina', '194ae4cb-b126-40b2-bd5b-6091b380977d', 'grant');
    expect(await roles()).toEqual(['Privileged Role Administrator', 'Security Administrator']);
    await expect(simulator.control.roles('mina', 'King', 'grant')).rejects.toThrow('400');
    await expect(simulator.control.roles('nobody', 'Global Reader', 'grant')).rejects.toThrow('400');
  });

  it('changes a user by hand, which is no write of the bot', async () => {
    await simulator.control.changeUser('con', 'bob@contoso.com', {
      smsSignInState: 'ready',
      changes: { jobTitle: 'X' },
    });
    const [bob] = await simulator.control.users('con', 'bob@contoso.com');
    expect([bob?.jobTitle, bob?.authentication.phones[0]?.smsSignInState]).toEqual(['X', 'ready']);
    await simulator.control.changeUser('con', 'bob@contoso.com', { deleted: true });
    expect(await simulator.control.users('con', 'bob@contoso.com')).toEqual([]);
    const [deleted] = await simulator.control.users('con', 'bob@contoso.com', true);
    await simulator.control.changeUser('con', deleted?.id ?? '', { deleted: false });
    expect(await simulator.control.users('con', 'bob@contoso.com')).toHaveLength(1);
    expect(await simulator.control.writes()).toEqual([]);
    await expect(
      simulator.control.changeUser('con', 'bob@contoso.com', { changes: { id: 'x' } }),
    ).rejects.toThrow();
  });

  it('restores a deleted user through Graph as well', async () => {
    const bob = simulator.personId('bob');
    await simulator.control.changeUser('con', bob, { deleted: true });
    expect((await simulator.graph('con', 'GET', `/v1.0/users/${bob}`)).status).toBe(404);
    const list = await simulator.graph('con', 'GET', '/v1.0/directory/deletedItems/microsoft.graph.user');
    expect((list.body.value as { id: string }[]).map(({ id }) => id)).toContain(bob);
    const restored = await simulator.graph('con', 'POST', `/v1.0/directory/deletedItems/${bob}/restore`);
    expect([restored.status, restored.body.userPrincipalName]).toEqual([200, 'bob@contoso.com']);
    expect((await simulator.graph('con', 'GET', `/v1.0/users/${bob}`)).status).toBe(200);
  });

  it('starts over with another seed and the same applications', async () => {
    await createPartner();
    await simulator.control.applications([
      { clientId: '7e57c11e-0000-4000-8000-000000000009', displayName: 'Kept', permissions: [] },
    ]);
    const before = simulator.tenantId('con');
    const { seed } = await simulator.control.reset('other');
    expect([seed, simulator.tenantId('con') === before]).toEqual(['other', false]);
    expect(await simulator.control.writes()).toEqual([]);
    expect((await simulator.graph('con', 'GET', partners)).body.value).toEqual([]);
  });

  describe('keeps web pages out', () => {
    const raw = (headers: Record<string, string>, path = '/_control/reset', body = '{}') =>
      new Promise<number>((resolve, reject) => {
        const { port } = new URL(simulator.url);
        const sent = request({ host: '127.0.0.1', port, path, method: 'POST', headers }, (response) => {
          response.resume();
          resolve(response.statusCode ?? 0);
        });
        sent.on('error', reject);
        sent.end(body);
      });

    it('refuses a Host that is not loopback', async () => {
      const json = { 'Content-Type': 'application/json' };
      expect(await raw({ ...json, Host: 'rebound.example.com' })).toBe(403);
      expect(await raw({ ...json, Host: 'localhost:1' })).toBe(200);
    });

    it('refuses bodies that are not JSON, too large or malformed', async () => {
      expect(await raw({ 'Content-Type': 'text/plain' })).toBe(415);
      expect(await raw({})).toBe(415);
      expect(await raw({ 'Content-Type': 'application/json' }, '/_control/reset', '{')).toBe(400);
      const large = JSON.stringify({ seed: 'x'.repeat(5_000_000) });
      expect(await raw({ 'Content-Type': 'application/json' }, '/_control/reset', large)).toBe(413);
    });

    it('refuses Graph bodies that are not declared as JSON', async () => {
      const body = JSON.stringify({ tenantId: simulator.tenantId('fab') });
      expect(await raw({ Authorization: `Bearer ${simulator.token('con')}` }, partners, body)).toBe(415);
      const json = { 'Content-Type': 'application/json' };
      expect(await raw({ ...json, Authorization: `Bearer ${simulator.token('con')}` }, partners, '{')).toBe(
        400,
      );
    });
  });
});
