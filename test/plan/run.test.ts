import {
  Halt,
  hasOwnWrites,
  isDone,
  isOpen,
  leaseSecondsOf,
  plannedChanges,
  stateOf,
} from '../../src/plan/run';
import type { ChangeRun } from '../../src/plan/types';
import { FakeWorld, fakeStep } from '../helpers/fake-steps';
import { plainRun, plannedFrom } from './support/plain-run';

const all: readonly ChangeRun['state'][] = [
  'waiting',
  'writing',
  'written',
  'verified',
  'already-done',
  'failed',
  'unknown',
];

describe('where a change stands', () => {
  it('is done once it was read back or found done, open while nobody has read it back', () => {
    expect(all.filter(isDone)).toEqual(['verified', 'already-done']);
    expect(all.filter(isOpen)).toEqual(['writing', 'written', 'unknown']);
  });

  it('is waiting until something is known of it', () => {
    const { run } = plainRun([], [], { '1/2': 'written' });
    expect(stateOf(run, { stepIndex: 1, changeIndex: 2 })).toBe('written');
    expect(stateOf(run, { stepIndex: 2, changeIndex: 1 })).toBe('waiting');
  });

  it.each(all)('%s: tells whether the plan may have changed anything', (state) => {
    const { run } = plainRun([], [], { '0/0': 'waiting', '0/1': state, '0/2': 'failed' });
    expect(hasOwnWrites(run)).toBe(['writing', 'written', 'unknown', 'verified'].includes(state));
  });
});

describe('the changes of a plan', () => {
  const world = new FakeWorld();
  const steps = [
    fakeStep(world, { name: 'partner-target', side: 'target', wanted: { one: 'x' } }),
    fakeStep(world, { name: 'partner-source', side: 'source', wanted: { two: 'y', three: 'z' } }),
  ];

  it('come in order, with the steps that carry them out', async () => {
    const planned = await plannedFrom(steps);
    const found = plannedChanges(plainRun(steps, planned).run);
    expect(found.map(({ stepIndex, changeIndex }) => `${stepIndex}/${changeIndex}`)).toEqual([
      '0/0',
      '1/0',
      '1/1',
    ]);
    expect(found.map(({ step }) => step)).toEqual([steps[0], steps[1], steps[1]]);
    expect(found.map(({ change }) => change)).toEqual(planned.flatMap(({ changes }) => changes));
    expect(found.map((one) => one.planned)).toEqual([planned[0], planned[1], planned[1]]);
  });

  it('of a step that nobody knows stop the plan (I26)', async () => {
    const { run } = plainRun(steps.slice(1), await plannedFrom(steps));
    const verdict = { to: 'failed', code: 'unknown-step', remedy: 'Plan it anew.' };
    expect(() => plannedChanges(run)).toThrow(
      expect.objectContaining({ verdict: expect.objectContaining(verdict) }),
    );
  });

  it('in another tenant than that of the step stop the plan', async () => {
    const [first, second] = await plannedFrom(steps);
    const { run } = plainRun(steps, [first!, { ...second!, tenantId: 'bb' }]);
    expect(() => plannedChanges(run)).toThrow(Halt);
  });
});

describe('a lease', () => {
  it('lasts a minute unless the settings say otherwise', () => {
    expect([leaseSecondsOf({}), leaseSecondsOf({ leaseSeconds: 7 })]).toEqual([60, 7]);
  });

  it('that was lost says so by name', () => {
    expect(new Halt({ to: 'lost' }).message).toBe('halted: lost');
  });
});
