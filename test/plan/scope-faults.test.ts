import { applyPlan } from '../../src/plan/apply';
import { makePlan } from '../../src/plan/make';
import type { ApplyPorts } from '../../src/plan/run';
import type { PlanSubject } from '../../src/plan/subject';
import type { PlanKind } from '../../src/plan/types';
import { setupSteps, stepsOf } from '../../src/steps';
import { insertPlan, movePlan } from '../../src/store/plans';
import { readRecord } from '../../src/store/records';
import type { Fault } from '../../src/simulator/faults';
import { openTestStore, type TestStore } from '../helpers/stores';
import { runStep, startStepWorld, type StepWorld } from '../steps/support/step-world';

jest.setTimeout(120_000);

const words = { command: 'as typed', displayName: 'as typed' };
const service = '/v1.0/servicePrincipals/*';

describe('a change of the scope on a link that is set up', () => {
  let opened: TestStore;
  let world: StepWorld;

  beforeAll(async () => {
    opened = await openTestStore();
    world = await startStepWorld();
    const subject = people('alice', 'bob', 'zoe');
    const assignments = subject.type === 'assignments' ? subject.assignments : [];
    const context = world.context({ desired: { deletionGuard: 10, assignments } });
    const resolved = {};
    for (const step of setupSteps) await runStep(world, step, context, resolved);
  });
  afterAll(async () => {
    await world.close();
    await opened.end();
  });

  function people(...keys: string[]): PlanSubject {
    const assignments = keys.map((key) => ({
      principalId: world.simulator.personId(key),
      principalType: 'User' as const,
      displayName: key,
      userCount: 1,
    }));
    return { ...words, type: 'assignments', assignments };
  }

  function ports(): ApplyPorts {
    let now = 0;
    return {
      store: opened.store,
      enqueue: async () => undefined,
      steps: stepsOf,
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

  async function plan(kind: PlanKind, subject: PlanSubject) {
    const context = { ...world.context({ subject }), desired: null };
    const requester = { tenantId: context.link.source.tenantId, objectId: 'asker', displayName: 'Asker' };
    return makePlan({ kind, ...context, requester, steps: stepsOf[kind] });
  }

  async function approved(kind: PlanKind, subject: PlanSubject): Promise<string> {
    const made = await plan(kind, subject);
    if (!made) throw new Error('nothing to do');
    const planId = await insertPlan(opened.store.db, { ...made, askedInConversationId: null });
    const move = { planId, revision: 1, from: 'draft', to: 'approved' } as const;
    await movePlan(opened.store.db, move, { startInSeconds: 3600 });
    return planId;
  }

  const effects = async () =>
    (await world.simulator.control.writes()).filter(({ status }) => status >= 200 && status < 300).length;
  const setting = (limit: number): PlanSubject => ({
    ...words,
    type: 'setting',
    setting: { name: 'guard', limit },
  });
  const mail = (address: string): PlanSubject => ({
    ...words,
    type: 'setting',
    setting: { name: 'mail', address },
  });
  const who = (all: boolean): PlanSubject => ({
    ...words,
    type: 'scope',
    who: all ? 'all' : 'assigned',
    filter: null,
  });
  const filter = (value: string): PlanSubject => ({
    ...words,
    type: 'scope',
    who: 'assigned',
    filter: [{ attribute: 'department', operator: 'EQUALS', values: [value] }],
  });
  const mapping = (text: string): PlanSubject => ({
    ...words,
    type: 'mapping',
    attribute: 'department',
    source: { type: 'Constant', expression: `"${text}"` },
  });

  /** Three wishes of each kind, each a change to what the one before left; and the write that it makes. */
  const cases: readonly [PlanKind, string, string, () => readonly PlanSubject[]][] = [
    [
      'unassign',
      'DELETE',
      `${service}/appRoleAssignedTo/*`,
      () => ['alice', 'bob', 'zoe'].map((key) => people(key)),
    ],
    [
      'assign',
      'POST',
      `${service}/appRoleAssignedTo`,
      () => ['alice', 'bob', 'zoe'].map((key) => people(key)),
    ],
    ['guard', 'PUT', `${service}/synchronization/secrets`, () => [1, 2, 3].map(setting)],
    [
      'mail',
      'PUT',
      `${service}/synchronization/secrets`,
      () => ['a@b.example', 'c@d.example', 'e@f.example'].map(mail),
    ],
    ['scope-set', 'PUT', `${service}/synchronization/secrets`, () => [true, false, true].map(who)],
    [
      'scope-set',
      'PUT',
      `${service}/synchronization/jobs/*/schema`,
      () => ['Sales', 'Support', 'Legal'].map(filter),
    ],
    [
      'map-set',
      'PUT',
      `${service}/synchronization/jobs/*/schema`,
      () => ['one', 'two', 'three'].map(mapping),
    ],
  ];

  it.each(cases)(
    '%s survives a lost %s and stops at a 403 (%s)',
    async (kind, method, pathPattern, wishes) => {
      if (pathPattern.endsWith('schema'))
        await applyPlan(await switched(false), ports()).catch(() => undefined);
      const faults: readonly Fault[] = [
        { reset: true, count: 1 },
        { dropAfterEffect: true, count: 1 },
      ];
      const [first, second, third] = wishes();
      for (const [index, fault] of faults.entries()) {
        const subject = index === 0 ? first : second;
        if (!subject) throw new Error('three wishes are needed');
        const before = await effects();
        const planId = await approved(kind, subject);
        await world.simulator.control.faults({ ...fault, tenant: 'con', method, pathPattern });
        await expect(applyPlan(planId, ports())).resolves.toEqual({ type: 'ended', state: 'applied' });
        expect(await effects()).toBe(before + 1);
        expect(await plan(kind, subject)).toBeNull();
      }
      if (!third) throw new Error('three wishes are needed');
      const before = await effects();
      const planId = await approved(kind, third);
      const body = { error: { code: 'Authorization_RequestDenied', message: 'Insufficient privileges' } };
      await world.simulator.control.faults({
        status: 403,
        body,
        count: 1,
        tenant: 'con',
        method,
        pathPattern,
      });
      await expect(applyPlan(planId, ports())).resolves.toEqual({ type: 'ended', state: 'failed' });
      expect((await readRecord(opened.store.db, planId))?.ending?.code).toBe('permission-missing');
      expect(await effects()).toBe(before);
      await expect(applyPlan(await approved(kind, third), ports())).resolves.toMatchObject({
        state: 'applied',
      });
    },
  );

  /** Back to assigned users, if it is not so. */
  async function switched(isAll: boolean): Promise<string> {
    return (await plan('scope-set', who(isAll))) ? approved('scope-set', who(isAll)) : 'PL-none';
  }
});
