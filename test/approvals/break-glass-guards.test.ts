import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { breakGlassOn } from '../../src/approvals/break-glass';
import type { ApprovalPorts } from '../../src/approvals/ports';
import { setLogLevel } from '../../src/log';
import type { Person, PlanRecord, Quorum } from '../../src/plan/types';
import { listAudit } from '../../src/store/audit';
import { saveConversation } from '../../src/store/conversations';
import { insertDecision, insertQuorums } from '../../src/store/decisions';
import { listCards } from '../../src/store/outbox';
import { insertPlan } from '../../src/store/plans';
import { readRecord } from '../../src/store/records';
import { breakGlass, incidents, plans } from '../../src/store/schema';
import { saveSubscription } from '../../src/store/subscriptions';
import { FakeDirectory, tenantConfig } from '../helpers/fake-directory';
import { openTestStore, type TestStore } from '../helpers/stores';
import { contentWith, person, stepIn } from './support/plain-plan';

/** One guard of break-glass each, and what it leaves behind (I39). */
describe('breaking the glass', () => {
  const directory = new FakeDirectory();
  const [asker, ann, keeper] = ['asker', 'ann', 'keeper'].map((name) =>
    directory.add('aa', name),
  ) as Person[];
  const far = directory.add('bb', 'far');
  let opened: TestStore;
  let ports: ApprovalPorts;
  let queued: unknown[];

  beforeAll(async () => {
    setLogLevel('silent');
    opened = await openTestStore();
    for (const who of [asker!, keeper!, far]) await place(`chat-${who.displayName}`, 'personal', who);
    await place('the-channel', 'channel', null);
    const link = { sourceTenantId: 'aa', targetTenantId: 'bb' };
    await saveSubscription(opened.store.db, {
      ...link,
      conversationId: 'the-channel',
      severity: 'problems',
      subscribedBy: ann!,
    });
  }, 120_000);
  afterAll(async () => {
    setLogLevel('info');
    await opened.end();
  }, 60_000);
  beforeEach(async () => {
    queued = [];
    await opened.store.db.delete(incidents);
    const named = [asker!, keeper!].map((one) => one.objectId);
    ports = {
      store: opened.store,
      directory,
      tenants: [
        { ...tenantConfig('aa'), breakGlass: named },
        { ...tenantConfig('bb'), breakGlass: [far.objectId] },
      ],
      enqueue: async (_tx, job) => void queued.push(job),
      readBack: async () => 'different',
    };
  });

  function place(conversationId: string, kind: 'personal' | 'channel', who: Person | null) {
    return saveConversation(opened.store.db, {
      ...{ conversationId, kind, serviceUrl: 'http://127.0.0.1:1/', tenantId: 'aa', botId: 'bot' },
      person: who && { ...who, teamsUserId: who.displayName },
    });
  }

  const quorum = (tenantId: string, needed: number, candidates: Person[]): Quorum => ({
    tenantId,
    needed,
    candidates,
  });
  async function waiting(candidates = [ann!]): Promise<string> {
    const { db } = opened.store;
    const planId = await insertPlan(db, {
      content: contentWith([stepIn('aa'), stepIn('bb')]),
      digest: randomUUID(),
      tier: 'T2',
      tierRaise: null,
      isDestructive: false,
      askedInConversationId: null,
    });
    const expiresAt = sql`now() + interval '8 hours'`;
    await db.update(plans).set({ state: 'submitted', expiresAt }).where(eq(plans.id, planId));
    await insertQuorums(db, planId, 1, [quorum('aa', 1, candidates), quorum('bb', 1, [person('cat', 'bb')])]);
    return planId;
  }
  const breakOn = (planId: string, who = keeper!, words = 'night') => breakGlassOn(ports, planId, who, words);
  const record = async (planId: string) => (await readRecord(opened.store.db, planId)) as PlanRecord;
  async function audited(planId: string, event: string) {
    const records = await listAudit(opened.store.db, { planId, limit: 100 });
    const parsed = records.map((one) => JSON.parse(one.record) as { event: string; facts: object });
    return parsed.filter((one) => one.event === event).map(({ facts }) => facts);
  }
  /** Something happens after all was read, just before the plan is locked. */
  function meanwhile(planId: string, set: Partial<typeof plans.$inferInsert> | null): void {
    const transaction: ApprovalPorts['store']['transaction'] = async (work) => {
      if (set === null) await opened.store.db.delete(plans).where(eq(plans.id, planId));
      else await opened.store.db.update(plans).set(set).where(eq(plans.id, planId));
      return opened.store.transaction(work);
    };
    ports = { ...ports, store: { ...opened.store, transaction } };
  }

  it('is told in clean words, and who looks at it until when', async () => {
    const names = ['bob', 'cleo', 'dora', 'eve'].map((name) => person(name));
    const planId = await waiting([keeper!, asker!, ...names]);
    const outcome = await breakOn(planId, keeper!, ` at   night \n ${'x'.repeat(400)}`);
    const reason = `at night ${'x'.repeat(291)}`;
    const { breakGlass: [glass] = [], quorums } = await record(planId);
    expect(outcome).toEqual({ type: 'opened', tenantId: 'aa', expiresAt: glass?.expiresAt, places: 1 });
    expect(glass).toMatchObject({ person: keeper, reason, isLive: true });
    const [incident] = await opened.store.db.select().from(incidents);
    expect(incident).toMatchObject({
      kind: 'break-glass',
      state: 'closed',
      sourceTenantId: 'aa',
      targetTenantId: 'bb',
    });
    expect(incident?.facts).toEqual({
      ...{ kind: 'break-glass', planId, tenantId: 'aa', person: 'keeper', requester: 'asker', reason },
      expiresAt: glass?.expiresAt,
      reviewers: ['bob', 'cleo', 'dora'],
      reviewBy: new Date(Date.parse(glass!.openedAt) + 24 * 3_600_000).toISOString(),
    });
    const [card] = await listCards(opened.store.db, incident!.id);
    expect(card).toMatchObject({ role: 'notice', tenantId: '', conversationId: 'the-channel' });
    expect(queued).toEqual([{ name: 'deliver' }]);
    const asked = quorums.find(({ tenantId }) => tenantId === 'aa')?.candidates;
    expect(asked?.map(({ displayName }) => displayName)).toEqual([
      'keeper',
      'asker',
      'bob',
      'cleo',
      'dora',
      'eve',
    ]);
    expect(await audited(planId, 'break-glass-opened')).toMatchObject([
      {
        revision: 1,
        forTenantId: 'aa',
        authority: 'break-glass',
        reason,
        expiresAt: glass?.expiresAt,
        places: 1,
      },
    ]);
  });

  it('asks its person too, for their own tenant', async () => {
    const planId = await waiting();
    expect(await breakOn(planId, far)).toMatchObject({ type: 'opened', tenantId: 'bb' });
    const { quorums } = await record(planId);
    const names = quorums.map(({ tenantId, candidates }) => [
      tenantId,
      candidates.map((one) => one.displayName),
    ]);
    expect(names.toSorted()).toEqual([
      ['aa', ['ann']],
      ['bb', ['cat', 'far']],
    ]);
    const [card] = await listCards(opened.store.db, planId);
    expect(card).toMatchObject({ role: 'approver', tenantId: 'bb', conversationId: 'chat-far' });
  });

  it('is once for each person, whoever else did it', async () => {
    const planId = await waiting();
    await breakOn(planId, far);
    await breakOn(planId);
    expect(await breakOn(planId, keeper!, '')).toEqual({ type: 'opened-before' });
    expect(await opened.store.db.select().from(breakGlass).where(eq(breakGlass.planId, planId))).toHaveLength(
      2,
    );
  });

  it('is nothing where nobody is missing', async () => {
    const planId = await waiting();
    const rest = { reason: null, authority: 'role-a', surface: 'execute' };
    const vote = { person: ann!, forTenantId: 'aa', decision: 'approved', ...rest } as const;
    await insertDecision(opened.store.db, { planId, revision: 1, ...vote });
    expect(await breakOn(planId)).toEqual({ type: 'nothing-missing' });
    expect(await breakOn(planId, far)).toMatchObject({ type: 'opened' });
  });

  it.each<[string, Person, string]>([
    ['the requester', asker!, 'own-request'],
    ['whom the settings do not name', ann!, 'not-named'],
  ])('by %s leaves a record of the refusal', async (_name, who, why) => {
    const planId = await waiting();
    expect(await breakOn(planId, who)).toEqual({ type: why });
    expect(await audited(planId, 'refused')).toEqual([{ verb: 'break-glass', surface: 'text', why }]);
  });

  it('that is refused for another cause leaves none', async () => {
    const planId = await waiting();
    await opened.store.db.update(plans).set({ state: 'draft' }).where(eq(plans.id, planId));
    expect(await breakOn(planId)).toEqual({ type: 'wrong-state', state: 'draft' });
    ports = { ...ports, tenants: [tenantConfig('aa'), tenantConfig('bb')] };
    expect(await breakOn(planId)).toEqual({ type: 'off' });
    expect(await audited(planId, 'refused')).toEqual([]);
  });

  it('looks again once it has the plan alone', async () => {
    const [first, second, third] = [await waiting(), await waiting(), await waiting()];
    meanwhile(first, { state: 'withdrawn' });
    expect(await breakOn(first)).toEqual({ type: 'wrong-state', state: 'withdrawn' });
    meanwhile(second, { revision: 2 });
    expect(await breakOn(second)).toEqual({ type: 'wrong-state', state: 'submitted' });
    meanwhile(third, null);
    expect(await breakOn(third)).toEqual({ type: 'gone' });
    expect(await opened.store.db.select().from(incidents)).toEqual([]);
    expect(queued).toEqual([]);
  });
});
