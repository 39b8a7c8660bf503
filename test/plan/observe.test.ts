import { BotError } from '../../src/errors';
import { lookAt, lookUntil, pollUntil, readBack, refuseDrift } from '../../src/plan/observe';
import { plannedChanges, type Run } from '../../src/plan/run';
import type { ChangeRun, PlannedStep, Step, StepContext } from '../../src/plan/types';
import { FakeWorld, fakeStep } from '../helpers/fake-steps';
import { plainRun, plannedFrom } from './support/plain-run';

let world: FakeWorld;
let steps: readonly Step[];
let planned: readonly PlannedStep[];
type States = Readonly<Record<string, ChangeRun['state']>>;

beforeEach(async () => {
  world = new FakeWorld();
  steps = [
    fakeStep(world, { name: 'partner-target', side: 'target', wanted: { one: 'x' } }),
    fakeStep(world, { name: 'partner-source', side: 'source', wanted: { two: 'y', three: 'z' } }),
  ];
  planned = await plannedFrom(steps);
});

const first = (run: Run) => plannedChanges(run)[0]!;
const verdictOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => (error as { verdict?: unknown }).verdict ?? error,
  );

describe('waiting for a good answer', () => {
  const poll = async (budget: number, good: number) => {
    const { run, waits } = plainRun(steps, planned);
    let looks = 0;
    const isGood = await pollUntil(run, budget, async () => (looks += 1) >= good);
    return { isGood, looks, waits };
  };

  it('looks at once, and waits longer each time, up to eight seconds', async () => {
    expect(await poll(60_000, 1)).toEqual({ isGood: true, looks: 1, waits: [] });
    expect(await poll(60_000, 9)).toEqual({
      isGood: true,
      looks: 9,
      waits: [250, 500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000],
    });
  });

  it('never waits beyond its budget', async () => {
    expect(await poll(0, 9)).toEqual({ isGood: false, looks: 1, waits: [] });
    expect(await poll(249, 9)).toEqual({ isGood: false, looks: 1, waits: [] });
    expect(await poll(250, 9)).toEqual({ isGood: false, looks: 2, waits: [250] });
    expect(await poll(749, 9)).toMatchObject({ waits: [250] });
    expect(await poll(750, 9)).toMatchObject({ waits: [250, 500] });
  });

  it('counts from when it began', async () => {
    const { run, waits } = plainRun(steps, planned);
    waits.push(100_000);
    expect(await pollUntil(run, 250, async () => false)).toBe(false);
    expect(waits).toEqual([100_000, 250]);
  });
});

describe('a look at a step', () => {
  /** What the step is told when it looks and when it compares. */
  async function told(states: States): Promise<unknown> {
    const seen: unknown[] = [];
    const spy: Step = {
      ...steps[1]!,
      observe: (context) => (seen.push(context.hasWritten), steps[1]!.observe(context)),
      diff: (context: StepContext, observed) => (
        seen.push(context.hasWritten),
        steps[1]!.diff(context, observed)
      ),
    };
    const { run } = plainRun([steps[0]!, spy], planned, states);
    await lookAt(run, spy);
    expect(seen[0]).toBe(seen[1]);
    return seen[0];
  }

  it.each<[boolean, States]>([
    [false, {}],
    [false, { '0/0': 'verified' }],
    [false, { '1/0': 'written' }],
    [false, { '1/0': 'written', '1/1': 'writing' }],
    [false, { '1/0': 'verified', '1/1': 'unknown' }],
    [true, { '1/0': 'written', '1/1': 'written' }],
    [true, { '1/0': 'verified', '1/1': 'written' }],
    [true, { '1/0': 'already-done', '1/1': 'verified' }],
  ])('is told %s of whether Graph took all of it: %j', async (hasWritten, states) => {
    expect(await told(states)).toBe(hasWritten);
  });

  it('is not told that a step without a change was written', async () => {
    const seen: unknown[] = [];
    const idle: Step = { ...steps[0]!, observe: async (context) => (seen.push(context.hasWritten), {}) };
    await lookAt(plainRun([idle, steps[1]!], planned.slice(1)).run, idle);
    expect(seen).toEqual([false]);
  });

  it('keeps the ids that it reveals, and those known before', async () => {
    const step: Step = { ...steps[0]!, resolve: () => ({ jobId: 'j' }) };
    const { run } = plainRun([step, steps[1]!], planned);
    run.resolved = { appRoleId: 'r' };
    await lookAt(run, step);
    expect(run.resolved).toEqual({ appRoleId: 'r', jobId: 'j' });
    await lookAt(run, steps[1]!);
    expect(run.resolved).toEqual({ appRoleId: 'r', jobId: 'j' });
  });
});

