import { everyKind } from '../helpers/every-kind';
import { freezeScope, liftFreeze } from '../../src/approvals/freeze';
import { applyPlan } from '../../src/plan/apply';
import { makePlan } from '../../src/plan/make';
import type { ApplyPorts } from '../../src/plan/run';
import type { Link, PlanRecord, Step } from '../../src/plan/types';
import { liftFreezeSteps, type Freezes } from '../../src/steps/lift-freeze';
import { findBrokenLink, listAudit } from '../../src/store/audit';
import { listChangeRunRows } from '../../src/store/change-runs';
import { askStop, releaseAllLeases } from '../../src/store/executions';
import { deleteFreeze, findFreezeOf, type FreezeScope } from '../../src/store/freezes';
import { insertPlan, movePlan } from '../../src/store/plans';
import { readRecord } from '../../src/store/records';
import { closedGraph, Crash, FakeWorld, fakeStep } from '../helpers/fake-steps';
import { dialects, openTestStore, type TestStore } from '../helpers/stores';

const omar = { tenantId: 'aa', objectId: 'omar', displayName: 'Omar' };
let linkNumber = 0;

describe.each(dialects)('holding a plan back on %s', (dialect) => {
  let opened: TestStore;
  let world: FakeWorld;
  let link: Link;
  /** Called with the field of each write, before it is sent. */
  let onWrite: (field: string) => Promise<void>;

  beforeAll(async () => {
    opened = await openTestStore(dialect);
  }, 120_000);
  afterAll(async () => opened.end(), 60_000);
  beforeEach(() => {
    linkNumber += 1;
    const tenant = (key: string) =>
      ({ tenantId: `${key}-${linkNumber}`, key, displayName: key, cloud: 'public' }) as const;
    link = { source: tenant('aa'), target: tenant('bb') };
    world = new FakeWorld();
    onWrite = async () => undefined;
  });
  afterEach(async () => {
    for (const scope of ['all', keyOf(link)] as const) {
      const left = await findFreezeOf(opened.store.db, scope);
      if (left) await deleteFreeze(opened.store.db, left.id);
    }
  });

  const keyOf = ({ source, target }: Link) => ({
    sourceTenantId: source.tenantId,
    targetTenantId: target.tenantId,
  });

  const steps = (): readonly Step[] =>
    [
      fakeStep(world, { name: 'partner-target', side: 'target', wanted: { one: 'x' } }),
      fakeStep(world, { name: 'partner-source', side: 'source', wanted: { two: 'y', three: 'z' } }),
    ].map((step) => ({
      ...step,
      apply: async (...given: Parameters<Step['apply']>) => {
        await onWrite(String(given[1].parameters['field']));
        return step.apply(...given);
      },
    }));

  const freezes: Freezes = {
    find: async (subject) => findFreezeOf(opened.store.db, subject.scope === 'all' ? 'all' : keyOf(link)),
    lift: async (id) => liftFreeze({ store: opened.store, enqueue: async () => undefined }, id),
  };

  function ports(): ApplyPorts {
    return {
      store: opened.store,
      enqueue: async () => undefined,
      steps: { ...everyKind(steps()), unfreeze: liftFreezeSteps(freezes) },
      graph: closedGraph,
      findLink: () => link,
      checkAuthority: async () => ({ type: 'stands' }),
      pace: { sleep: async () => undefined, elapsed: () => 0 },
      isStopping: () => false,
    };
  }

  const wish = (on: Link) => ({
    link: on,
    requester: { tenantId: on.source.tenantId, objectId: 'asker', displayName: 'Asker' },
    desired: null,
    source: closedGraph.read(on.source.tenantId),
    target: closedGraph.read(on.target.tenantId),
  });

  async function store(made: Awaited<ReturnType<typeof makePlan>>): Promise<string> {
    if (!made) throw new Error('nothing to do');
    return opened.store.transaction(async (tx) => {
      const planId = await insertPlan(tx, { ...made, askedInConversationId: null });
      await movePlan(tx, { planId, revision: 1, from: 'draft', to: 'approved' }, { startInSeconds: 3600 });
      return planId;
    });
  }

  const approved = async (on: Link = link) =>
    store(await makePlan({ ...wish(on), kind: 'setup', subject: null, steps: steps() }));

  const freeze = async (scope: FreezeScope = keyOf(link)) =>
    freezeScope(
      { store: opened.store, enqueue: async () => undefined },
      { scope, ownerTenantId: link.source.tenantId, by: omar, reason: 'strange sign-ins' },
    );
  const stop = (planId: string) => opened.store.transaction((tx) => askStop(tx, planId, omar));
  const found = async (planId: string): Promise<PlanRecord> => {
    const record = await readRecord(opened.store.db, planId);
    if (!record) throw new Error('no plan');
    return record;
  };
  const resume = async (planId: string) => {
    await releaseAllLeases(opened.store.db);
    return applyPlan(planId, ports());
  };

  describe.each([
    ['asked to stop', 'stopped', async (planId: string) => void (await stop(planId))],
    ['frozen', 'frozen', async () => void (await freeze())],
  ])('once %s', (_name, code, hold) => {
    it('finishes and reads back the change that runs, and begins no other', async () => {
      const planId = await approved();
      onWrite = async (field) => (field === 'two' ? hold(planId) : undefined);
      await expect(applyPlan(planId, ports())).resolves.toEqual({ type: 'ended', state: 'failed' });
      expect(world.sent).toEqual(['one=x', 'two=y']);
      const { runs, ending } = await found(planId);
      expect(runs.map(({ state }) => state)).toEqual(['verified', 'verified']);
      expect(ending).toMatchObject({ code, text: expect.stringContaining('Omar') });
    });

    it('is applied when that was the last change', async () => {
      const planId = await approved();
      onWrite = async (field) => (field === 'three' ? hold(planId) : undefined);
      await expect(applyPlan(planId, ports())).resolves.toEqual({ type: 'ended', state: 'applied' });
      expect(world.sent).toEqual(['one=x', 'two=y', 'three=z']);
    });

    it('reads back after a crash what the dead process wrote, and begins nothing', async () => {
      const planId = await approved();
      world.faults.set('one', [{ crash: 'after' }]);
      const crashing = { ...ports(), store: { ...opened.store } };
      onWrite = async () => hold(planId);
      const dead = applyPlan(planId, {
        ...crashing,
        // Nothing after the crash is stored: the process is gone.
        steps: everyKind(
          steps().map((step) => ({
            ...step,
            apply: async (...given: Parameters<Step['apply']>) => {
              try {
                return await step.apply(...given);
              } catch (error) {
                if (error instanceof Crash) return new Promise<never>(() => undefined);
                throw error;
              }
            },
          })),
        ),
      });
      void dead;
      while (world.effects.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      onWrite = async () => undefined;
      await expect(resume(planId)).resolves.toEqual({ type: 'ended', state: 'failed' });
      expect(world.sent).toEqual(['one=x']);
      const { runs, ending } = await found(planId);
      expect(runs.map(({ state }) => state)).toEqual(['verified']);
      expect(ending?.code).toBe(code);
    });
  });

  it('writes nothing of a plan that was asked to stop before it began', async () => {
    const planId = await approved();
    expect(await stop(planId)).toBe(true);
    expect(await stop(planId)).toBe(false);
    await expect(applyPlan(planId, ports())).resolves.toEqual({ type: 'ended', state: 'failed' });
    expect(world.sent).toEqual([]);
    expect(await stop(planId)).toBe(false);
  });

  it.each<[string, () => FreezeScope]>([
    ['the link', () => keyOf(link)],
    ['all links', () => 'all'],
  ])('does not start a plan while %s is frozen, and starts it after', async (_name, scope) => {
    const planId = await approved();
    const { freeze: standing, isNew } = await freeze(scope());
    expect(isNew).toBe(true);
    expect(await freeze(scope())).toEqual({ freeze: standing, isNew: false });
    await expect(applyPlan(planId, ports())).resolves.toMatchObject({ type: 'paused' });
    expect(world.sent).toEqual([]);
    expect(await found(planId)).toMatchObject({ state: 'approved', freeze: { id: standing.id } });
    await freezes.lift(standing.id);
    await expect(applyPlan(planId, ports())).resolves.toEqual({ type: 'ended', state: 'applied' });
  });

  it('holds a plan of one tenant by a freeze of any of its links, and no plan of another link', async () => {
    const other = { source: link.target, target: link.source };
    await freeze(keyOf(other));
    await expect(applyPlan(await approved(), ports())).resolves.toMatchObject({ type: 'ended' });
    world.fields.clear();
    const alone = { source: link.target, target: link.target };
    const planId = await approved(alone);
    await expect(applyPlan(planId, ports())).resolves.toMatchObject({ type: 'paused' });
    const left = await findFreezeOf(opened.store.db, keyOf(other));
    await deleteFreeze(opened.store.db, left?.id ?? '');
  });

  it('begins nothing after a freeze, whenever it comes', async () => {
    for (let round = 0; round < 12; round += 1) {
      world = new FakeWorld();
      const planId = await approved();
      const run = applyPlan(planId, ports());
      await new Promise((resolve) => setTimeout(resolve, round * 4));
      const { freeze: standing } = await freeze();
      const begun = (await listChangeRunRows(opened.store.db, planId)).length;
      await run;
      expect(world.sent.length).toBeLessThanOrEqual(begun);
      await freezes.lift(standing.id);
      await applyPlan(planId, ports());
    }
  }, 60_000);

  describe('lifting a freeze', () => {
    async function lifting(freezeId: string): Promise<string> {
      const subject = {
        type: 'freeze',
        freezeId,
        scope: 'link',
        ownerTenantId: link.source.tenantId,
      } as const;
      const words = { command: 'unfreeze', displayName: '' };
      const made = await makePlan({
        ...wish(link),
        kind: 'unfreeze',
        subject: { ...subject, ...words },
        steps: liftFreezeSteps(freezes),
      });
      expect(made).toMatchObject({ tier: 'T3', isDestructive: false });
      expect(made?.needed).toEqual([{ tenantId: link.source.tenantId, needed: 2 }]);
      return store(made);
    }

    it('runs although all is frozen, writes no tenant, and leaves a record', async () => {
      const { freeze: standing } = await freeze();
      const planId = await lifting(standing.id);
      await expect(applyPlan(planId, ports())).resolves.toEqual({ type: 'ended', state: 'applied' });
      expect(world.sent).toEqual([]);
      expect(await findFreezeOf(opened.store.db, keyOf(link))).toBeUndefined();
      const audit = await listAudit(opened.store.db, { limit: 10_000 });
      expect(findBrokenLink(audit)).toBeNull();
      expect(audit.at(-1)?.record).toContain('"event":"ended"');
      expect(audit.some(({ record }) => record.includes('"event":"unfrozen"'))).toBe(true);
    });

    it('lifts no later freeze than the one that was approved', async () => {
      const { freeze: first } = await freeze();
      const planId = await lifting(first.id);
      await freezes.lift(first.id);
      const { freeze: second } = await freeze();
      await expect(applyPlan(planId, ports())).resolves.toEqual({ type: 'ended', state: 'stale' });
      expect(await findFreezeOf(opened.store.db, keyOf(link))).toEqual(second);
    });
  });
});
