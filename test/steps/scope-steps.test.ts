import type { PlanSubject } from '../../src/plan/subject';
import type { Step } from '../../src/plan/types';
import { setupSteps, stepsOf } from '../../src/steps';
import { describeStep } from './support/describe-step';
import { changesOf, runStep, startStepWorld, type StepWorld } from './support/step-world';

jest.setTimeout(120_000);

const only = (kind: 'assign' | 'unassign' | 'guard' | 'mail' | 'map-set') => stepsOf[kind][0] as Step;
const [scopeSwitch, scopeFilter] = stepsOf['scope-set'] as readonly [Step, Step];
const words = { command: 'as typed', displayName: 'Jo' };

function people(world: StepWorld, ...keys: string[]): PlanSubject {
  const assignments = keys.map((key) => ({
    principalId: world.simulator.personId(key),
    principalType: 'User' as const,
    displayName: key,
    userCount: 1,
  }));
  return { ...words, type: 'assignments', assignments };
}

const guard = (limit: number | null): PlanSubject => ({
  ...words,
  type: 'setting',
  setting: { name: 'guard', limit },
});
const mail = (address: string | null): PlanSubject => ({
  ...words,
  type: 'setting',
  setting: { name: 'mail', address },
});
const scope = (who: 'assigned' | 'all', value: string | null): PlanSubject => ({
  ...words,
  type: 'scope',
  who,
  filter: value === null ? null : [{ attribute: 'department', operator: 'EQUALS', values: [value] }],
});
const mapping = (attribute: string, expression: string): PlanSubject => ({
  ...words,
  type: 'mapping',
  attribute,
  source: { type: 'Constant', expression },
});

const desired = (world: StepWorld) => {
  const subject = people(world, 'alice', 'bob');
  return subject.type === 'assignments' ? { deletionGuard: 10, assignments: subject.assignments } : {};
};
const after = setupSteps;

describeStep(only('assign'), { after, desired, subject: (world) => people(world, 'zoe') });
describeStep(only('unassign'), { after, desired, subject: (world) => people(world, 'bob') });
describeStep(only('guard'), { after, desired, subject: () => guard(20) });
describeStep(only('mail'), { after, desired, subject: () => mail('ops@contoso.example') });
describeStep(scopeSwitch, { after, desired, subject: () => scope('all', null) });
describeStep(scopeFilter, { after, desired, subject: () => scope('assigned', 'Sales') });
describeStep(only('map-set'), { after, desired, subject: () => mapping('department', '"Guests"') });

describe('a link that is set up', () => {
  let world: StepWorld;
  beforeAll(async () => {
    world = await startStepWorld();
    const context = world.context({ desired: desired(world) });
    const resolved = {};
    for (const each of setupSteps) await runStep(world, each, context, resolved);
  });
  afterAll(async () => world.close());

  const planned = async (step: Step, subject: PlanSubject) => changesOf(step, world.context({ subject }));
  const tierOf = async (step: Step, subject: PlanSubject) =>
    step.tierOf?.(await planned(step, subject)) ?? step.tier;

  it('asks for more people where safety or accounts are taken away', async () => {
    expect(await tierOf(only('guard'), guard(5))).toBe('T1');
    expect(await tierOf(only('guard'), guard(11))).toBe('T2');
    expect(await tierOf(only('guard'), guard(null))).toBe('T2');
    expect(await tierOf(scopeSwitch, scope('all', null))).toBe('T1');
    expect(await tierOf(scopeFilter, scope('assigned', 'Sales'))).toBe('T2');
    expect(await tierOf(only('map-set'), mapping('companyName', '"New"'))).toBe('T1');
    expect(await tierOf(only('map-set'), mapping('department', '"New"'))).toBe('T2');
  });

  it('names who leaves with a filter that nobody passes, and compares them with the guard', async () => {
    const [change] = await planned(scopeFilter, scope('assigned', 'No such department'));
    expect(change?.leavers?.count).toBe(2);
    expect(change?.leavers?.named).toHaveLength(2);
    expect(change?.notes?.join(' ')).toContain('The deletion guard (10) is not reached');
  });

  it('changes the fingerprint of the change when somebody else would leave too (I6)', async () => {
    const subject = scope('assigned', 'No such department');
    const [before] = await planned(scopeFilter, subject);
    await runStep(world, only('assign'), world.context({ subject: people(world, 'zoe') }), {});
    const [now] = await planned(scopeFilter, subject);
    expect(now?.leavers?.count).toBe(3);
    expect(now?.parameters['leavers']).not.toBe(before?.parameters['leavers']);
  });

  it('never touches the matching attribute', async () => {
    await expect(planned(only('map-set'), mapping('alternativeSecurityIds', '"x"'))).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  it('shows what a mapping makes of at most five users, and what it cannot tell', async () => {
    const [known] = await planned(only('map-set'), mapping('department', '"Guests"'));
    expect(known?.examples?.every(({ after: value }) => value === 'Guests')).toBe(true);
    const source = { type: 'Function' as const, expression: 'Switch([country], "x", "US", "y")' };
    const [unknown] = await planned(only('map-set'), {
      ...words,
      type: 'mapping',
      attribute: 'department',
      source,
    });
    expect(unknown?.examples?.length).toBeGreaterThan(0);
    expect(unknown?.examples?.every(({ after: value }) => value === null)).toBe(true);
    expect(unknown?.notes?.join(' ')).toContain('cannot be previewed');
  });
});
