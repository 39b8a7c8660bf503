import { applyPlan } from '../../src/plan/apply';
import { makePlan } from '../../src/plan/make';
import type { ApplyPorts } from '../../src/plan/run';
import type { StepContext } from '../../src/plan/types';
import type { Fault } from '../../src/simulator/faults';
import { restartSteps, setupSteps, startSteps, stepsOf } from '../../src/steps';
import { insertPlan, movePlan } from '../../src/store/plans';
import { readRecord } from '../../src/store/records';
import { openTestStore, type TestStore } from '../helpers/stores';
import { changesOf, runStep, startStepWorld, type StepWorld } from '../steps/support/step-world';

const [step] = restartSteps;
if (!step) throw new Error('restart has a step');

jest.setTimeout(120_000);

let opened: TestStore;
let world: StepWorld;
let context: StepContext;

beforeAll(async () => {
  opened = await openTestStore();
}, 120_000);
afterAll(async () => opened.end());

beforeEach(async () => {
  world = await startStepWorld();
  context = contextOf(['QuarantineState', 'Watermark']);
}, 120_000);
afterEach(async () => world.close());

function contextOf(resetScope: readonly string[], deletionGuard: number | null = 500): StepContext {
  const assignment = (key: string) => ({
    principalId: world.simulator.personId(key),
    principalType: 'User' as const,
    displayName: key,
    userCount: 1,
  });
  return world.context({
    desired: { deletionGuard: 1, assignments: [assignment('bob'), assignment('alice')] },
    subject: {
      type: 'restart',
      command: 'restart con>fab --light',
      displayName: '',
      resetScope,
      deletionGuard,
    },
  });
}

/** Set up, and with the first cycle done. */
async function running(): Promise<void> {
  const resolved = {};
  for (const each of [...setupSteps, ...startSteps]) await runStep(world, each, context, resolved);
  await world.simulator.control.advance('PT40M');
}

