import { applyPlan } from '../../src/plan/apply';
import { makePlan } from '../../src/plan/make';
import type { ApplyPorts } from '../../src/plan/run';
import { stepsOf } from '../../src/steps';
import { insertPlan, movePlan } from '../../src/store/plans';
import { readRecord } from '../../src/store/records';
import type { Fault } from '../../src/simulator/faults';
import { openTestStore, type TestStore } from '../helpers/stores';
import { startStepWorld, type StepWorld } from '../steps/support/step-world';

/** One write of a clean run: which request it was, as a pattern that fits in every run. */
interface Write {
  readonly operation: string;
  readonly tenant: string;
  readonly method: string;
  readonly path: string;
  /** How many like it come before. */
  readonly skip: number;
}

const anyId = /[0-9a-f]{8}-[0-9a-f-]{27}/gi;

describe('a set-up on the simulated tenants', () => {
  let opened: TestStore;
  let world: StepWorld;

  beforeAll(async () => {
    opened = await openTestStore();
  }, 120_000);
  afterAll(async () => opened.end());
  beforeEach(async () => {
    world = await startStepWorld();
  });
  afterEach(async () => world.close());

  function wished(): ReturnType<StepWorld['context']> {
    const assignment = (key: string) => ({
      principalId: world.simulator.personId(key),
      principalType: 'User' as const,
      displayName: key,
      userCount: 1,
    });
    return world.context({
      desired: {
        userType: 'guest',
        deletionGuard: 10,
        notificationMail: 'ops@example.org',
        assignments: [assignment('alice'), assignment('bob')],
      },
    });
  }

  function ports(): ApplyPorts {
    let now = 0;
    return {
      store: opened.store,
      enqueue: async () => undefined,
      steps: stepsOf,
      graph: world.graph,
      findLink: () => wished().link,
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

  async function plan() {
    const context = wished();
    const requester = { tenantId: context.link.source.tenantId, objectId: 'asker', displayName: 'Asker' };
    return makePlan({ kind: 'setup', ...context, requester, steps: stepsOf.setup });
  }

  async function approved(): Promise<string> {
    const made = await plan();
    if (!made) throw new Error('nothing to do');
    const planId = await insertPlan(opened.store.db, { ...made, askedInConversationId: null });
    const move = { planId, revision: 1, from: 'draft', to: 'approved' } as const;
    await movePlan(opened.store.db, move, { startInSeconds: 3600 });
    return planId;
  }

  async function writes(): Promise<readonly Write[]> {
    const done = (await world.simulator.control.writes()).filter(
      (one) => one.status >= 200 && one.status < 300,
    );
    const keys = done.map((one) => {
      const path = one.path.replace(anyId, '*').replace(/jobs\/[^/]+\//, 'jobs/*/');
      return { operation: one.operation, tenant: one.tenant, method: one.method, path };
    });
    return keys.map((key, index) => ({
      ...key,
      skip: keys.slice(0, index).filter((one) => JSON.stringify(one) === JSON.stringify(key)).length,
    }));
  }

  async function cleanRun(): Promise<readonly Write[]> {
    await expect(applyPlan(await approved(), ports())).resolves.toEqual({ type: 'ended', state: 'applied' });
    return writes();
  }

  async function again(): Promise<void> {
    await world.close();
    world = await startStepWorld();
  }

  it('is applied, read back, and leaves an empty plan and no second write', async () => {
    const done = await cleanRun();
    expect(done.length).toBeGreaterThanOrEqual(10);
    expect(await plan()).toBeNull();
    expect(await writes()).toEqual(done);
  }, 120_000);

  it.each<[string, Fault]>([
    ['lost before its effect', { reset: true, count: 1 }],
    ['lost after its effect', { dropAfterEffect: true, count: 1 }],
  ])(
    'loses and doubles nothing when a write is %s, whichever it is',
    async (_name, fault) => {
      const done = await cleanRun();
      for (const { tenant, method, path, skip, operation } of done) {
        await again();
        const planId = await approved();
        await world.simulator.control.faults({ ...fault, tenant, method, pathPattern: path, skip });
        const outcome = await applyPlan(planId, ports());
        expect([operation, outcome]).toEqual([operation, { type: 'ended', state: 'applied' }]);
        const operations = (list: readonly Write[]) => list.map((one) => `${one.tenant} ${one.operation}`);
        const now = operations(await writes()).filter((one) => !one.endsWith('validateCredentials'));
        expect(now).toEqual(operations(done).filter((one) => !one.endsWith('validateCredentials')));
        expect(await plan()).toBeNull();
      }
    },
    240_000,
  );

  it('stops at a 403, whichever write gets it, and the rest can be planned anew', async () => {
    const done = await cleanRun();
    for (const { tenant, method, path, skip, operation } of done) {
      await again();
      const planId = await approved();
      const body = { error: { code: 'Authorization_RequestDenied', message: 'Insufficient privileges' } };
      await world.simulator.control.faults({
        status: 403,
        body,
        count: 1,
        tenant,
        method,
        pathPattern: path,
        skip,
      });
      const outcome = await applyPlan(planId, ports());
      expect([operation, outcome]).toEqual([operation, { type: 'ended', state: 'failed' }]);
      expect((await readRecord(opened.store.db, planId))?.ending?.code).toBe('permission-missing');
      await expect(applyPlan(await approved(), ports())).resolves.toEqual({
        type: 'ended',
        state: 'applied',
      });
      expect((await writes()).length).toBe(done.length);
    }
  }, 240_000);
});