describe('reading back', () => {
  const back = (looks: number | null, budget?: number, more = {}) => {
    const { run, waits } = plainRun(steps, planned, { '0/0': 'written' }, more);
    let seen = 0;
    world.read = (field) => {
      if (field === 'one') seen += 1;
      return field === 'one' && looks !== null && seen > looks ? 'x' : undefined;
    };
    return readBack(run, first(run), first(run).change, budget).then((standing) => ({
      standing,
      waits,
      seen,
    }));
  };

  it('takes two good looks in a row', async () => {
    expect(await back(0)).toEqual({ standing: 'gone', waits: [250], seen: 2 });
    expect(await back(1)).toEqual({ standing: 'gone', waits: [250, 500], seen: 3 });
  });

  it('counts a good look that was followed by a bad one for nothing', async () => {
    const values = ['x', undefined, 'x', 'x'];
    world.read = (field) => (field === 'one' ? values.shift() : undefined);
    const { run, waits } = plainRun(steps, planned, { '0/0': 'written' });
    expect(await readBack(run, first(run), first(run).change)).toBe('gone');
    expect([waits, values]).toEqual([[250, 500, 1_000], []]);
  });

  it('takes one more look when the time was over after a good one', async () => {
    expect(await back(0, 0)).toEqual({ standing: 'gone', waits: [], seen: 2 });
    const values = ['x', 'somebody'];
    world.read = (field) => (field === 'one' ? values.shift() : undefined);
    const { run } = plainRun(steps, planned, { '0/0': 'written' });
    expect(await readBack(run, first(run), first(run).change, 0)).toBe('different');
  });

  it('gives up after a minute, or when the ports say', async () => {
    const { standing, waits } = await back(null);
    expect(standing).toBe('same');
    const total = waits.reduce((sum, one) => sum + one, 0);
    expect([total > 50_000, total <= 60_000]).toEqual([true, true]);
    expect((await back(null, undefined, { replicationMilliseconds: 250 })).waits).toEqual([250]);
  });

  it('compares with what stood there just before the write', async () => {
    const { run } = plainRun(steps, planned, { '0/0': 'written' });
    const { change } = first(run);
    world.fields.set('one', 'old');
    const written = { ...change, fields: change.fields.map((field) => ({ ...field, before: 'old' })) };
    expect(await readBack(run, first(run), written, 0)).toBe('same');
    expect(await readBack(run, first(run), change, 0)).toBe('different');
  });

  it('takes no other start for ours, though the plan makes the object', async () => {
    const { run } = plainRun(steps, planned, { '0/0': 'written' });
    const own = { ...first(run).change, parameters: { field: 'one', value: 'x', at: '$job.id' } };
    const found = { ...own, fields: own.fields.map((field) => ({ ...field, before: 'somebody' })) };
    const at = { ...first(run), step: { ...steps[0]!, diff: () => [found] } };
    expect(await readBack(run, at, own, 0)).toBe('different');
    const values = [[], [found]];
    const once = { ...at, step: { ...steps[0]!, diff: () => values.shift() ?? [found] } };
    expect(await readBack(run, once, own, 0)).toBe('different');
  });

  it('goes on over faults of the moment, and stops to try later when the last look was one', async () => {
    const { run, waits } = plainRun(steps, planned, { '0/0': 'written' });
    world.fields.set('one', 'x');
    world.readFaults.set('one', ['graph-unavailable', 'busy']);
    expect(await readBack(run, first(run), first(run).change)).toBe('gone');
    expect(waits).toEqual([250, 500, 1_000]);
    world.readFaults.set('one', ['graph-unavailable']);
    expect(await verdictOf(readBack(run, first(run), first(run).change, 0))).toEqual({
      to: 'retry',
      afterSeconds: 15,
      pausedWhile: 'reading one',
    });
    world.read = () => {
      throw new BotError('graph-throttled', 'reading', 'Wait.', { retryAfterSeconds: 7 });
    };
    expect(await verdictOf(readBack(run, first(run), first(run).change, 0))).toEqual({
      to: 'retry',
      afterSeconds: 7,
      pausedWhile: 'reading',
    });
  });

  it('stops at any other fault', async () => {
    const { run, waits } = plainRun(steps, planned, { '0/0': 'written' });
    world.readFaults.set('one', ['permission-missing']);
    expect(await verdictOf(readBack(run, first(run), first(run).change))).toMatchObject({
      code: 'permission-missing',
    });
    world.read = () => {
      throw Object.assign(new Error('bug'), { code: 'busy' });
    };
    await expect(readBack(run, first(run), first(run).change)).rejects.toThrow('bug');
    expect(waits).toEqual([]);
  });

  it('gives the last look, good or not, with the change as it is found now', async () => {
    const { run } = plainRun(steps, planned);
    world.fields.set('one', 'old');
    const look = await lookUntil(run, first(run), false, 0, () => false);
    expect(look).toMatchObject({ standing: 'different', found: { fields: [{ before: 'old' }] } });
  });
});

