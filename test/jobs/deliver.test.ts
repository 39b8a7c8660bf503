import { deliverDueCards } from '../../src/jobs/deliver';
import { makePlan } from '../../src/plan/make';
import type { Person } from '../../src/plan/types';
import { findPersonalChat, listPersonalChats, saveConversation } from '../../src/store/conversations';
import { addCard, bumpCards, listCards, repostCards } from '../../src/store/outbox';
import { insertPlan } from '../../src/store/plans';
import { cards, sends } from '../../src/store/schema';
import { FakeMessenger } from '../helpers/fake-messenger';
import { closedGraph, fakeStep, FakeWorld } from '../helpers/fake-steps';
import { dialects, openTestStore, type TestStore } from '../helpers/stores';

describe.each(dialects)('the outbox on %s', (dialect) => {
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
  const bump = () => bumpCards(opened.store.db, planId);
  const soon = async () => {
    await opened.store.db.update(cards).set({ notBefore: new Date(0) });
    await opened.store.db.delete(sends);
  };
  const card = async () => (await listCards(opened.store.db, planId))[0];

  it('posts once, then waits two seconds and shows only the newest state in the same message', async () => {
    expect(await deliver()).toBeNull();
    for (let time = 0; time < 30; time += 1) await bump();
    const seconds = await deliver();
    expect(messenger.calls).toBe(1);
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(2);
    await soon();
    expect(await deliver()).toBeNull();
    expect(messenger.calls).toBe(2);
    expect(messenger.messages.map((one) => one.cards.length)).toEqual([2]);
  });

  it('sends every card once when two processes deliver at the same time', async () => {
    await Promise.all([deliver(), deliver(), deliver()]);
    expect(messenger.messages).toHaveLength(1);
  });

  it('never repeats a post of which nobody knows whether it arrived, but posts the next state', async () => {
    messenger.next.push({ outcome: 'ambiguous' });
    expect(await deliver()).toBeNull();
    expect((await card())?.state).toBe('ambiguous');
    await soon();
    await deliver();
    expect(messenger.calls).toBe(1);
    await bump();
    await soon();
    await deliver();
    expect(messenger.messages).toHaveLength(1);
    expect((await card())?.state).toBe('ready');
  });

  it('does not repeat the post of a process that died during it', async () => {
    const dying = new FakeMessenger();
    dying.post = () => new Promise(() => undefined);
    void deliverDueCards({
      store: opened.store,
      messenger: dying,
      renderPlanCard: (record) => ({ type: 'AdaptiveCard', record }),
      renderNotice: (incident) => ({ type: 'AdaptiveCard', incident }),
      findLink: () => link,
    });
    while ((await card())?.state !== 'posting') await new Promise((resolve) => setTimeout(resolve, 10));
    await opened.store.db.update(cards).set({ leaseUntil: null });
    expect(await deliver()).toBeNull();
    expect(messenger.calls).toBe(0);
  });

  it('repeats a throttled post after the time it was asked to wait', async () => {
    messenger.next.push({ outcome: 'throttled', retryAfterSeconds: 9 });
    expect(await deliver()).toBeGreaterThan(5);
    await soon();
    expect(await deliver()).toBeNull();
    expect(messenger.messages).toHaveLength(1);
  });

  it('repeats an update of which nobody knows whether it arrived', async () => {
    await deliver();
    await bump();
    await soon();
    messenger.next.push({ outcome: 'ambiguous' });
    expect(await deliver()).toBeGreaterThan(0.5);
    await soon();
    await deliver();
    expect(messenger.messages[0]?.cards).toHaveLength(2);
  });

  it.each(['post', 'update'])(
    'gives up a card whose %s is refused, with the reason, and asks no more',
    async (what) => {
      if (what === 'update') await deliver();
      messenger.next.push({ outcome: 'refused', status: 413 });
      await bump();
      await soon();
      expect(await deliver()).toBeNull();
      expect(await card()).toMatchObject({ state: 'dead', deadReason: 'refused: 413' });
      const { calls } = messenger;
      await bump();
      await soon();
      expect(await deliver()).toBeNull();
      expect(messenger.calls).toBe(calls);
      expect(await findPersonalChat(opened.store.db, person)).toBeDefined();
    },
  );

  it('takes the buttons from the old message later, when it could not at once', async () => {
    await deliver();
    await repostCards(opened.store.db, planId, person);
    await soon();
    messenger.next.push(
      { outcome: 'sent', activityId: 'newer' },
      { outcome: 'throttled', retryAfterSeconds: 1 },
    );
    await deliver();
    expect(await card()).toMatchObject({ activityId: 'newer', replacedActivityId: 'message-1' });
    await bump();
    await soon();
    messenger.next.push({ outcome: 'sent', activityId: 'newer' });
    await deliver();
    expect(await card()).toMatchObject({ replacedActivityId: null });
    expect(JSON.stringify(messenger.messages[0]?.cards.at(-1))).toContain('further down');
  });

  it('posts a card anew that was asked for again while it was being updated', async () => {
    await deliver();
    await bump();
    await soon();
    const update = messenger.update.bind(messenger);
    messenger.update = async (...args) => {
      messenger.update = update;
      await repostCards(opened.store.db, planId, person);
      return update(...args);
    };
    await deliver();
    await soon();
    await deliver();
    expect(messenger.messages).toHaveLength(2);
    expect(await card()).toMatchObject({ activityId: 'message-2', replacedActivityId: null, state: 'ready' });
  });

  it('tells the card the time zone of its reader', async () => {
    const chat = await findPersonalChat(opened.store.db, person);
    await saveConversation(opened.store.db, { ...chat!, timeZone: 'Asia/Tokyo' });
    const zones: unknown[] = [];
    await deliverDueCards({
      store: opened.store,
      messenger,
      renderPlanCard: (_record, _link, audience) => {
        zones.push(audience.timeZone);
        return { type: 'AdaptiveCard' };
      },
      renderNotice: () => ({ type: 'AdaptiveCard' }),
      findLink: () => link,
    });
    expect(zones).toEqual(['Asia/Tokyo']);
  });

  it('finds chats in the order of the people, the one heard from last first', async () => {
    const { db } = opened.store;
    const other = { tenantId: 'aa', objectId: 'zed', displayName: 'Zed' };
    const chats = ['chat-zed-2', 'chat-zed-1', 'chat'] as const;
    for (const conversationId of chats) {
      const who = conversationId === 'chat' ? person : other;
      await saveConversation(db, {
        ...{
          conversationId,
          kind: 'personal',
          serviceUrl: 'http://127.0.0.1:1/',
          tenantId: 'aa',
          botId: 'bot',
        },
        person: { ...who, teamsUserId: '29:x' },
      });
    }
    const found = await listPersonalChats(db, [other, person]);
    expect(found.map((one) => one.conversationId)).toEqual(['chat-zed-1', 'chat-zed-2', 'chat']);
  });

  it('gives up a destination that is gone', async () => {
    messenger.next.push({ outcome: 'gone' });
    expect(await deliver()).toBeNull();
    expect((await card())?.state).toBe('dead');
    expect(await findPersonalChat(opened.store.db, person)).toBeUndefined();
  });
});
