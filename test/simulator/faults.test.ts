import { pathFits } from '../../src/simulator/faults';
import { startTestSimulator, type TestSimulator } from '../helpers/simulator';

const partners = '/v1.0/policies/crossTenantAccessPolicy/partners';

describe('faults', () => {
  let simulator: TestSimulator;
  beforeEach(async () => {
    simulator = await startTestSimulator();
  });
  afterEach(() => simulator.close());

  const createPartner = () =>
    simulator.graph('con', 'POST', partners, { body: { tenantId: simulator.tenantId('fab') } });
  const operations = async () =>
    (await simulator.control.writes()).map(({ operation, status, effect, dropped }) => [
      operation,
      status,
      effect,
      dropped,
    ]);

  it('answers a status instead of an effect, as often as told', async () => {
    await simulator.control.faults({
      method: 'POST',
      pathPattern: '*/partners',
      status: 503,
      count: 2,
      headers: { 'Retry-After': '7' },
    });
    const first = await createPartner();
    expect([first.status, first.headers.get('retry-after')]).toEqual([503, '7']);
    expect((await createPartner()).status).toBe(503);
    expect((await createPartner()).status).toBe(201);
    expect(await operations()).toEqual([
      ['partners.create', 503, false, false],
      ['partners.create', 503, false, false],
      ['partners.create', 201, true, false],
    ]);
  });

  it('gives 429 with and without Retry-After', async () => {
    await simulator.control.faults({ tenant: 'con', pathPattern: '/users', status: 429, count: 1 });
    const bare = await simulator.graph('con', 'GET', '/v1.0/users?$top=1');
    expect([bare.status, bare.headers.get('retry-after')]).toEqual([429, null]);
    expect((await simulator.graph('con', 'GET', '/v1.0/users?$top=1')).status).toBe(200);
  });

  it('cuts the connection before the effect', async () => {
    await simulator.control.faults({ method: 'POST', pathPattern: '/partners', reset: true, count: 1 });
    await expect(createPartner()).rejects.toThrow();
    expect(await operations()).toEqual([['partners.create', 0, false, true]]);
    expect((await simulator.graph('con', 'GET', partners)).body.value).toEqual([]);
  });

  it('cuts the connection after the effect', async () => {
    await simulator.control.faults({
      method: 'POST',
      pathPattern: '/partners',
      dropAfterEffect: true,
      count: 1,
    });
    await expect(createPartner()).rejects.toThrow();
    expect(await operations()).toEqual([['partners.create', 201, true, true]]);
    expect((await simulator.graph('con', 'GET', partners)).body.value).toHaveLength(1);
  });

  it('waits', async () => {
    await simulator.control.faults({ latencyMs: 120, count: 1 });
    const started = performance.now();
    await simulator.graph('con', 'GET', '/v1.0/organization');
    expect(performance.now() - started).toBeGreaterThanOrEqual(115);
  });

  it('answers reads of before while a replica lags', async () => {
    const partner = `${partners}/${simulator.tenantId('fab')}`;
    await simulator.control.faults({ pathPattern: '/partners', lagMs: 400, count: 1, method: 'POST' });
    expect((await createPartner()).status).toBe(201);
    expect((await simulator.graph('con', 'GET', partner)).status).toBe(404);
    expect((await simulator.graph('con', 'GET', partners)).body.value).toEqual([]);
    expect((await createPartner()).status).toBe(409);
    await new Promise((resolve) => setTimeout(resolve, 450));
    expect((await simulator.graph('con', 'GET', partner)).status).toBe(200);
    const body = { automaticUserConsentSettings: { outboundAllowed: true } };
    await simulator.control.faults({ method: 'PATCH', lagMs: 400, count: 1 });
    await simulator.graph('con', 'PATCH', partner, { body });
    const stale = await simulator.graph('con', 'GET', partner);
    expect(stale.body.automaticUserConsentSettings.outboundAllowed).toBeNull();
    await new Promise((resolve) => setTimeout(resolve, 450));
    const fresh = await simulator.graph('con', 'GET', partner);
    expect(fresh.body.automaticUserConsentSettings.outboundAllowed).toBe(true);
  });

  it('strikes by probability the same way for the same seed, skips, and is cleared', async () => {
    const run = async () => {
      await simulator.control.reset('1');
      await simulator.control.faults({ probability: 0.5, status: 500, pathPattern: '/domains' });
      const statuses: number[] = [];
      for (let count = 0; count < 20; count += 1) {
        statuses.push((await simulator.graph('con', 'GET', '/v1.0/domains')).status);
      }
      return statuses;
    };
    const first = await run();
    expect(new Set(first)).toEqual(new Set([200, 500]));
    expect(await run()).toEqual(first);
    await simulator.control.clearFaults();
    await simulator.control.faults({ skip: 1, count: 1, status: 500, pathPattern: '/domains' });
    const later = [];
    for (let count = 0; count < 3; count += 1)
      later.push((await simulator.graph('con', 'GET', '/v1.0/domains')).status);
    expect(later).toEqual([200, 500, 200]);
  });

  it.each([
    ['/partners', '/v1.0/policies/partners/x', true],
    ['*/partners', '/v1.0/policies/partners/x', false],
    ['*/partners*', '/v1.0/policies/partners/x', true],
    ['/v1.0/*/jobs/*/start', '/v1.0/servicePrincipals/1/synchronization/jobs/2/start', true],
    ['/v1.0/*/jobs/*/start', '/v1.0/servicePrincipals/1/synchronization/jobs/start', false],
    ['a*a', 'a', false],
  ])('%s on %s is %s', (pattern, path, fits) => expect(pathFits(pattern, path)).toBe(fits));
});