describe('drift', () => {
  const stale = (title: string) => ({
    to: 'stale',
    code: 'stale',
    text: `Something has changed since the plan was made: ${title}. The approvals no longer count.`,
    remedy: 'Plan it anew.',
  });
  const refused = async (states: States = {}, which = steps) => {
    const { run, waits } = plainRun(which, planned, states, { replicationMilliseconds: 250 });
    return { verdict: await verdictOf(refuseDrift(run)), waits };
  };

  it('is none while all is to do as it was approved', async () => {
    expect(await refused()).toEqual({ verdict: null, waits: [] });
  });

  it.each([
    ['one', 'somebody', 'Field one'],
    ['one', 'x', 'Field one'],
    ['three', 'somebody', 'Field three'],
    ['three', 'z', 'Field three'],
  ])('is when %s is %s before anything was written', async (field, value, title) => {
    world.fields.set(field, value);
    expect(await refused()).toEqual({ verdict: stale(title), waits: [] });
  });

  it('is when something is to do that nobody approved', async () => {
    const more = [
      steps[0]!,
      fakeStep(world, {
        name: 'partner-source',
        side: 'source',
        wanted: { two: 'y', three: 'z', four: 'w' },
      }),
    ];
    expect((await refused({}, more)).verdict).toEqual(stale('Field four'));
    const extra = [...steps, fakeStep(world, { name: 'job', side: 'source', wanted: { five: 'v' } })];
    expect((await refused({}, extra)).verdict).toEqual(stale('Field five'));
  });

  it.each<[ChangeRun['state'], string | undefined, boolean]>([
    ['verified', 'x', true],
    ['verified', undefined, false],
    ['verified', 'somebody', false],
    ['already-done', 'x', true],
    ['already-done', undefined, false],
    ['written', 'x', true],
    ['written', undefined, true],
    ['written', 'somebody', false],
    ['writing', undefined, true],
    ['unknown', 'x', true],
    ['failed', undefined, true],
  ])('after a change is %s and shows %s: none is %s', async (state, value, isNone) => {
    if (value !== undefined) world.fields.set('one', value);
    expect((await refused({ '0/0': state })).verdict).toEqual(isNone ? null : stale('Field one'));
  });

  it('is waited out only once the plan has written', async () => {
    expect((await refused({ '0/0': 'verified' })).waits).toEqual([250]);
    world.fields.set('one', 'x');
    world.lag.set('one', 0);
    expect((await refused({ '0/0': 'already-done' })).waits).toEqual([]);
    world.fields.delete('one');
    expect((await refused({ '0/0': 'already-done' })).waits).toEqual([]);
  });

  it('is not that a later change came about with an earlier one of the same plan', async () => {
    world.fields.set('one', 'x');
    world.fields.set('two', 'y');
    expect((await refused({ '0/0': 'verified' })).verdict).toBeNull();
    expect((await refused({ '0/0': 'already-done' })).verdict).toEqual(stale('Field two'));
  });

  it('is when somebody changed what is still to do, though the plan has written', async () => {
    world.fields.set('one', 'x');
    world.fields.set('two', 'somebody');
    expect((await refused({ '0/0': 'verified' })).verdict).toEqual(stale('Field two'));
  });

  it('does not show in a step that cannot be read back, once it has begun', async () => {
    const once = [
      fakeStep(world, {
        name: 'provision-on-demand',
        side: 'source',
        wanted: { user: 'bob' },
        isUnrepeatable: true,
      }),
    ];
    planned = await plannedFrom(once);
    for (const state of ['verified', 'already-done', 'writing', 'unknown', 'written', 'waiting'] as const) {
      expect((await refused({ '0/0': state }, once)).verdict).toBeNull();
    }
    const moved = [{ ...once[0]!, diff: () => [{ ...planned[0]!.changes[0]!, fields: [] }] }];
    expect((await refused({ '0/0': 'waiting' }, moved)).verdict).toMatchObject({ to: 'stale' });
    expect((await refused({ '0/0': 'verified' }, moved)).verdict).toBeNull();
  });
});
