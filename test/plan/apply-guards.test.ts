import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { BotError } from '../../src/errors';
import { setLogLevel } from '../../src/log';
import { applyPlan, estimateSeconds, windowSeconds } from '../../src/plan/apply';
import { digestOf } from '../../src/plan/digest';
import { makePlan } from '../../src/plan/make';
import type { ApplyPorts } from '../../src/plan/run';
import type { Change, Link, PlanContent, PlanRecord, Step, StepContext } from '../../src/plan/types';
import { listAudit } from '../../src/store/audit';
import { insertIntent, listChangeRunRows } from '../../src/store/change-runs';
import type { Store } from '../../src/store/db';
import { claimApproved, releaseAllLeases } from '../../src/store/executions';
import { insertFreeze } from '../../src/store/freezes';
import { insertPlan, movePlan } from '../../src/store/plans';
import { readRecord } from '../../src/store/records';
import { changeRuns, freezes, plans } from '../../src/store/schema';
import { everyKind } from '../helpers/every-kind';
import { closedGraph, FakeWorld, fakeStep } from '../helpers/fake-steps';
import { openTestStore, type TestStore } from '../helpers/stores';

/** What keeps an approved plan from writing, and what it leaves behind: one guard each. */
describe('before anything is written', () => {
  let opened: TestStore;
  let world: FakeWorld;
  let link: Link;
  let queued: unknown[];
  let now: number;
  let ports: ApplyPorts;

  beforeAll(async () => {
    setLogLevel('silent');
    opened = await openTestStore();
  }, 120_000);
  afterAll(async () => {
    setLogLevel('info');
    await opened.end();
  }, 60_000);

  beforeEach(() => {
    const own = randomUUID();
    const tenant = (key: string) =>
      ({ tenantId: `${key}-${own}`, key, displayName: key, cloud: 'public' }) as const;
    link = { source: tenant('aa'), target: tenant('bb') };
    world = new FakeWorld();
    queued = [];
    now = 0;
    ports = portsOf(standard());
  });

  const standard = () => [
    fakeStep(world, { name: 'partner-target', side: 'target', wanted: { one: 'x' } }),
    fakeStep(world, { name: 'partner-source', side: 'source', wanted: { two: 'y' } }),
  ];
  const portsOf = (steps: readonly Step[], more: Partial<ApplyPorts> = {}): ApplyPorts => ({
    store: opened.store,
    enqueue: async (_tx, job, options) => void queued.push(options ? [job, options] : [job]),
    steps: everyKind(steps),
    graph: closedGraph,
    findLink: () => link,
    checkAuthority: async () => ({ type: 'stands' }),
    pace: {
      sleep: async (milliseconds) => void (now += milliseconds),
      elapsed: () => now,
    },
    isStopping: () => false,
    ...more,
  });

  async function approved(steps: readonly Step[] = standard()): Promise<string> {
    const requester = { tenantId: link.source.tenantId, objectId: randomUUID(), displayName: 'Asker' };
    const made = await makePlan({
      kind: 'assign',
      link,
      requester,
      desired: null,
      subject: null,
      steps,
      source: closedGraph.read(link.source.tenantId),
      target: closedGraph.read(link.target.tenantId),
    });
    const planId = await insertPlan(opened.store.db, { ...made!, askedInConversationId: null });
    const move = { planId, revision: 1, from: 'draft', to: 'approved' } as const;
    await movePlan(opened.store.db, move, { startInSeconds: 3600 });
    return planId;
  }

  const apply = (planId: string, more: Partial<ApplyPorts> = {}) => applyPlan(planId, { ...ports, ...more });
  const record = async (planId: string) => (await readRecord(opened.store.db, planId)) as PlanRecord;
  const change = (planId: string, set: Partial<typeof plans.$inferInsert>) =>
    opened.store.db.update(plans).set(set).where(eq(plans.id, planId));
  async function facts(planId: string, event: string): Promise<Record<string, unknown> | undefined> {
    const records = await listAudit(opened.store.db, { planId, limit: 100 });
    const found = records.map(
      (one) => JSON.parse(one.record) as { event: string; facts: Record<string, unknown> },
    );
    return found.findLast((one) => one.event === event)?.facts;
  }

  /** Every result that was kept of the first change of a step. */
  async function resultsOf(planId: string, stepIndex: number): Promise<unknown[]> {
    const records = await listAudit(opened.store.db, { planId, limit: 100 });
    const found = records.map(
      (one) => JSON.parse(one.record) as { event: string; facts: Record<string, unknown> },
    );
    const own = found.filter((one) => one.event === 'write-resulted' && one.facts['stepIndex'] === stepIndex);
    return own.map((one) => one.facts['state']);
  }

  describe('time', () => {
    const withChanges = (...counts: number[]) =>
      ({
        steps: counts.map((count) => ({ changes: Array.from({ length: count }) })),
      }) as unknown as PlanContent;

    it('is 15 seconds for each change, and half an hour at least', () => {
      expect([estimateSeconds(withChanges()), estimateSeconds(withChanges(2, 3))]).toEqual([0, 75]);
      expect([
        windowSeconds(withChanges(60)),
        windowSeconds(withChanges(61)),
        windowSeconds(withChanges(0)),
      ]).toEqual([1800, 1830, 1800]);
    });
  });

  describe('the claim', () => {
    it('is of no plan that nobody knows', async () => {
      expect(await apply('PL-9999')).toEqual({ type: 'not-mine' });
      expect(queued).toEqual([]);
    });

    it('is told, and kept with the digest', async () => {
      const planId = await approved();
      await apply(planId);
      expect(queued[0]).toEqual([{ name: 'deliver' }]);
      expect(await facts(planId, 'claimed')).toEqual({
        fence: 1,
        isResumed: false,
        digest: (await record(planId)).digest,
      });
    });

    it('is put off while the link is frozen', async () => {
      const planId = await approved();
      const { source, target } = link;
      const scope = { sourceTenantId: source.tenantId, targetTenantId: target.tenantId };
      const by = { tenantId: source.tenantId, objectId: 'f', displayName: 'Fran' };
      await insertFreeze(opened.store.db, scope, { ownerTenantId: source.tenantId, by, reason: 'no' });
      expect(await apply(planId)).toEqual({ type: 'paused', afterSeconds: 10 });
      expect(queued).toEqual([[{ name: 'apply', planId }, { afterSeconds: 10 }]]);
      expect((await record(planId)).state).toBe('approved');
    });

    it('is put off while another plan of the link runs', async () => {
      const [running, planId] = [await approved(), await approved()];
      await opened.store.transaction((tx) => claimApproved(tx, running, { lease: 60, window: 600 }));
      expect(await apply(planId)).toEqual({ type: 'paused', afterSeconds: 15 });
      expect(queued).toEqual([[{ name: 'apply', planId }, { afterSeconds: 15 }]]);
    });

    it('fails as the database does', async () => {
      const planId = await approved();
      let isDown = true;
      const transaction: ApplyPorts['store']['transaction'] = (work) => {
        if (!isDown) return opened.store.transaction(work);
        isDown = false;
        return Promise.reject(new Error('down'));
      };
      await expect(apply(planId, { store: { ...opened.store, transaction } })).rejects.toThrow('down');
      expect(queued).toEqual([]);
    });
  });

  describe('what was approved', () => {
    it.each<[string, (content: PlanContent) => Partial<typeof plans.$inferInsert>]>([
      ['another digest', () => ({ digest: randomUUID() })],
      ['another revision', () => ({ revision: 2 })],
      ['no step, though the digest fits', (content) => withDigest({ ...content, steps: [] })],
      ['another content', (content) => ({ content: { ...content, policyVersion: 7 } })],
    ])('is not carried out with %s', async (_name, tamper) => {
      const planId = await approved();
      await change(planId, tamper((await record(planId)).content));
      expect(await apply(planId)).toEqual({ type: 'ended', state: 'failed' });
      expect((await record(planId)).ending).toMatchObject({
        code: 'digest-mismatch',
        remedy: 'Have the audit checked.',
      });
      expect(world.sent).toEqual([]);
    });

    it('is not carried out once the settings do not name its tenants (I12)', async () => {
      const planId = await approved();
      expect(await apply(planId, { findLink: () => undefined })).toEqual({ type: 'ended', state: 'failed' });
      expect((await record(planId)).ending).toEqual({
        code: 'not-allowed',
        text: 'A tenant of this plan is no longer in the settings.',
        remedy: 'Name the tenant in the settings, then plan it anew.',
      });
      expect(world.sent).toEqual([]);
    });

    it('is not carried out by steps that nobody knows', async () => {
      const planId = await approved();
      expect(await apply(planId, { steps: everyKind([]) })).toEqual({ type: 'ended', state: 'failed' });
      expect((await record(planId)).ending).toMatchObject({ code: 'unknown-step' });
    });

    const withDigest = (content: PlanContent) => ({ content, digest: digestOf(content) });
  });

  describe('authority', () => {
    const lost = { type: 'lost', text: 'Omar may no longer decide.' } as const;

    it('that is lost makes a plan stale, or failed once it has written', async () => {
      const [first, second] = [await approved(), await approved()];
      expect(await apply(first, { checkAuthority: async () => lost })).toEqual({
        type: 'ended',
        state: 'stale',
      });
      expect((await record(first)).ending).toEqual({
        code: 'approval-lost',
        text: lost.text,
        remedy: 'Plan it anew.',
      });
      world.faults.set('two', [{ code: 'graph-throttled', hasEffect: false, retryAfterSeconds: 500 }]);
      expect(await apply(second)).toEqual({ type: 'paused', afterSeconds: 120 });
      await opened.store.transaction(async (tx) => {
        const [, row] = await listChangeRunRows(tx, second);
        await insertIntent(tx, { ...row!, clientRequestId: randomUUID(), fence: 9 });
      });
      expect(await apply(second, { checkAuthority: async () => lost })).toEqual({
        type: 'ended',
        state: 'needs-attention',
      });
      expect((await record(second)).ending?.text).toBe(
        'Omar may no longer decide. Nobody can tell whether "Field two" took effect.',
      );
    });

    it('that nobody can tell puts a plan off', async () => {
      const planId = await approved();
      const unknown = async () => ({ type: 'unknown' }) as const;
      expect(await apply(planId, { checkAuthority: unknown })).toEqual({ type: 'paused', afterSeconds: 15 });
      expect(queued.at(-1)).toEqual([{ name: 'apply', planId }, { afterSeconds: 15 }]);
      expect(world.sent).toEqual([]);
    });
  });

  describe('a fault of the look', () => {
    it('of the moment puts the plan off', async () => {
      const planId = await approved();
      world.readFaults.set('one', ['graph-throttled']);
      expect(await apply(planId)).toEqual({ type: 'paused', afterSeconds: 15 });
    });

    it('that is a bug puts the plan off', async () => {
      const planId = await approved();
      const broken = standard().map((step) => ({ ...step, observe: () => Promise.reject(new Error('bug')) }));
      expect(await apply(planId, { steps: everyKind(broken) })).toEqual({ type: 'paused', afterSeconds: 15 });
    });

    it('that stays ends the plan, with what it says', async () => {
      const planId = await approved();
      world.readFaults.set('one', ['permission-missing']);
      expect(await apply(planId)).toEqual({ type: 'ended', state: 'failed' });
      expect((await record(planId)).ending).toEqual({
        code: 'permission-missing',
        text: 'Stopped while reading one.',
        remedy: 'Try again.',
      });
    });
  });

  describe('a freeze while it runs', () => {
    it.each(['the link', 'all links'])('of %s lets nothing more begin, and is named', async (which) => {
      const planId = await approved();
      const ownerTenantId = link.source.tenantId;
      const key = { sourceTenantId: ownerTenantId, targetTenantId: link.target.tenantId };
      const by = { tenantId: ownerTenantId, objectId: 'f', displayName: 'Fran' };
      const [one, two] = standard();
      const freezing: Step = {
        ...one!,
        async apply(...args) {
          const scope = which === 'the link' ? key : 'all';
          await insertFreeze(opened.store.db, scope, { ownerTenantId, by, reason: 'an incident' });
          return one!.apply(...args);
        },
      };
      expect(await apply(planId, { steps: everyKind([freezing, two!]) })).toEqual({
        type: 'ended',
        state: 'failed',
      });
      expect((await record(planId)).ending).toEqual({
        code: 'frozen',
        text: `Fran froze ${which} while it ran: an incident`,
        remedy: 'Once the freeze is lifted, plan what is left anew.',
      });
      expect(world.sent).toEqual(['one=x']);
      await opened.store.db.delete(freezes);
    });
  });

  describe('the window', () => {
    it('that is over ends a plan that has begun', async () => {
      const planId = await approved();
      world.readFaults.set('one', ['graph-throttled']);
      await apply(planId);
      await change(planId, { windowEndsAt: new Date(0) });
      expect(await apply(planId)).toEqual({ type: 'ended', state: 'failed' });
      expect((await record(planId)).ending).toMatchObject({ code: 'window-over' });
      expect(world.sent).toEqual([]);
    });

    it('is looked at by the transaction of the intent, however long the process stood before it (I18)', async () => {
      const planId = await approved();
      const { store } = opened;
      let hasBegun = false;
      const late: Store = {
        ...store,
        transaction: async (work) => {
          if (!hasBegun) return store.transaction(work);
          await change(planId, { windowEndsAt: new Date(0) });
          return store.transaction(work).finally(() => change(planId, { windowEndsAt: new Date(9e12) }));
        },
      };
      const checkAuthority = async () => {
        hasBegun = true;
        return { type: 'stands' } as const;
      };
      expect(await apply(planId, { store: late, checkAuthority })).toMatchObject({ type: 'ended' });
      expect((await record(planId)).ending).toMatchObject({ code: 'window-over' });
      expect(world.sent).toEqual([]);
      expect(await facts(planId, 'write-intended')).toBeUndefined();
    });
  });

  it('a plan that goes on knows the ids that it made before', async () => {
    const seen: unknown[] = [];
    const [one, two] = standard();
    const steps: Step[] = [
      { ...one!, apply: async (...args) => ({ ...(await one!.apply(...args)), resolved: { jobId: 'j' } }) },
      {
        ...two!,
        apply: (write, what, resolved, context) => (
          seen.push(resolved),
          two!.apply(write, what, resolved, context)
        ),
      },
    ];
    const planId = await approved(steps);
    world.faults.set('two', [{ code: 'graph-throttled', hasEffect: false }]);
    await apply(planId, { steps: everyKind(steps) });
    await apply(planId, { steps: everyKind(steps) });
    expect(seen).toEqual([{ jobId: 'j' }, { jobId: 'j' }]);
    expect(await facts(planId, 'claimed')).toMatchObject({ fence: 2, isResumed: true });
  });

  it('a step is told of both tenants, the wish and its subject', async () => {
    let told: StepContext | undefined;
    const [one, two] = standard();
    const spy: Step = { ...one!, observe: (context) => ((told = context), one!.observe(context)) };
    const planId = await approved();
    await apply(planId, { steps: everyKind([spy, two!]) });
    const { content } = await record(planId);
    expect(told).toMatchObject({ link, desired: content.desired, subject: content.subject, verified: null });
    expect([told?.source.tenantId, told?.target.tenantId]).toEqual([
      link.source.tenantId,
      link.target.tenantId,
    ]);
  });

  describe('the lease', () => {
    /** Runs a plan with a lease of 10 s whose first write takes 6 s; `meanwhile` comes before the renewal in it. */
    async function slowly(meanwhile: (planId: string) => Promise<unknown> = async () => undefined) {
      const beats: { readonly beat: () => void; readonly milliseconds: number }[] = [];
      const [set, clear] = [globalThis.setInterval, globalThis.clearInterval];
      const cleared: unknown[] = [];
      let isUnreferenced = false;
      const timer = { unref: () => (isUnreferenced = true) };
      const planId = await approved();
      const [one, two] = standard();
      const slow: Step = {
        ...one!,
        async apply(door, ...rest) {
          now += 6_000; // more than half of the lease: only a renewal lets the request out
          await meanwhile(planId);
          beats[0]?.beat();
          await new Promise((resolve) => setTimeout(resolve, 50));
          await door.send('partners.update', {} as never);
          return one!.apply(door, ...rest);
        },
      };
      const send = async (_operation: string, { beforeSend }: { beforeSend: () => void }) => beforeSend();
      const graph = { ...closedGraph, write: () => ({ send }) as never };
      Object.assign(globalThis, {
        setInterval: (beat: () => void, milliseconds: number) => (beats.push({ beat, milliseconds }), timer),
        clearInterval: (which: unknown) => void cleared.push(which),
      });
      try {
        const outcome = await apply(planId, { steps: everyKind([slow, two!]), leaseSeconds: 10, graph });
        const isStopped = cleared.length === 1 && cleared[0] === timer;
        return { planId, outcome, every: beats[0]?.milliseconds, isUnreferenced, isStopped };
      } finally {
        Object.assign(globalThis, { setInterval: set, clearInterval: clear });
      }
    }

    it('is renewed four times in its length while a write takes long, and no longer than the run', async () => {
      const { planId, ...found } = await slowly();
      expect(found).toEqual({
        outcome: { type: 'ended', state: 'applied' },
        every: 2_500,
        isUnreferenced: true,
        isStopped: true,
      });
      expect(await record(planId)).toMatchObject({ state: 'applied', ending: null });
    });

    it('that somebody else has by now is not renewed, so nothing leaves', async () => {
      const { outcome } = await slowly((planId) => change(planId, { fence: 9 }));
      expect([outcome, world.sent]).toEqual([{ type: 'not-mine' }, []]);
    });

    it('that was lost lets nothing be stored, not even that the plan is stale', async () => {
      const planId = await approved();
      const [one, two] = standard();
      const overtaken: Step = {
        ...one!,
        async observe(context) {
          await change(planId, { fence: 9 });
          world.fields.set('one', 'somebody');
          return one!.observe(context);
        },
      };
      expect(await apply(planId, { steps: everyKind([overtaken, two!]) })).toEqual({ type: 'not-mine' });
      expect((await record(planId)).state).toBe('applying');
    });
  });

  describe('a write', () => {
    const halted = async (planId: string) => ({ ending: (await record(planId)).ending, sent: world.sent });
    const runs = async (planId: string) => (await record(planId)).runs;

    it('does not begin when the process is to end, or without the database', async () => {
      const planId = await approved();
      expect(await apply(planId, { isStopping: () => true })).toEqual({ type: 'paused', afterSeconds: 1 });
      const down = { ...opened.store, isReady: async () => false };
      expect(await apply(planId, { store: down })).toEqual({ type: 'paused', afterSeconds: 15 });
      expect(world.sent).toEqual([]);
    });

    it('is left out when somebody did the same just before it, once the plan has written', async () => {
      const planId = await approved();
      const write = world.write.bind(world);
      world.write = (field, value) => {
        write(field, value);
        world.fields.set('two', 'y');
      };
      expect(await apply(planId)).toEqual({ type: 'ended', state: 'applied' });
      expect(world.sent).toEqual(['one=x']);
      expect((await runs(planId)).map(({ state }) => state)).toEqual(['verified', 'already-done']);
    });

    it('is not sent when somebody changed the same thing just before it', async () => {
      const [first, second] = [await approved(), await approved()];
      const [one, two] = standard();
      let looks = 0;
      const moved: Step = {
        ...one!,
        observe: (context) => {
          looks += 1;
          if (looks === 2) world.fields.set('one', 'somebody');
          return one!.observe(context);
        },
      };
      expect(await apply(first, { steps: everyKind([moved, two!]) })).toEqual({
        type: 'ended',
        state: 'stale',
      });
      expect(await halted(first)).toMatchObject({
        ending: { code: 'stale', remedy: 'Plan what is left anew.' },
        sent: [],
      });
      world.fields.delete('one');
      const write = world.write.bind(world);
      world.write = (field, value) => {
        write(field, value);
        world.fields.set('two', 'somebody');
      };
      expect(await apply(second)).toEqual({ type: 'ended', state: 'failed' });
      expect(await halted(second)).toMatchObject({ ending: { code: 'stale' }, sent: ['one=x'] });
      expect(now).toBeGreaterThan(20_000);
      expect(now).toBeLessThanOrEqual(31_000);
    });

    it('keeps what stood there before it, and what Graph answered', async () => {
      const [one, two] = standard();
      const steps: Step[] = [
        {
          ...one!,
          apply: async (...args) => ({
            ...(await one!.apply(...args)),
            outcome: { made: 1 },
            requestIds: ['r-1'],
          }),
        },
        two!,
      ];
      const planId = await approved(steps);
      await apply(planId, { steps: everyKind(steps) });
      expect((await runs(planId))[0]).toMatchObject({
        state: 'verified',
        requestIds: ['r-1'],
        outcome: { made: 1 },
      });
    });

    it('goes through a door that lets only its resource out, under the id of its intent', async () => {
      const sent: unknown[][] = [];
      const graph = {
        ...closedGraph,
        write: (tenantId: string) =>
          ({ tenantId, send: async (...args: unknown[]) => void sent.push(args) }) as never,
      };
      const [one, two] = standard();
      const steps: Step[] = [
        {
          ...one!,
          async apply(door, what, resolved, context) {
            await door.send('partners.update', {} as never);
            await expect(door.send('default.update', {} as never)).rejects.toMatchObject({
              code: 'egress-refused',
            });
            return one!.apply(door, what, resolved, context);
          },
        },
        two!,
      ];
      const planId = await approved(steps);
      await apply(planId, { steps: everyKind(steps), graph });
      const [row] = await listChangeRunRows(opened.store.db, planId);
      expect(sent).toEqual([
        ['partners.update', { clientRequestId: row?.clientRequestId, beforeSend: expect.any(Function) }],
      ]);
      expect(row?.clientRequestId).toMatch(/^[0-9a-f-]{36}$/);
    });

    it('does not leave a process that was stopped for more than half of its lease', async () => {
      const planId = await approved();
      let looks = 0;
      const [one, two] = standard();
      const slept: Step = {
        ...one!,
        async apply(door, what, resolved, context) {
          now += 30_001;
          await door.send('partners.update', {} as never);
          return one!.apply(door, what, resolved, context);
        },
        observe: (context) => ((looks += 1), one!.observe(context)),
      };
      const graph = {
        ...closedGraph,
        write: () =>
          ({
            send: async (_operation: string, { beforeSend }: { beforeSend: () => void }) => beforeSend(),
          }) as never,
      };
      expect(await apply(planId, { steps: everyKind([slept, two!]), graph })).toEqual({ type: 'not-mine' });
      expect([world.sent, looks]).toEqual([[], 2]);
      expect((await runs(planId))[0]?.state).toBe('writing');
    });

    it('leaves one that was stopped for just half of it', async () => {
      const planId = await approved();
      const [one, two] = standard();
      const slept: Step = {
        ...one!,
        async apply(door, what, resolved, context) {
          now += 30_000;
          await door.send('partners.update', {} as never);
          return one!.apply(door, what, resolved, context);
        },
      };
      const graph = {
        ...closedGraph,
        write: () =>
          ({
            send: async (_operation: string, { beforeSend }: { beforeSend: () => void }) => beforeSend(),
          }) as never,
      };
      expect(await apply(planId, { steps: everyKind([slept, two!]), graph })).toMatchObject({
        state: 'applied',
      });
    });
  });

  describe('a fault of the write', () => {
    const runs = async (planId: string) => (await record(planId)).runs;

    it('409 is done when it is there already, and a failure when it is not', async () => {
      const [first, second] = [await approved(), await approved()];
      world.faults.set('one', [{ code: 'conflict', hasEffect: true }]);
      expect(await apply(first)).toEqual({ type: 'ended', state: 'applied' });
      expect((await runs(first)).map(({ state }) => state)).toEqual(['already-done', 'verified']);
      expect((await runs(first))[0]).toMatchObject({ error: { code: 'conflict' }, requestIds: [] });
      expect(now).toBe(250); // only the second write is read back
      world.fields.clear();
      world.faults.set('one', [{ code: 'conflict', hasEffect: false }]);
      expect(await apply(second)).toEqual({ type: 'ended', state: 'failed' });
      expect((await record(second)).ending).toEqual({
        code: 'conflict',
        text: 'Stopped while writing one. Nothing after it was written.',
        remedy: 'Ask somebody.',
      });
    });

    it('409 is waited out, for what we want may be there but not everywhere', async () => {
      const planId = await approved();
      world.lag.set('one', 3);
      world.faults.set('one', [{ code: 'conflict', hasEffect: true }]);
      expect(await apply(planId)).toEqual({ type: 'ended', state: 'applied' });
      expect((await runs(planId))[0]?.state).toBe('already-done');
      expect(world.sent).toEqual(['one=x', 'two=y']);
    });

    it('404 is tried again after a while, three times at most', async () => {
      const [first, second] = [await approved(), await approved()];
      const none = { code: 'not-found', hasEffect: false } as const;
      world.faults.set('two', [none, none]);
      expect(await apply(first)).toEqual({ type: 'ended', state: 'applied' });
      expect(world.sent.filter((one) => one === 'two=y')).toHaveLength(3);
      expect(now).toBe(250 + 5_000 + 10_000 + 250);
      expect(await resultsOf(first, 1)).toEqual(['waiting', 'waiting', 'written', 'verified']);
      world.fields.clear();
      world.sent.length = 0;
      world.faults.set('two', [none, none, none, none]);
      expect(await apply(second)).toEqual({ type: 'ended', state: 'failed' });
      expect(world.sent.filter((one) => one === 'two=y')).toHaveLength(3);
    });

    it('429 waits ten seconds when nobody says how long', async () => {
      const planId = await approved();
      world.faults.set('one', [{ code: 'graph-throttled', hasEffect: false }]);
      expect(await apply(planId)).toEqual({ type: 'paused', afterSeconds: 10 });
      expect((await runs(planId))[0]).toMatchObject({
        state: 'unknown',
        error: { code: 'graph-throttled' },
        requestIds: [],
      });
    });

    it.each([
      [0, 50_000, 61_000],
      [40, 15_000, 25_000],
      [90, 0, 10_000],
    ])('429 is looked into until it would show: %s s after it', async (waited, least, most) => {
      const planId = await approved();
      world.faults.set('one', [{ code: 'graph-throttled', hasEffect: false }]);
      await apply(planId);
      const at = new Date(Date.now() - waited * 1_000);
      await opened.store.db.update(changeRuns).set({ at }).where(eq(changeRuns.planId, planId));
      now = 0;
      expect(await apply(planId)).toEqual({ type: 'ended', state: 'applied' });
      expect(now).toBeGreaterThanOrEqual(least);
      expect(now).toBeLessThan(most);
    });

    it('whose outcome is not known is looked into for the whole time, however long ago it was sent', async () => {
      const planId = await approved();
      world.faults.set('one', [{ code: 'graph-throttled', hasEffect: false }]);
      await apply(planId);
      const at = new Date(Date.now() - 90_000);
      const error = { code: 'graph-ambiguous', doing: 'writing', remedy: 'Wait.' } as const;
      await opened.store.db.update(changeRuns).set({ at, error }).where(eq(changeRuns.planId, planId));
      now = 0;
      expect(await apply(planId)).toEqual({ type: 'ended', state: 'applied' });
      expect(now).toBeGreaterThanOrEqual(50_000);
    });

    it('keeps the request id that Graph gave', async () => {
      const [one, two] = standard();
      const refused: Step = {
        ...one!,
        apply: () => Promise.reject(new BotError('graph-refused', 'writing', 'Look.', { requestId: 'r-9' })),
      };
      const planId = await approved();
      await apply(planId, { steps: everyKind([refused, two!]) });
      expect((await runs(planId))[0]).toMatchObject({ state: 'failed', requestIds: ['r-9'] });
    });

    it('of an unknown kind is looked at, and repeated only when it surely had no effect', async () => {
      const planId = await approved();
      const [one, two] = standard();
      let isFirst = true;
      const odd: Step = {
        ...one!,
        apply: (...args) => {
          if (!isFirst) return one!.apply(...args);
          isFirst = false;
          return Promise.reject(new Error('odd'));
        },
      };
      expect(await apply(planId, { steps: everyKind([odd, two!]) })).toEqual({
        type: 'ended',
        state: 'applied',
      });
      expect(world.sent).toEqual(['one=x', 'two=y']);
      expect(await resultsOf(planId, 0)).toEqual(['unknown', 'waiting', 'written', 'verified']);
    });

    describe('that cannot be read back', () => {
      const once = () => [
        fakeStep(world, {
          name: 'provision-on-demand',
          side: 'source',
          wanted: { user: 'bob' },
          isUnrepeatable: true,
        }),
      ];

      it.each([
        ['graph-throttled', 'failed'],
        ['conflict', 'failed'],
        ['graph-refused', 'failed'],
        ['graph-ambiguous', 'needs-attention'],
      ] as const)('%s: the plan is %s', async (code, state) => {
        const planId = await approved(once());
        world.faults.set('user', [{ code, hasEffect: true }]);
        expect(await apply(planId, { steps: everyKind(once()) })).toEqual({ type: 'ended', state });
        expect(world.sent).toEqual(['user=bob']);
      });

      it('is done as soon as it is answered', async () => {
        const planId = await approved(once());
        let looks = 0;
        const [step] = once();
        const counted: Step = { ...step!, observe: (context) => ((looks += 1), step!.observe(context)) };
        expect(await apply(planId, { steps: everyKind([counted]) })).toEqual({
          type: 'ended',
          state: 'applied',
        });
        expect((await runs(planId))[0]).toMatchObject({ state: 'verified' });
        expect([now, looks]).toEqual([0, 1]);
      });
    });

    it('asks a person when Graph accepted what does not show, and says what', async () => {
      const [first, second] = [await approved(), await approved()];
      const remedy = 'Compare it with the tenant, then plan what is left anew.';
      world.lag.set('one', 1_000);
      await apply(first);
      expect((await record(first)).ending).toMatchObject({
        code: 'graph-ambiguous',
        text: 'Graph accepted "Field one", but it does not show. What was read then is as it was before the write.',
        remedy,
      });
      world.lag.clear();
      world.fields.clear();
      const lost = { code: 'graph-ambiguous', hasEffect: false } as const;
      world.faults.set('one', [lost, lost, lost]);
      await apply(second);
      expect((await record(second)).ending).toMatchObject({
        text: expect.stringContaining('Nobody can tell whether "Field one" took effect.') as string,
        remedy,
      });
      expect((await runs(second))[0]).toMatchObject({
        state: 'unknown',
        error: { code: 'graph-ambiguous', doing: 'reading back "Field one"', remedy },
      });
    });

    it('reads back against what stood there when it was sent', async () => {
      const planId = await approved();
      world.faults.set('two', [{ code: 'graph-ambiguous', hasEffect: false }]);
      const [one, two] = standard();
      // Made by the first write of this plan: what it starts from is not what was approved.
      const own = (what: Change): Change => ({ ...what, parameters: { ...what.parameters, at: '$job.id' } });
      const later: Step = { ...two!, diff: (context, observed) => two!.diff(context, observed).map(own) };
      const steps = [one!, later];
      const mine = await approved(steps);
      const write = world.write.bind(world);
      world.write = (field, value) => {
        write(field, value);
        if (field === 'one') world.fields.set('two', 'default');
      };
      expect(await apply(mine, { steps: everyKind(steps) })).toEqual({ type: 'ended', state: 'applied' });
      const [, row] = await listChangeRunRows(opened.store.db, mine);
      expect(row?.before).toEqual([{ field: 'two', before: 'default', after: 'y' }]);
      await releaseAllLeases(opened.store.db);
      expect((await record(planId)).state).toBe('approved');
    });
  });
});
