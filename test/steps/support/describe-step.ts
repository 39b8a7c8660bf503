import type { DesiredState, ResolvedIds, Step, StepContext } from '../../../src/plan/types';
import { applyChange, changesOf, runStep, startStepWorld, type StepWorld } from './step-world';

export interface StepCase {
  /** Steps that must have run before. */
  readonly after?: readonly Step[];
  readonly desired?: (world: StepWorld) => Partial<DesiredState>;
  readonly subject?: (world: StepWorld) => StepContext['subject'];
}

/** What every observable step keeps: look, compare, write, and then there is nothing left to do (I23, I25). */
export function describeStep(step: Step, { after = [], desired, subject }: StepCase = {}): void {
  describe(`step ${step.name}`, () => {
    let world: StepWorld;
    let context: StepContext;
    let resolved: ResolvedIds;

    beforeEach(async () => {
      world = await startStepWorld();
      context = world.context({ desired: desired?.(world), subject: subject?.(world) });
      resolved = {};
      for (const earlier of after) await runStep(world, earlier, context, resolved);
    });
    afterEach(async () => world.close());

    it('has something to do, does it, and then has nothing left', async () => {
      const before = (await world.accepted()).length;
      const changes = await runStep(world, step, context, resolved);
      expect(changes.length).toBeGreaterThan(0);
      expect(await changesOf(step, context)).toEqual([]);
      expect((await world.accepted()).length).toBeGreaterThanOrEqual(before + changes.length);
    });

    it('doubles nothing when a change is applied twice', async () => {
      const changes = await runStep(world, step, context, resolved);
      const once = await stateOf(world);
      for (const change of changes) await applyChange(world, step, change, context, resolved);
      expect(await changesOf(step, context)).toEqual([]);
      expect(await stateOf(world)).toEqual(once);
    });

    it('writes nothing while it looks', async () => {
      const before = await world.accepted();
      await changesOf(step, context);
      expect(await world.accepted()).toEqual(before);
    });

    it('is written for people: a title, a meaning, roles and permissions', () => {
      expect(step.title(context)).toMatch(/Contoso|Fabrikam/);
      expect(step.meaning(context).length).toBeGreaterThan(40);
      expect(step.roleTemplateIds.length).toBeGreaterThan(0);
      expect(step.permissions.length).toBeGreaterThan(0);
    });
  });
}

/** How many objects there are that a step could double. */
async function stateOf(world: StepWorld): Promise<Record<string, number>> {
  const creating = [
    'partners.create',
    'applicationTemplates.instantiate',
    'jobs.create',
    'appRoleAssignedTo.create',
  ];
  const accepted = await world.accepted();
  return Object.fromEntries(
    creating.map((name) => [name, accepted.filter((operation) => operation === name).length]),
  );
}
