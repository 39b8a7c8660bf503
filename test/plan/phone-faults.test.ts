import { applyPlan } from '../../src/plan/apply';
import { makePlan } from '../../src/plan/make';
import type { ApplyPorts } from '../../src/plan/run';
import type { PlanKind } from '../../src/plan/types';
import type { PlanSubject } from '../../src/plan/subject';
import { stepsOf } from '../../src/steps';
import type { Fault } from '../../src/simulator/faults';
import { insertPlan, movePlan } from '../../src/store/plans';
import { readRecord } from '../../src/store/records';
import { testSealer } from '../helpers/test-sealer';
import { openTestStore, type TestStore } from '../helpers/stores';
import { syncOptions } from '../simulator/sync/linked';
import { startStepWorld, type StepWorld } from '../steps/support/step-world';

jest.setTimeout(120_000);

const cases = [
  ['fix-sms', 'phoneMethods.disableSmsSignIn', 'POST', '/disableSmsSignIn'],
  ['phone-remove', 'phoneMethods.delete', 'DELETE', '/phoneMethods/'],
] as const;

describe.each(cases)('a plan %s under faults', (kind, operation, method, pathPattern) => {
  let opened: TestStore;
  let world: StepWorld;

  beforeAll(async () => {
    opened = await openTestStore();
  }, 120_000);
  afterAll(async () => opened.end());
  beforeEach(async () => {
    world = await startStepWorld();
    // Lost answers are played here, not slow replication: what is written shows at once.
    await syncOptions(world.simulator, { replicationMs: 0 });
  });
  afterEach(async () => world.close());

  function subject(): PlanSubject {
    return {
      type: 'user',
      command: `${kind} alice con>fab`,
      displayName: 'Alice',
      userId: world.simulator.personId('alice'),
      userPrincipalName: 'alice@contoso.com',
      phoneType: kind === 'phone-remove' ? 'mobile' : null,
    };
  }

  function ports(): ApplyPorts {
    let now = 0;
    return {
      store: opened.store,
      enqueue: async () => undefined,
      steps: stepsOf,
      sealer: testSealer,
      graph: world.graph,
      findLink: () => world.context().link,
      checkAuthority: async () => ({ type: 'stands' }),
      pace: {
        sleep: async (milliseconds) => {
          now += milliseconds;
          await new Promise((resolve) => setTimeout(resolve, 2));
        },
        elapsed: () => now,
      },
      isStopping: () => false,
    };
  }

  async function plan(of: PlanKind = kind) {
    const context = world.context({ subject: subject() });
    const requester = { tenantId: context.link.source.tenantId, objectId: 'asker', displayName: 'Asker' };
    return makePlan({ ...context, kind: of, desired: null, requester, steps: stepsOf[of] });
  }

  async function approved(): Promise<string> {
    const made = await plan();
    if (!made) throw new Error('nothing to do');
    const planId = await insertPlan(opened.store.db, { ...made, askedInConversationId: null });
    const move = { planId, revision: 1, from: 'draft', to: 'approved' } as const;
    await movePlan(opened.store.db, move, { startInSeconds: 3600 });
    return planId;
  }

  const wire = (fault: Fault): Fault => ({ ...fault, count: 1, tenant: 'con', method, pathPattern });

  it.each<[string, Fault]>([
    ['before its effect', { reset: true }],
    ['after its effect', { dropAfterEffect: true }],
  ])('writes exactly once when the answer is lost %s', async (_name, fault) => {
    const planId = await approved();
    await world.simulator.control.faults(wire(fault));
    await expect(applyPlan(planId, ports())).resolves.toEqual({ type: 'ended', state: 'applied' });
    expect(await world.accepted()).toEqual([operation]);
    expect(await plan()).toBeNull();
  });

  it('stops at a 403 and writes nothing', async () => {
    const planId = await approved();
    const body = { error: { code: 'Authorization_RequestDenied', message: 'Insufficient privileges' } };
    await world.simulator.control.faults(wire({ status: 403, body }));
    await expect(applyPlan(planId, ports())).resolves.toEqual({ type: 'ended', state: 'failed' });
    expect((await readRecord(opened.store.db, planId))?.ending?.code).toBe('permission-missing');
    expect(await world.accepted()).toEqual([]);
  });

  it('writes nothing when somebody did it meanwhile', async () => {
    const planId = await approved();
    const root = `/v1.0/users/${world.simulator.personId('alice')}/authentication/phoneMethods`;
    const mobile = '3179e48a-750b-4051-897c-87b9720928f7';
    const path = kind === 'fix-sms' ? `${root}/${mobile}/disableSmsSignIn` : `${root}/${mobile}`;
    expect((await world.simulator.graph('con', method, path)).status).toBe(204);
    const before = await world.accepted();
    await expect(applyPlan(planId, ports())).resolves.toEqual({ type: 'ended', state: 'stale' });
    expect(await world.accepted()).toEqual(before);
  });
});
