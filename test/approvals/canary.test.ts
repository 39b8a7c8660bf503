import { eq } from 'drizzle-orm';
import { decide } from '../../src/approvals/decide';
import { freezeScope, liftFreeze } from '../../src/approvals/freeze';
import type { DecisionRequest, DecisionVerb } from '../../src/approvals/outcome';
import type { ApprovalPorts } from '../../src/approvals/ports';
import { checkAuthority } from '../../src/approvals/recheck';
import { storeDraft } from '../../src/approvals/store-draft';
import { applyPlan } from '../../src/plan/apply';
import { makePlan } from '../../src/plan/make';
import { Halt, type ApplyPorts } from '../../src/plan/run';
import type { Person, PlanKind, Step } from '../../src/plan/types';
import { findBrokenLink, listAudit } from '../../src/store/audit';
import { saveConversation } from '../../src/store/conversations';
import type { Store } from '../../src/store/db';
import type { Job } from '../../src/store/enqueue';
import { releaseAllLeases } from '../../src/store/executions';
import { mintNonce } from '../../src/store/nonces';
import { listCards } from '../../src/store/outbox';
import { listAbandoned } from '../../src/store/plan-lists';
import { readRecord } from '../../src/store/records';
import { decisions, plans } from '../../src/store/schema';
import { everyKind } from '../helpers/every-kind';
import { FakeDirectory, tenantConfig } from '../helpers/fake-directory';
import { closedGraph, fakeStep, FakeWorld } from '../helpers/fake-steps';
import { dialects, openTestStore, type TestStore } from '../helpers/stores';

const role = 'role-a';
const operator = '8ac3fc64-6eca-42ea-9e69-59f4c7b60eb2';
const tenant = (key: string) => ({ tenantId: key, key, displayName: key, cloud: 'public' }) as const;
const link = { source: tenant('aa'), target: tenant('bb') };
const linkKey = { sourceTenantId: 'aa', targetTenantId: 'bb' };
const fieldsOf = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`f${index + 1}`, 'in']));

