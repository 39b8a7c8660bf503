import type { DesiredState, Step } from '../../src/plan/types';
import { pauseSteps, setupSteps, startSteps, trySteps } from '../../src/steps';
import { describeStep } from './support/describe-step';
import { applyChange, changesOf, runStep, startStepWorld, type StepWorld } from './support/step-world';

function step(name: string): Step {
  return [...setupSteps, ...startSteps, ...pauseSteps, ...trySteps].find(
    (each) => each.name === name,
  ) as Step;
}

function before(name: string): readonly Step[] {
  return setupSteps.slice(0, setupSteps.indexOf(step(name)));
}

const desired = (world: StepWorld): Partial<DesiredState> => ({
  userType: 'guest',
  deletionGuard: 10,
  notificationMail: 'ops@contoso.example',
  assignments: [assignmentOf(world, 'alice'), assignmentOf(world, 'bob')],
});

function assignmentOf(world: StepWorld, key: string) {
  const principalId = world.simulator.personId(key);
  return { principalId, principalType: 'User' as const, displayName: key, userCount: 1 };
}

describeStep(step('configuration'), { after: before('configuration') });
describeStep(step('job'), { after: before('job') });
describeStep(step('secrets'), { after: before('secrets'), desired });
describeStep(step('assignments'), { after: before('assignments'), desired });
describeStep(step('mapping'), { after: before('mapping'), desired });
describeStep(step('start-job'), { after: setupSteps, desired });
describeStep(step('pause-job'), { after: [...setupSteps, ...startSteps], desired });

describe('a whole set-up', () => {
  let world: StepWorld;
  beforeEach(async () => {
    world = await startStepWorld();
  });
  afterEach(async () => world.close());

  it('plans the rest exactly as before, whatever was done already (I3)', async () => {
    const context = world.context({ desired: desired(world) });
    const planned = new Map<string, unknown>();
    for (const each of setupSteps) planned.set(each.name, await changesOf(each, context));
    const resolved = {};
    for (const [index, each] of setupSteps.entries()) {
      await runStep(world, each, context, resolved);
      for (const later of setupSteps.slice(index + 1)) {
        expect([later.name, await changesOf(later, context)]).toEqual([later.name, planned.get(later.name)]);
      }
    }
    for (const each of setupSteps)
      expect([each.name, await changesOf(each, context)]).toEqual([each.name, []]);
  });

  it('writes in the documented order, target first', async () => {
    const context = world.context({ desired: desired(world) });
    const resolved = {};
    for (const each of setupSteps) await runStep(world, each, context, resolved);
    expect(await world.accepted()).toEqual([
      'partners.create',
      'identitySynchronization.create',
      'partners.update',
      'partners.create',
      'partners.update',
      'applicationTemplates.instantiate',
      'jobs.create',
      'secrets.replace',
      'appRoleAssignedTo.create',
      'appRoleAssignedTo.create',
      'schema.replace',
    ]);
  });

  it('shows why the connection test fails while the target does not allow it', async () => {
    const context = world.context();
    const resolved = {};
    await runStep(world, step('configuration'), context, resolved);
    const [change] = await changesOf(step('job'), context);
    await expect(applyChange(world, step('job'), change!, context, resolved)).rejects.toMatchObject({
      code: 'graph-refused',
      graphCode: 'AzureActiveDirectoryCrossTenantSyncPolicyCheckFailure',
    });
    expect(await world.accepted()).not.toContain('jobs.create');
  });

  it('finds what an instantiate with a lost answer left behind', async () => {
    const context = world.context();
    const [change] = await changesOf(step('configuration'), context);
    await world.simulator.control.faults({
      method: 'POST',
      pathPattern: 'instantiate',
      dropAfterEffect: true,
      count: 1,
    });
    await expect(applyChange(world, step('configuration'), change!, context, {})).rejects.toMatchObject({
      code: 'graph-ambiguous',
    });
    await world.graph.read(context.link.source.tenantId).waitFor(async () => {
      const left = await changesOf(step('configuration'), context);
      return left.length === 0 ? true : undefined;
    }, 'waiting');
    const result = await applyChange(world, step('configuration'), change!, context, {});
    expect(result.resolved?.servicePrincipalId).toBeTruthy();
    expect(await world.accepted()).toEqual(['applicationTemplates.instantiate']);
  });

  it('adds a second assignment and takes nobody out', async () => {
    const first = world.context({ desired: { assignments: [assignmentOf(world, 'alice')] } });
    const resolved = {};
    for (const each of setupSteps) await runStep(world, each, first, resolved);
    const second = world.context({ desired: { assignments: [assignmentOf(world, 'bob')] } });
    const changes = await runStep(world, step('assignments'), second, resolved);
    expect(changes.map((change) => change.title)).toEqual(['Assign bob']);
    expect(await changesOf(step('assignments'), first)).toEqual([]);
  });

  it('provisions one user on demand and gives its steps', async () => {
    const context = world.context({ desired: { assignments: [assignmentOf(world, 'bob')] } });
    const resolved = {};
    for (const each of setupSteps) await runStep(world, each, context, resolved);
    await world.simulator.control.advance('PT10M');
    const trying = world.context({
      subject: {
        type: 'user',
        command: 'try bob con>fab',
        phoneType: null,
        userId: world.simulator.personId('bob'),
        userPrincipalName: 'bob@contoso.example',
        displayName: 'Bob',
      },
    });
    const [change] = await changesOf(step('provision-on-demand'), trying);
    const result = await applyChange(world, step('provision-on-demand'), change!, trying, resolved);
    expect(result.outcome).toMatchObject({ result: 'Success', action: 'Create' });
    expect((result.outcome as { steps: unknown[] }).steps.length).toBeGreaterThanOrEqual(4);
  });

  it('cannot start what was never set up', async () => {
    await expect(changesOf(step('start-job'), world.context())).rejects.toMatchObject({
      code: 'not-found',
      remedy: expect.stringContaining('Run setup con>fab first') as string,
    });
  });
});
