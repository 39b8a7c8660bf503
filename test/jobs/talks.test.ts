import { remindOverdue } from '../../src/approvals/remind';
import type { Person } from '../../src/plan/types';
import { listAudit } from '../../src/store/audit';
import { listCards } from '../../src/store/outbox';
import { readRecord } from '../../src/store/records';
import { plans, presses } from '../../src/store/schema';
import { startEngine, type TestEngine } from '../helpers/engine';
import { fakeStep } from '../helpers/fake-steps';
import { dialects, openTestStore, type TestStore } from '../helpers/stores';

const role = 'role-a';
const operator = '8ac3fc64-6eca-42ea-9e69-59f4c7b60eb2';
const desired = { userType: 'member', assignments: [], deletionGuard: null, notificationMail: null } as const;

/** What people say about a plan while it waits: none of it changes the plan. */
describe.each(dialects)('a plan that waits, on %s', (dialect) => {
  let opened: TestStore;
  let engine: TestEngine;
  let asker: Person;
  let sourceAdmin: Person;
  let targetAdmin: Person;
  let planId: string;

  beforeAll(async () => {
    opened = await openTestStore(dialect);
    engine = await startEngine(opened.store, (world) => [
      fakeStep(world, { name: 'partner-target', side: 'target', wanted: { one: 'x' } }),
      fakeStep(world, { name: 'partner-source', side: 'source', wanted: { two: 'y' } }),
    ]);
    asker = engine.directory.add('aa', 'asker', { roles: [operator, role] });
    sourceAdmin = engine.directory.add('aa', 'source', { roles: [role] });
    targetAdmin = engine.directory.add('bb', 'target', { roles: [role] });
    for (const person of [asker, sourceAdmin, targetAdmin]) await engine.meet(person);
  }, 120_000);
  afterAll(async () => {
    await engine.steering.stop();
    await opened.end();
  }, 120_000);

  beforeEach(async () => {
    await opened.store.db.delete(plans);
    const { link } = engine;
    const request = { kind: 'setup', link, requester: asker, desired, subject: null } as const;
    const outcome = await engine.steering.draft({ ...request, conversationId: 'nowhere' });
    if (outcome.type !== 'drafted') throw new Error(outcome.type);
    planId = outcome.record.id;
    const isShown = (person: Person, state: string) => () => {
      const shown = engine.card(person)?.record;
      return shown?.id === planId && shown.state === state;
    };
    await engine.until('the draft is shown', isShown(asker, 'draft'));
    await (
      await engine.press(asker, 'submit', { reason: 'pilot', typedCount: null })
    ).later;
    for (const person of [asker, sourceAdmin, targetAdmin]) {
      await engine.until('all are told', isShown(person, 'submitted'));
    }
  }, 120_000);

  const chat = (person: Person) => engine.messenger.in(`chat-${person.objectId}`);
  const countIn = (person: Person) => chat(person).length;
  const record = async () => (await readRecord(opened.store.db, planId))!;
  const lastEvent = async () =>
    JSON.parse((await listAudit(opened.store.db, { planId, limit: 100 })).at(-1)?.record ?? '{}') as {
      event: string;
    };

  it('comes again to those who have not answered, once an hour, for its requester alone', async () => {
    await (
      await engine.press(targetAdmin, 'approve', { typedCount: 0 })
    ).later;
    const before = [countIn(sourceAdmin), countIn(targetAdmin)];
    const outcome = await engine.steering.remind(planId, asker);
    expect(outcome).toMatchObject({ type: 'reminded', people: [{ objectId: 'source-id' }] });
    await engine.until('a new message', () => countIn(sourceAdmin) === before[0]! + 1);
    expect(countIn(targetAdmin)).toBe(before[1]);
    expect(await lastEvent()).toMatchObject({ event: 'reminded' });
    expect(await engine.steering.remind(planId, asker)).toEqual({ type: 'too-soon' });
    await opened.store.db.update(plans).set({ remindedAt: new Date(Date.now() - 3_700_000) });
    expect(await engine.steering.remind(planId, asker)).toMatchObject({ type: 'reminded' });
    expect(await engine.steering.remind(planId, sourceAdmin)).toEqual({ type: 'not-requester' });
    const stranger = { ...asker, tenantId: 'cc' };
    expect(await engine.steering.remind(planId, stranger)).toEqual({ type: 'gone' });
  }, 120_000);

  it('leaves no button behind in the message that stood before', async () => {
    const old = chat(sourceAdmin).at(-1)!;
    await engine.steering.remind(planId, asker);
    await engine.until('the old card is taken back', () =>
      JSON.stringify(old.cards.at(-1)).includes('further down'),
    );
    expect(JSON.stringify(old.cards.at(-1))).not.toContain('Action.');
    const own = (await listCards(opened.store.db, planId)).find((one) => one.personObjectId === 'source-id');
    expect(own).toMatchObject({ replacedActivityId: null, state: 'ready' });
    expect((await (await engine.press(sourceAdmin, 'approve', { typedCount: 0 })).later).type).toBe(
      'recorded',
    );
  }, 120_000);

  it('comes again by itself at half of the time and in the last hour, once each, from one of several processes', async () => {
    await (
      await engine.press(targetAdmin, 'approve', { typedCount: 0 })
    ).later;
    const { db } = opened.store;
    /** As if the plan had been asked for so many hours ago, and were over in so many. */
    const shift = (ago: number, left: number) =>
      db.update(plans).set({
        submittedAt: new Date(Date.now() - ago * 3_600_000),
        expiresAt: new Date(Date.now() + left * 3_600_000),
      });
    const jobs: string[] = [];
    const ports = {
      store: opened.store,
      enqueue: async (_tx: unknown, { name }: { name: string }) => void jobs.push(name),
    };
    const remind = () => Promise.all([remindOverdue(ports), remindOverdue(ports), remindOverdue(ports)]);
    const total = async () => (await remind()).reduce((sum, count) => sum + count, 0);
    await shift(11.9, 12.1);
    expect(await total()).toBe(0);
    await shift(12.1, 11.9);
    const before = (await listCards(db, planId)).map((one) => [one.personObjectId, one.wantedVersion]);
    expect(await total()).toBe(1);
    expect(await total()).toBe(0);
    const after = (await listCards(db, planId)).map((one) => [one.personObjectId, one.wantedVersion]);
    const moved = after.filter(([who, version]) => before.find(([one]) => one === who)?.[1] !== version);
    expect(moved.map(([who]) => who).toSorted()).toEqual(['asker-id', 'source-id']);
    expect(jobs).toEqual(['deliver']);
    expect(await lastEvent()).toMatchObject({
      event: 'reminded',
      actor: null,
      facts: { people: [{ objectId: 'source-id' }] },
    });
    await db.update(plans).set({ remindedAt: new Date(Date.now() - 5 * 3_600_000) });
    await shift(22.9, 1.1);
    expect(await total()).toBe(0);
    await shift(23.1, 0.9);
    expect(await total()).toBe(1);
    expect(await total()).toBe(0);
    await db.update(plans).set({ remindedAt: null });
    await shift(25, -1);
    expect(await total()).toBe(0);
  }, 120_000);

  it('tells the requester whom it could not reach, until a reminder gets through', async () => {
    const told = () => {
      const audience = engine.card(asker)?.audience;
      return audience && 'unreached' in audience ? audience.unreached : undefined;
    };
    expect(told()).toBeUndefined();
    const post = engine.messenger.post.bind(engine.messenger);
    engine.messenger.post = async (to, card) =>
      to.conversationId === 'chat-target-id' ? { outcome: 'gone' } : post(to, card);
    await engine.steering.remind(planId, asker);
    await engine.until('the requester is told', () => told()?.people[0]?.objectId === 'target-id');
    expect(told()).toMatchObject({ people: [{ displayName: 'target' }], isPlace: false });
    engine.messenger.post = post;
    await engine.meet(targetAdmin); // writes to the bot again
    await opened.store.db.update(plans).set({ remindedAt: null });
    const before = countIn(targetAdmin);
    await engine.steering.remind(planId, asker);
    await engine.until('the approver has a card', () => countIn(targetAdmin) === before + 1);
    await engine.until('the requester is told', () => told() === undefined);
  }, 120_000);

  it('carries a question to the requester and the answer back, and stays the same plan (I3)', async () => {
    const { digest } = await record();
    expect(await engine.steering.ask(planId, targetAdmin, '  why\n now? ')).toEqual({
      type: 'asked',
      number: 1,
    });
    await engine.until('the requester sees it', () => engine.card(asker)?.record.questions.length === 1);
    expect(engine.card(asker)?.record.questions[0]).toMatchObject({
      question: 'why now?',
      forTenantId: 'bb',
      answer: null,
      person: { objectId: 'target-id' },
    });
    const given = { number: 1, answer: 'the pilot is over' };
    expect(await engine.steering.answer(planId, sourceAdmin, given)).toEqual({ type: 'not-requester' });
    expect(await engine.steering.answer(planId, asker, { ...given, number: 2 })).toEqual({
      type: 'no-question',
    });
    expect(await engine.steering.answer(planId, asker, given)).toEqual({ type: 'answered' });
    expect(await engine.steering.answer(planId, asker, given)).toEqual({ type: 'no-question' });
    expect(await lastEvent()).toMatchObject({ event: 'answered' });
    await engine.until(
      'the approver sees the answer',
      () => engine.card(targetAdmin)?.record.questions[0]?.answer === 'the pilot is over',
    );
    expect(await record()).toMatchObject({ digest, state: 'submitted', decisions: [] });
    expect((await (await engine.press(targetAdmin, 'approve', { typedCount: 0 })).later).type).toBe(
      'recorded',
    );
  }, 120_000);

  it('takes questions only of people who may approve it, and not too many', async () => {
    const nobody = engine.directory.add('aa', 'nobody');
    expect(await engine.steering.ask(planId, asker, 'me?')).toEqual({ type: 'own-request' });
    expect(await engine.steering.ask(planId, nobody, 'me?')).toEqual({ type: 'not-allowed', why: 'no-role' });
    for (const number of [1, 2, 3]) {
      expect(await engine.steering.ask(planId, sourceAdmin, 'what?')).toEqual({ type: 'asked', number });
    }
    expect(await engine.steering.ask(planId, sourceAdmin, 'what?')).toEqual({ type: 'too-many' });
    await (
      await engine.press(sourceAdmin, 'reject', { reason: 'no' })
    ).later;
    expect(await engine.steering.ask(planId, targetAdmin, 'what?')).toEqual({
      type: 'wrong-state',
      state: 'rejected',
    });
  }, 120_000);

  it('is pressed durably before anybody is asked for roles (I21)', async () => {
    const read = engine.directory.readPerson.bind(engine.directory);
    let rowsWhenAsked = -1;
    engine.directory.readPerson = async (...args) => {
      rowsWhenAsked = (await opened.store.db.select().from(presses)).filter(
        (one) => one.planId === planId && one.verb === 'approve',
      ).length;
      return read(...args);
    };
    try {
      await (
        await engine.press(targetAdmin, 'approve', { typedCount: 0 })
      ).later;
      expect(rowsWhenAsked).toBe(1);
    } finally {
      engine.directory.readPerson = read;
    }
  }, 120_000);

  it('answers a press that comes again under a new id with what is stored (I20)', async () => {
    const nonce = (person: Person) => {
      const audience = engine.card(person)?.audience;
      return audience && 'nonce' in audience ? audience.nonce : null;
    };
    const approving = { planId, nonce: nonce(targetAdmin), typedCount: 0 };
    const rejecting = { planId, nonce: nonce(sourceAdmin), reason: 'too early' };
    const submitting = { planId, nonce: nonce(asker), reason: 'pilot' };
    await (
      await engine.press(targetAdmin, 'approve', approving)
    ).later;
    await (
      await engine.press(sourceAdmin, 'reject', rejecting)
    ).later;
    expect(await (await engine.press(targetAdmin, 'approve', approving)).later).toMatchObject({
      type: 'already-decided',
      decision: 'approved',
      at: (await record()).decisions.find((one) => one.decision === 'approved')?.at,
      state: 'rejected',
    });
    expect(await (await engine.press(asker, 'submit', submitting)).later).toMatchObject({
      type: 'already-decided',
      decision: 'submitted',
      at: (await record()).submittedAt,
      reason: 'pilot',
      state: 'rejected',
    });
    const own = await engine.press(sourceAdmin, 'reject', rejecting);
    expect(await own.later).toMatchObject({ decision: 'rejected', reason: 'too early', state: 'rejected' });
  }, 120_000);
});