async function ports(): Promise<ApplyPorts> {
  let now = 0;
  return {
    store: opened.store,
    enqueue: async () => undefined,
    steps: stepsOf,
    graph: world.graph,
    findLink: () => context.link,
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

async function approved(): Promise<string> {
  const requester = { tenantId: context.link.source.tenantId, objectId: 'asker', displayName: 'Asker' };
  const made = await makePlan({ kind: 'restart', ...context, requester, steps: stepsOf.restart });
  if (!made) throw new Error('nothing to do');
  expect(made.tier).toBe('T2');
  const planId = await insertPlan(opened.store.db, { ...made, askedInConversationId: null });
  await movePlan(
    opened.store.db,
    { planId, revision: 1, from: 'draft', to: 'approved' },
    { startInSeconds: 3600 },
  );
  return planId;
}

const restarts = async () =>
  (await world.simulator.control.writes()).filter(
    ({ operation, effect }) => operation === 'jobs.restart' && effect,
  );

describe('restarting the job', () => {
  it.each([
    [['QuarantineState', 'Watermark'], /keep their place/],
    [['QuarantineState', 'Watermark', 'Escrows'], /are forgotten/],
  ])('sends exactly the reset scope %j and says what it costs', async (scope, words) => {
    await running();
    context = contextOf(scope);
    expect(step.meaning(context)).toMatch(words);
    const planId = await approved();
    await expect(applyPlan(planId, await ports())).resolves.toEqual({ type: 'ended', state: 'applied' });
    const [sent, ...more] = await restarts();
    expect(more).toEqual([]);
    expect(sent).toMatchObject({ status: 204 });
    expect((await readRecord(opened.store.db, planId))?.runs[0]).toMatchObject({
      state: 'verified',
      outcome: { state: 'Active', quarantine: null },
    });
    const [change] = await changesOf(step, context);
    expect(change?.parameters['resetScope']).toBe(scope.join(', '));
  });

  it('switches a paused job on again, and says so', async () => {
    await running();
    const { body } = await world.simulator.graph('con', 'GET', `${await jobPath()}`);
    expect(body.schedule.state).toBe('Active');
    await world.simulator.graph('con', 'POST', `${await jobPath()}/pause`);
    const [change] = await changesOf(step, context);
    expect(change?.fields).toContainEqual({ field: 'schedule.state', before: 'Paused', after: 'Active' });
  });

  it('refuses where there is no job, or none that ever ran', async () => {
    await expect(changesOf(step, context)).rejects.toMatchObject({ code: 'not-found' });
    const resolved = {};
    for (const each of setupSteps) await runStep(world, each, context, resolved);
    await expect(changesOf(step, context)).rejects.toMatchObject({
      code: 'not-allowed',
      remedy: 'Run start con>fab instead.',
    });
  });
});

async function jobPath(): Promise<string> {
  const { servicePrincipalId, jobId } = step?.resolve?.(await step.observe(context)) ?? {};
  return `/v1.0/servicePrincipals/${servicePrincipalId}/synchronization/jobs/${jobId}`;
}

describe('deletions that are held back', () => {
  async function unassignBoth(): Promise<readonly string[]> {
    const path = (await jobPath()).replace(/synchronization.*/, 'appRoleAssignedTo');
    const { body } = await world.simulator.graph('con', 'GET', path);
    for (const { id } of body.value) await world.simulator.graph('con', 'DELETE', `${path}/${id}`);
    await world.simulator.control.advance('PT40M');
    return body.value.map((row: { principalId: string }) => row.principalId);
  }

  it('stop a restart until fewer than the guard would leave', async () => {
    await running();
    await unassignBoth();
    context = contextOf(['QuarantineState', 'Watermark'], 1);
    await expect(changesOf(step, context)).rejects.toMatchObject({
      code: 'not-allowed',
      doing: expect.stringContaining('1, and the deletion guard is 1') as string,
      remedy: expect.stringContaining('logs con>fab --code StagedDelete') as string,
    });
    const resolved = {};
    for (const each of setupSteps) await runStep(world, each, context, resolved);
    const [change] = await changesOf(step, context);
    expect(change?.fields).toContainEqual({ field: 'quarantine', before: 'TooManyDeletes', after: 'lifted' });
  });

  it('stop a plan that was approved before they were staged', async () => {
    await running();
    context = contextOf(['QuarantineState', 'Watermark'], 1);
    const planId = await approved();
    await unassignBoth();
    await expect(applyPlan(planId, await ports())).resolves.toMatchObject({ type: 'ended' });
    expect(await restarts()).toEqual([]);
    expect((await readRecord(opened.store.db, planId))?.state).not.toBe('applied');
  });
});

describe('a restart with a fault', () => {
  const pathPattern = '/v1.0/servicePrincipals/*/synchronization/jobs/*/restart';
  const hit = { tenant: 'con', method: 'POST', pathPattern, count: 1 } as const;

  it.each<[string, Fault, number]>([
    ['lost before its effect', { ...hit, reset: true }, 0],
    ['lost after its effect', { ...hit, dropAfterEffect: true }, 1],
  ])('%s is never repeated blindly: a person looks', async (_name, fault, effects) => {
    await running();
    const planId = await approved();
    await world.simulator.control.faults(fault);
    const outcome = await applyPlan(planId, await ports());
    expect(outcome).toEqual({ type: 'ended', state: 'needs-attention' });
    expect(await restarts()).toHaveLength(effects);
  });

  it('stops at a 403 and says which permission', async () => {
    await running();
    const planId = await approved();
    const body = { error: { code: 'Authorization_RequestDenied', message: 'Insufficient privileges' } };
    await world.simulator.control.faults({ ...hit, status: 403, body });
    await expect(applyPlan(planId, await ports())).resolves.toEqual({ type: 'ended', state: 'failed' });
    expect((await readRecord(opened.store.db, planId))?.ending?.code).toBe('permission-missing');
    expect(await restarts()).toEqual([]);
  });
});
