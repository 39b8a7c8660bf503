import { Throttle, type ChargeRequest } from '../../src/simulator/throttle';
import { newWorld } from '../../src/simulator/new-world';
import { startTestSimulator } from '../helpers/simulator';

const world = newWorld({ seed: '1', users: 500, speed: 0 });
const request = (changes: Partial<ChargeRequest> = {}): ChargeRequest => ({
  tenant: world.tenants.con,
  clientId: 'c',
  throttle: 'directory',
  cost: 1,
  isWrite: false,
  users: 500,
  ...changes,
});

describe('throttle classes', () => {
  beforeEach(() => jest.useFakeTimers({ now: 0 }));
  afterEach(() => jest.useRealTimers());

  it.each([
    [49, 3500],
    [500, 5000],
    [501, 8000],
  ])('gives %i users %i resource units in 10 s', (users, units) => {
    const throttle = new Throttle();
    expect(throttle.charge(request({ users, cost: units })).refused).toBe(false);
    const over = throttle.charge(request({ users, cost: units / 10 }));
    expect(over.headers).toMatchObject({
      'Retry-After': '1',
      'x-ms-throttle-information': 'ResourceUnitLimitExceeded',
      'x-ms-throttle-scope': `Tenant_Application/ReadWrite/c/${world.tenants.con.tenantId}`,
    });
    jest.setSystemTime(2000);
    expect(throttle.charge(request({ users, cost: 10 })).refused).toBe(false);
  });

  it('tells the share of the limit only above 0.8', () => {
    const throttle = new Throttle();
    expect(throttle.charge(request({ cost: 3900 })).headers).toEqual({ 'x-ms-resource-unit': '3900' });
    expect(throttle.charge(request({ cost: 300 })).headers).toMatchObject({
      'x-ms-throttle-limit-percentage': '0.8',
    });
  });

  it('lets 3,000 writes pass in 150 s', () => {
    const throttle = new Throttle();
    const write = () => throttle.charge(request({ isWrite: true }));
    for (let count = 0; count < 3000; count += 1) expect(write().refused || count).toBe(count);
    expect(write().headers['x-ms-throttle-information']).toBe('WriteLimitExceeded');
  });

  it.each(['reports', 'provisionOnDemand'] as const)(
    'lets 5 calls of %s pass in 10 s, by tenant and client',
    (name) => {
      const throttle = new Throttle();
      const call = (changes = {}) => throttle.charge(request({ throttle: name, ...changes })).refused;
      expect([1, 2, 3, 4, 5, 6].map(() => call())).toEqual([false, false, false, false, false, true]);
      expect([call({ tenant: world.tenants.fab }), call({ clientId: 'd' })]).toEqual([false, false]);
      jest.setSystemTime(60_000);
      expect(call()).toBe(false);
    },
  );
});

it('answers 429 with Retry-After and counts it by tenant and class', async () => {
  const simulator = await startTestSimulator();
  const path = `/v1.0/users/${simulator.personId('bob')}/authentication/phoneMethods`;
  const statuses: number[] = [];
  for (let count = 0; count < 6; count += 1)
    statuses.push((await simulator.graph('con', 'GET', path)).status);
  expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
  const over = await simulator.graph('con', 'GET', path);
  expect([over.body.error.code, Number(over.headers.get('retry-after')) > 0]).toEqual([
    'TooManyRequests',
    true,
  ]);
  expect((await simulator.control.requests())['con']?.['reports']).toMatchObject({
    requests: 7,
    throttled: 2,
  });
  expect((await simulator.graph('fab', 'GET', '/v1.0/auditLogs/directoryAudits')).status).toBe(200);
  await simulator.close();
});
