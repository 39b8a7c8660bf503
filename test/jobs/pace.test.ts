import { sql } from 'drizzle-orm';
import { deliverDueCards } from '../../src/jobs/deliver';
import { makePlan } from '../../src/plan/make';
import type { Person } from '../../src/plan/types';
import { saveConversation } from '../../src/store/conversations';
import { addCard } from '../../src/store/outbox';
import { insertPlan } from '../../src/store/plans';
import { cards, sends } from '../../src/store/schema';
import { teamsPace } from '../../src/store/send-pace';
import { FakeMessenger } from '../helpers/fake-messenger';
import { closedGraph, fakeStep, FakeWorld } from '../helpers/fake-steps';
import { dialects, openTestStore, type TestStore } from '../helpers/stores';

describe.each(dialects)('the pace of the outbox on %s', (dialect) => {
  let opened: TestStore;
  let messenger: FakeMessenger;
  let planId: string;
  const person: Person = { tenantId: 'aa', objectId: 'asker', displayName: 'Asker' };
  const tenant = (key: string) => ({ tenantId: key, key, displayName: key, cloud: 'public' }) as const;
  const link = { source: tenant('aa'), target: tenant('bb') };

  beforeAll(async () => {
    opened = await openTestStore(dialect);
  }, 120_000);
  afterAll(async () => opened.end(), 60_000);

  beforeEach(async () => {
    messenger = new FakeMessenger();
    const { db } = opened.store;
    await db.delete(cards);
    await db.delete(sends);
    const chat = { conversationId: 'chat', kind: 'personal', serviceUrl: 'http://127.0.0.1:1/' } as const;
    await saveConversation(db, {
      ...chat,
      tenantId: 'aa',
      botId: 'bot',
      person: { ...person, teamsUserId: '29:a' },
    });
    const made = await makePlan({
      kind: 'setup',
      link,
      requester: person,
      desired: null,
      subject: null,
      steps: [fakeStep(new FakeWorld(), { name: 'job', side: 'source', wanted: { one: 'x' } })],
      source: closedGraph.read('aa'),
      target: closedGraph.read('bb'),
    });
    planId = await insertPlan(db, { ...made!, askedInConversationId: null });
    await addCard(db, { planId, role: 'requester', tenantId: 'aa', person, conversationId: 'chat' });
  });

  const deliver = () =>
    deliverDueCards({
      store: opened.store,
      messenger,
      renderPlanCard: (record) => ({ type: 'AdaptiveCard', record }),
      renderNotice: (incident) => ({ type: 'AdaptiveCard', incident }),
      findLink: () => link,
    });
  /** A card in each of the chats, of so many plans; all are due at once. */
  async function cardsIn(chats: readonly string[], plansEach: number): Promise<void> {
    const { db } = opened.store;
    await db.delete(cards);
    for (const conversationId of chats) {
      const chat = { conversationId, kind: 'personal', serviceUrl: 'http://127.0.0.1:1/' } as const;
      const who = { ...person, objectId: conversationId };
      await saveConversation(db, {
        ...{ ...chat, tenantId: 'aa', botId: 'bot' },
        person: { ...who, teamsUserId: '29:a' },
      });
      for (let count = 0; count < plansEach; count += 1) {
        const address = { role: 'requester', tenantId: `${count}`, conversationId } as const;
        await addCard(db, { ...address, planId, person: who });
      }
    }
  }

  /**
   * Delivers as the outbox does, in so many processes, until nothing waits.
   * @returns when each message was booked, in ms by the database's clock: that is what the pace is kept by
   */
  async function deliverAll(processes: number): Promise<{ at: number; conversationId: string }[]> {
    const process = async () => {
      for (let wait = await deliver(); wait !== null; wait = await deliver()) {
        expect(wait).toBeLessThan(40);
        // A card that another process has just taken is looked at again when its lease ends: too late for a test.
        await new Promise((resolve) => setTimeout(resolve, Math.min(wait, 0.5) * 1000 + 5));
      }
    };
    await Promise.all(Array.from({ length: processes }, process));
    const { conversationId, at } = sends;
    const booked = await opened.store.db.select({ conversationId, at }).from(sends).orderBy(at);
    expect(messenger.calls).toBe(booked.length);
    return booked.map((one) => ({ ...one, at: one.at.getTime() }));
  }

  /** The most that was sent in any span of so many seconds. */
  const mostIn = (seconds: number, times: readonly number[]) =>
    Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + seconds * 1000).length));

  it('sends no thread more than it takes, from several processes too', async () => {
    const processes = dialect === 'postgres' ? 3 : 1;
    await cardsIn(['busy', 'other'], 12);
    const sent = await deliverAll(processes);
    for (const name of ['busy', 'other']) {
      const times = sent.filter((one) => one.conversationId === name).map(({ at }) => at);
      expect(times).toHaveLength(12);
      expect(mostIn(1, times)).toBeLessThanOrEqual(7);
      expect(mostIn(2, times)).toBeLessThanOrEqual(8);
    }
    expect(sent.slice(0, 8).map(({ conversationId }) => conversationId)).toContain('other');
  });

  it('sends no tenant more than it takes', async () => {
    await cardsIn(
      Array.from({ length: 50 }, (_, index) => `chat ${index}`),
      1,
    );
    const times = (await deliverAll(1)).map(({ at }) => at);
    expect(times).toHaveLength(50);
    expect(mostIn(1, times)).toBeLessThanOrEqual(30);
  });

  it('counts the half minute of one thread, which is what it takes in an hour', async () => {
    const { db } = opened.store;
    await db.insert(sends).select(
      db
        .select({
          conversationId: sql<string>`'chat'`.as('conversation_id'),
          tenantId: sql<string>`'aa'`.as('tenant_id'),
          at: sql<Date>`clock_timestamp() - make_interval(secs => 2 + number)`.as('at'),
        })
        .from(sql`generate_series(1, 14) as number`),
    );
    expect(teamsPace.perThread.some(({ most, seconds }) => (most * 3_600) / seconds < 1_800)).toBe(true);
    expect(await deliver()).toBeGreaterThan(10);
    expect(messenger.calls).toBe(0);
    await db.delete(sends).where(sql`${sends.at} < clock_timestamp() - interval '15 seconds'`);
    expect(await deliver()).toBeNull();
    expect(messenger.calls).toBe(1);
  });

  it('waits with every card of a thread that asked for a pause, and with no other', async () => {
    await cardsIn(['busy', 'other'], 3);
    messenger.next.push({ outcome: 'throttled', retryAfterSeconds: 9 });
    expect(await deliver()).toBeGreaterThan(5);
    expect(messenger.calls).toBe(4);
    const places = new Set(messenger.messages.map(({ conversationId }) => conversationId));
    expect(places.size).toBe(1);
  });
});
