import { Router } from '../../src/simulator/router';
import { graphRoutes } from '../../src/simulator/routes';
import { syncRoutes } from '../../src/simulator/sync/routes';
import { startTestSimulator, type TestSimulator } from '../helpers/simulator';
import { policyWrites } from './wrong-policy-writes';
import { directoryWrites } from './wrong-directory-writes';
import { groupWrites } from './wrong-group-writes';

const all = [...policyWrites, ...directoryWrites, ...groupWrites];

describe('wrong writes sent straight to the simulator', () => {
  let simulator: TestSimulator;
  beforeAll(async () => {
    simulator = await startTestSimulator();
    const partners = '/v1.0/policies/crossTenantAccessPolicy/partners';
    const [con, fab] = [simulator.tenantId('con'), simulator.tenantId('fab')];
    await simulator.graph('con', 'POST', partners, { body: { tenantId: fab } });
    const body = { userSyncInbound: { isSyncAllowed: true } };
    await simulator.graph('con', 'PUT', `${partners}/${fab}/identitySynchronization`, { body });
    expect(con).not.toBe(fab);
  });
  afterAll(() => simulator.close());

  const fill = (text: string) =>
    text.replace(/\{(\w+)\}/g, (_, key: string) =>
      key === 'con' || key === 'fab' || key === 'win' ? simulator.tenantId(key) : simulator.personId(key),
    );

  it.each(all)('$method $path: $why', async ({ method, path, body, roles, status, code }) => {
    const before = (await simulator.control.writes()).filter(({ effect }) => effect).length;
    const filled = body === undefined ? undefined : (JSON.parse(fill(JSON.stringify(body))) as unknown);
    const answer = await simulator.graph('con', method, fill(path), {
      ...(filled === undefined ? {} : { body: filled }),
      ...(roles ? { roles } : {}),
    });
    expect([answer.status, answer.body?.error?.code]).toEqual([status, code]);
    expect(answer.body.error.innerError['request-id']).toBe(answer.headers.get('request-id'));
    expect((await simulator.control.writes()).filter(({ effect }) => effect)).toHaveLength(before);
  });

  it('holds at least three for each write', () => {
    const own = graphRoutes.filter((route) => route.method !== 'GET' && !syncRoutes.includes(route));
    const router = new Router(own);
    const routed = all.map(({ method, path }) => router.find(method, fill(path))?.route);
    expect(routed).not.toContain(undefined);
    const few = own.filter((route) => routed.filter((each) => each === route).length < 3);
    expect(few.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
  });
});