describe.each(dialects)('approving the first changes alone, on %s', (dialect) => {
  let opened: TestStore;
  let directory: FakeDirectory;
  let world: FakeWorld;
  let jobs: Job[];
  let steps: readonly Step[];
  let ports: ApprovalPorts;
  let asker: Person;
  let first: Person;
  let second: Person;

  beforeAll(async () => {
    opened = await openTestStore(dialect);
  }, 120_000);
  afterAll(async () => opened.end(), 60_000);

  beforeEach(async () => {
    await opened.store.db.delete(plans);
    directory = new FakeDirectory();
    world = new FakeWorld();
    jobs = [];
    ports = {
      store: opened.store,
      directory,
      tenants: [tenantConfig('aa'), tenantConfig('bb')],
      enqueue: async (_tx, job) => void jobs.push(job),
      readBack: async () => 'different',
    };
    asker = await met('asker', [operator, role]);
    first = await met('first', [role]);
    second = await met('second', [role]);
    wanting(4);
  });

  async function met(name: string, roles: string[]): Promise<Person> {
    const person = directory.add('aa', name, { roles });
    const chat = { kind: 'personal', serviceUrl: 'http://127.0.0.1:1/', botId: 'bot' } as const;
    const conversationId = `chat-${name}`;
    await saveConversation(opened.store.db, {
      ...chat,
      ...{ conversationId, tenantId: 'aa', person: { ...person, teamsUserId: name } },
    });
    return person;
  }

  /** One step of so many changes; of tier T3 with 40 people. */
  function wanting(count: number, tier: 'T2' | 'T3' = 'T2', names = fieldsOf(count)): void {
    const affectedUsers = tier === 'T3' ? 40 / count : 1;
    const operation = 'appRoleAssignedTo.create';
    const step = { name: 'assign-principals', side: 'source', wanted: names, operation } as const;
    steps = [fakeStep(world, { ...step, tier, affectedUsers })];
  }

  async function submitted(kind: PlanKind = 'assign'): Promise<string> {
    const doors = { source: closedGraph.read('aa'), target: closedGraph.read('bb') };
    const wish = { kind, link, requester: asker, desired: null, subject: null, steps };
    const made = await makePlan({ ...wish, ...doors });
    if (!made) throw new Error('nothing to do');
    const stored = await storeDraft(ports, { made, conversationId: 'chat-asker' });
    if (typeof stored === 'string') throw new Error(stored);
    expect(await press(stored.planId, asker, 'submit')).toMatchObject({ type: 'recorded' });
    jobs = [];
    return stored.planId;
  }

  async function press(
    planId: string,
    person: Person,
    verb: DecisionVerb,
    changes: Partial<DecisionRequest> = {},
    through = ports,
  ) {
    const isVote = ['approve', 'approve-canary', 'continue', 'reject'].includes(verb);
    const reader = { planId, revision: 1, person, forTenantId: isVote ? 'aa' : null };
    const nonce = await mintNonce(opened.store.db, reader);
    const base = { verb, planId, revision: 1, nonce, person, reason: null, typedCount: null } as const;
    return decide(through, { ...base, surface: 'execute', ...changes });
  }

  /** What somebody else does between the look of a decision and its transaction. */
  function meeting(something: () => Promise<unknown>): ApprovalPorts {
    let left = [something];
    const transaction: Store['transaction'] = async (work) => {
      const now = left;
      left = [];
      for (const one of now) await one();
      return opened.store.transaction(work);
    };
    return { ...ports, store: { ...opened.store, transaction } };
  }

  function applyPorts(store: Store = opened.store): ApplyPorts {
    return {
      ...{ store, steps: everyKind(steps), graph: closedGraph },
      enqueue: ports.enqueue,
      findLink: () => link,
      checkAuthority: (record) => checkAuthority(ports, record),
      pace: { sleep: async () => undefined, elapsed: () => 0 },
      isStopping: () => false,
    };
  }

  const apply = async (planId: string, store?: Store) => {
    jobs = [];
    return applyPlan(planId, applyPorts(store));
  };
  const found = async (planId: string) => (await readRecord(opened.store.db, planId))!;
  const applies = () => jobs.filter(({ name }) => name === 'apply').length;
  const events = async (planId: string) => {
    const records = await listAudit(opened.store.db, { planId, limit: 1_000 });
    return records.map(
      ({ record }) => JSON.parse(record) as { event: string; facts: Record<string, unknown> },
    );
  };

  /** A plan that holds after its first change, for `first` to continue. */
  async function held(): Promise<string> {
    const planId = await submitted();
    expect(await press(planId, first, 'approve-canary')).toEqual({
      type: 'recorded',
      verb: 'approve-canary',
      state: 'approved',
    });
    expect(await apply(planId)).toEqual({ type: 'held' });
    expect(world.sent).toEqual(['f1=in']);
    return planId;
  }

  it('counts like any approval, and the run holds after them without a job or a look', async () => {
    const planId = await held();
    const record = await found(planId);
    expect(record).toMatchObject({
      state: 'applying',
      hold: { after: 1, isReached: true, waitsFor: [first] },
    });
    expect(record.hold?.until).not.toBeNull();
    expect(record.runs.map(({ state }) => state)).toEqual(['verified']);
    expect(applies()).toBe(0);
    expect(await listAbandoned(opened.store.db)).toEqual([]);
    expect(await applyPlan(planId, applyPorts())).toEqual({ type: 'not-mine' });
    expect(world.sent).toEqual(['f1=in']);
  });

  it('is kept as what a version that does not know it does not count, with its number', async () => {
    const planId = await held();
    const rows = () => opened.store.db.select().from(decisions).where(eq(decisions.planId, planId));
    expect(await rows()).toMatchObject([{ decision: 'approved-canary', firstChanges: 1 }]);
    await press(planId, first, 'continue');
    expect(await rows()).toMatchObject([{ decision: 'approved', firstChanges: 1, authority: role }]);
  });

  it('goes on to the end once the same person continues, and tells all of it', async () => {
    const planId = await held();
    jobs = [];
    expect(await press(planId, first, 'continue')).toEqual({
      type: 'recorded',
      verb: 'continue',
      state: 'applying',
    });
    expect(jobs).toEqual([{ name: 'apply', planId }, { name: 'deliver' }]);
    expect(world.sent).toHaveLength(1);
    expect(await apply(planId)).toEqual({ type: 'ended', state: 'applied' });
    expect(world.sent).toEqual(['f1=in', 'f2=in', 'f3=in', 'f4=in']);
    expect(await press(planId, first, 'continue')).toMatchObject({
      type: 'already-decided',
      decision: 'approved',
      state: 'applied',
    });
    const told = await events(planId);
    const decided = told.filter(({ event }) => ['approved-canary', 'held', 'continued'].includes(event));
    expect(decided.map(({ event }) => event)).toEqual(['approved-canary', 'held', 'continued']);
    expect(decided[0]?.facts).toMatchObject({ firstChanges: 1, authority: role });
    expect(decided[2]?.facts).toMatchObject({ forTenantId: 'aa', authority: role });
    expect(findBrokenLink(await listAudit(opened.store.db, { limit: 10_000 }))).toBeNull();
  });

  it('asks whoever it waits for by a new message, once', async () => {
    const planId = await submitted();
    const version = async () => {
      const cards = await listCards(opened.store.db, planId);
      return cards.map((one) => [one.personObjectId, one.activityId]);
    };
    await opened.store.db.execute(`update cards set activity_id = 'there', state = 'ready'` as never);
    await press(planId, first, 'approve-canary');
    await apply(planId);
    expect((await version()).toSorted()).toEqual([
      ['asker-id', 'there'],
      ['first-id', null],
      ['second-id', 'there'],
    ]);
    await opened.store.db.execute(`update cards set activity_id = 'there'` as never);
    await releaseAllLeases(opened.store.db);
    expect(await apply(planId)).toEqual({ type: 'held' });
    expect(new Set((await version()).map(([, activityId]) => activityId))).toEqual(new Set(['there']));
  });

  it('holds after a crash and a takeover too', async () => {
    world.faults.set('f1', [{ crash: 'after' }]);
    const planId = await submitted();
    await press(planId, first, 'approve-canary');
    const dying: Store = {
      ...opened.store,
      // Nothing after the write is stored: the process is gone.
      transaction: async (work) => {
        if (world.effects.length > 0) throw new Error('the process is gone');
        return opened.store.transaction(work);
      },
    };
    await apply(planId, dying).catch(() => undefined);
    expect(world.effects).toEqual(['f1=in']);
    for (let round = 0; round < 3; round += 1) {
      await releaseAllLeases(opened.store.db);
      expect(await apply(planId)).toEqual({ type: 'held' });
    }
    expect(world.sent).toEqual(['f1=in']);
    await press(planId, first, 'continue');
    expect(await apply(planId)).toEqual({ type: 'ended', state: 'applied' });
    expect(world.sent).toHaveLength(4);
  });

  it('hears whoever continues or stops it just before it is laid down', async () => {
    for (const verb of ['continue', 'stop'] as const) {
      world = new FakeWorld();
      wanting(4);
      const planId = await submitted();
      await press(planId, first, 'approve-canary');
      const hearing: Store = {
        ...opened.store,
        transaction: async (work) => {
          try {
            return await opened.store.transaction(work);
          } catch (error) {
            if (error instanceof Halt && error.verdict.to === 'hold') await press(planId, first, verb);
            throw error;
          }
        },
      };
      expect(await apply(planId, hearing)).toEqual({ type: 'paused', afterSeconds: 0 });
      expect(applies()).toBeGreaterThan(0);
      const state = verb === 'continue' ? 'applied' : 'failed';
      expect(await apply(planId)).toEqual({ type: 'ended', state });
      expect(world.sent).toHaveLength(verb === 'continue' ? 4 : 1);
    }
  });

  it('is ended by [Stop] where it holds', async () => {
    const planId = await held();
    jobs = [];
    expect(await press(planId, asker, 'stop', { nonce: null, revision: null })).toMatchObject({
      type: 'recorded',
    });
    expect(applies()).toBe(1);
    expect(await press(planId, first, 'continue')).toEqual({ type: 'wrong-state', state: 'applying' });
    expect(await apply(planId)).toEqual({ type: 'ended', state: 'failed' });
    expect(world.sent).toEqual(['f1=in']);
    expect((await found(planId)).ending).toMatchObject({
      code: 'stopped',
      text: 'asker asked to stop after the first change.',
    });
  });

  it('says after how many it was ended', async () => {
    wanting(10);
    const planId = await submitted();
    await press(planId, first, 'approve-canary');
    expect(await apply(planId)).toEqual({ type: 'held' });
    await press(planId, asker, 'stop', { nonce: null, revision: null });
    expect(await apply(planId)).toEqual({ type: 'ended', state: 'failed' });
    expect(world.sent).toHaveLength(5);
    expect((await found(planId)).ending?.text).toBe('asker asked to stop after the first 5 changes.');
  });

  it('ends with its window when nobody continues, and names who did not', async () => {
    const planId = await held();
    const past = new Date(Date.now() - 1_000);
    await opened.store.db
      .update(plans)
      .set({ windowEndsAt: past, leaseUntil: past })
      .where(eq(plans.id, planId));
    expect(await press(planId, first, 'continue')).toEqual({ type: 'wrong-state', state: 'applying' });
    expect(await listAbandoned(opened.store.db)).toEqual([planId]);
    expect(await apply(planId)).toEqual({ type: 'ended', state: 'failed' });
    expect(world.sent).toEqual(['f1=in']);
    const { ending } = await found(planId);
    expect(ending).toMatchObject({
      code: 'window-over',
      text: expect.stringContaining('first had not continued'),
    });
  });

  it('is laid down until the very end of its window', async () => {
    const planId = await held();
    const [row] = await opened.store.db.select().from(plans).where(eq(plans.id, planId));
    expect(row?.leaseUntil).toEqual(row?.windowEndsAt);
    expect(row?.leaseUntil?.getTime()).toBeGreaterThan(Date.now() + 29 * 60_000);
  });

  it('is not continued without the authority, nor written on when that is lost meanwhile', async () => {
    const planId = await held();
    directory.of(first).roles = [];
    expect(await press(planId, first, 'continue')).toMatchObject({ type: 'not-allowed', why: 'no-role' });
    expect((await found(planId)).hold?.isReached).toBe(true);
    directory.of(first).roles = [role];
    expect(await press(planId, first, 'continue')).toMatchObject({ type: 'recorded' });
    directory.of(first).roles = [];
    expect(await apply(planId)).toEqual({ type: 'ended', state: 'failed' });
    expect(world.sent).toEqual(['f1=in']);
    expect((await found(planId)).ending?.code).toBe('approval-lost');
  });

  it('is not continued while the link is frozen, and after it is', async () => {
    const planId = await held();
    const wish = { scope: linkKey, ownerTenantId: 'aa', by: second, reason: 'strange sign-ins' };
    const { freeze } = await freezeScope(ports, wish);
    expect(await press(planId, first, 'continue')).toEqual({ type: 'wrong-state', state: 'applying' });
    expect(world.sent).toEqual(['f1=in']);
    await liftFreeze(ports, freeze.id);
    expect(await press(planId, first, 'continue')).toMatchObject({ type: 'recorded' });
    expect(await apply(planId)).toEqual({ type: 'ended', state: 'applied' });
  });

  it('is continued by nobody else, and not before it holds', async () => {
    const planId = await submitted();
    expect(await press(planId, first, 'continue')).toEqual({ type: 'wrong-state', state: 'submitted' });
    await press(planId, first, 'approve-canary');
    expect(await press(planId, first, 'continue')).toEqual({ type: 'wrong-state', state: 'approved' });
    await opened.store.db.update(plans).set({ state: 'applying' }).where(eq(plans.id, planId));
    expect(await press(planId, first, 'continue')).toEqual({ type: 'wrong-state', state: 'applying' });
    await opened.store.db.update(plans).set({ state: 'approved' }).where(eq(plans.id, planId));
    await apply(planId);
    expect(await press(planId, second, 'continue')).toMatchObject({ why: 'not-waited-for' });
    expect(await press(planId, asker, 'continue')).toEqual({ type: 'own-request' });
    const byText = { nonce: null, revision: null, surface: 'text' } as const;
    expect(await press(planId, first, 'continue', byText)).toMatchObject({ type: 'superseded' });
    expect((await found(planId)).hold?.waitsFor).toEqual([first]);
    expect(world.sent).toEqual(['f1=in']);
  });

  it('is one voice: whoever gave it approves, rejects and gives it no more', async () => {
    wanting(4, 'T3');
    const planId = await submitted();
    const count = { typedCount: 40 };
    expect(await press(planId, first, 'approve-canary')).toEqual({ type: 'count-needed' });
    expect(await press(planId, first, 'approve-canary', count)).toMatchObject({ state: 'submitted' });
    for (const verb of ['approve', 'approve-canary', 'reject'] as const) {
      const outcome = await press(planId, first, verb, { ...count, reason: 'because' });
      expect(outcome).toMatchObject({ type: 'already-decided', decision: 'approved-canary' });
    }
    expect(await press(planId, second, 'approve', count)).toMatchObject({ state: 'approved' });
  });

  it('waits for those alone who approved no more, and for all of them', async () => {
    const count = { typedCount: 40 };
    for (const verb of ['approve', 'approve-canary'] as const) {
      world = new FakeWorld();
      wanting(4, 'T3');
      const planId = await submitted();
      await press(planId, first, 'approve-canary', count);
      await press(planId, second, verb, count);
      expect(await apply(planId)).toEqual({ type: 'held' });
      const waitsFor = verb === 'approve' ? [first] : [first, second];
      expect((await found(planId)).hold?.waitsFor).toEqual(waitsFor);
      if (verb === 'approve') {
        expect(await press(planId, second, 'continue')).toMatchObject({ type: 'already-decided' });
      } else {
        jobs = [];
        expect(await press(planId, second, 'continue')).toMatchObject({ type: 'recorded' });
        expect(applies()).toBe(0);
        await releaseAllLeases(opened.store.db);
        expect(await apply(planId)).toEqual({ type: 'held' });
      }
      expect(world.sent).toHaveLength(1);
      expect(await press(planId, first, 'continue')).toMatchObject({ type: 'recorded' });
      expect(await apply(planId)).toEqual({ type: 'ended', state: 'applied' });
    }
  });

  it('is continued once by presses that meet, whoever else is waited for', async () => {
    const decidedBefore = { type: 'already-decided', decision: 'approved' };
    const alone = await held();
    const again = meeting(async () => press(alone, first, 'continue'));
    expect(await press(alone, first, 'continue', {}, again)).toMatchObject(decidedBefore);
    expect(applies()).toBe(1);
    expect(await apply(alone)).toEqual({ type: 'ended', state: 'applied' });
    world = new FakeWorld();
    wanting(4, 'T3');
    const planId = await submitted();
    for (const one of [first, second]) await press(planId, one, 'approve-canary', { typedCount: 40 });
    await apply(planId);
    const meets = meeting(async () => press(planId, first, 'continue'));
    expect(await press(planId, first, 'continue', {}, meets)).toMatchObject(decidedBefore);
    expect((await events(planId)).filter(({ event }) => event === 'continued')).toHaveLength(1);
    expect((await found(planId)).hold?.waitsFor).toEqual([second]);
  });

  it('is not continued when the plan ends in that moment, and hears how', async () => {
    const planId = await held();
    const ending = meeting(async () => {
      await press(planId, asker, 'stop', { nonce: null, revision: null });
      await apply(planId);
    });
    expect(await press(planId, first, 'continue', {}, ending)).toEqual({
      type: 'wrong-state',
      state: 'failed',
    });
    expect((await events(planId)).map(({ event }) => event)).not.toContain('continued');
    expect(world.sent).toEqual(['f1=in']);
  });

  it.each<[string, PlanKind, number, number | null]>([
    ['three changes', 'assign', 3, null],
    ['four', 'assign', 4, 1],
    ['nine', 'assign', 9, 1],
    ['ten', 'unassign', 10, 5],
    ['changes that need each other', 'setup', 5, null],
  ])('is for a part of %s where the rest does not need it', async (_name, kind, count, head) => {
    wanting(count);
    const planId = await submitted(kind);
    const outcome = await press(planId, first, 'approve-canary');
    if (head === null) return expect(outcome).toEqual({ type: 'wrong-state', state: 'submitted' });
    await apply(planId);
    expect(world.sent).toHaveLength(head);
  });

  it('does not begin without its quorum, and not at all when its digest is another', async () => {
    const planId = await submitted();
    await press(planId, first, 'approve-canary');
    const { content } = await found(planId);
    const other = { ...content, steps: content.steps.map((step) => ({ ...step, title: 'Another' })) };
    await opened.store.db.update(plans).set({ content: other }).where(eq(plans.id, planId));
    expect(await apply(planId)).toEqual({ type: 'ended', state: 'failed' });
    expect(world.sent).toEqual([]);
  });
});
