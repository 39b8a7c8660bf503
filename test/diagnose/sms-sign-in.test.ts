import { smsChecks } from '../../src/diagnose/checks/sms-sign-in';
import { Look } from '../../src/diagnose/look';
import type { Scope } from '../../src/diagnose/scope';
import { startStepWorld, type StepWorld } from '../steps/support/step-world';

jest.setTimeout(120_000);

let world: StepWorld;
beforeAll(async () => {
  world = await startStepWorld();
}, 120_000);
afterAll(() => world.close());
afterEach(() => world.simulator.control.clearFaults());

/** A look at a link whose scope is given: the rest is read from the simulated tenants. */
class LookAtUsers extends Look {
  constructor(private readonly users: Scope['users']) {
    const { link, source, target } = world.context();
    super(link, source, target, (tenantId, pack) => world.graph.probe(tenantId, pack));
  }

  override scope(): Promise<Scope> {
    return Promise.resolve({ users: this.users, groupCount: 1, isComplete: true });
  }
}

const people = (...keys: string[]) =>
  keys.map((key) => ({ id: world.simulator.personId(key), name: key.toUpperCase() }));

async function reportReads(): Promise<number> {
  return (await world.simulator.control.requests())['con']?.['reports']?.requests ?? 0;
}

async function finding(users: Scope['users']) {
  const [check] = smsChecks;
  const [found] = await check!.run(new LookAtUsers(users));
  return found;
}

it('asks only those of the scope who have a mobile phone, and says so', async () => {
  const before = await reportReads();
  const found = await finding(people('bob', 'eve', 'lee', 'noor'));
  expect(found?.verdict).toBe('warn');
  expect(found?.current).toMatch(/^on for \d: .*EVE/);
  expect(found?.current).toMatch(/\((\d) looked at; \1 of 4 users (has|have) a mobile phone\)$/);
  const asked = Number(/(\d) looked at/.exec(found?.current ?? '')?.[1]);
  expect(asked).toBeLessThan(4);
  expect((await reportReads()) - before).toBeLessThanOrEqual(asked + 2);
});

it('asks everybody when the report is refused, as in a tenant without Entra ID P1', async () => {
  await world.simulator.control.faults({ pathPattern: '*/userRegistrationDetails', status: 403 });
  const found = await finding(people('eve'));
  expect(found).toMatchObject({ verdict: 'warn', current: 'on for 1: EVE (1 looked at; 1 user in scope)' });
});

it('passes without asking when nobody in scope has a mobile phone', async () => {
  const all = await world.simulator.control.users('con');
  const without = all.filter(({ authentication }) => authentication.phones.length === 0).slice(0, 3);
  const found = await finding(without.map(({ id, displayName }) => ({ id, name: displayName ?? id })));
  expect(found).toMatchObject({
    verdict: 'pass',
    current: 'off (0 looked at; 0 of 3 users have a mobile phone)',
  });
});
