import type { DecisionRequest } from '../../src/approvals/outcome';
import type { Person } from '../../src/plan/types';
import { readRecord } from '../../src/store/records';
import { plans } from '../../src/store/schema';
import { startEngine, type TestEngine } from '../helpers/engine';
import { fakeStep, type FakeWorld } from '../helpers/fake-steps';
import { dialects, openTestStore, type TestStore } from '../helpers/stores';

const role = 'role-a';
const operator = '8ac3fc64-6eca-42ea-9e69-59f4c7b60eb2';
const desired = { userType: 'member', assignments: [], deletionGuard: null, notificationMail: null } as const;

const steps = (world: FakeWorld) => [
  fakeStep(world, {
    name: 'partner-target',
    side: 'target',
    wanted: { one: 'x' },
    operation: 'partners.create',
  }),
  fakeStep(world, { name: 'partner-source', side: 'source', wanted: { two: 'y' } }),
];

describe.each(dialects)('the engine on %s', (dialect) => {
  let opened: TestStore;
  let engine: TestEngine;
  let asker: Person;
  let sourceAdmin: Person;
  let targetAdmin: Person;

  beforeAll(async () => {
    opened = await openTestStore(dialect);
  }, 120_000);
  afterAll(async () => opened.end(), 60_000);

  beforeEach(async () => {
    await opened.store.db.delete(plans); // a plan that is left open would hold the place of the next
    engine = await startEngine(opened.store, steps);
    asker = engine.directory.add('aa', 'asker', { roles: [operator, role] });
    sourceAdmin = engine.directory.add('aa', 'source', { roles: [role] });
    targetAdmin = engine.directory.add('bb', 'target', { roles: [role] });
    for (const person of [asker, sourceAdmin, targetAdmin]) await engine.meet(person);
  }, 120_000);

  afterEach(async () => {
    await engine.steering.stop();
  }, 120_000);

  async function drafted(): Promise<string> {
    const { link } = engine;
    const request = { kind: 'setup', link, requester: asker, desired, subject: null } as const;
    const outcome = await engine.steering.draft({ ...request, conversationId: 'channel-1' });
    if (outcome.type !== 'drafted') throw new Error(outcome.type);
    await engine.until('the draft is shown', () => engine.card(asker)?.record.id === outcome.record.id);
    return outcome.record.id;
  }

  async function submitted(): Promise<string> {
    const planId = await drafted();
    const answer = await engine.press(asker, 'submit', { reason: 'pilot' });
    expect(answer.outcome).toEqual({ type: 'recorded', verb: 'submit', state: 'submitted' });
    await engine.until('both are asked', () => Boolean(engine.card(sourceAdmin) && engine.card(targetAdmin)));
    return planId;
  }

  it('takes a plan from the wish to the result, with everybody told in the same messages', async () => {
    await engine.meetChannel('channel-1', 'aa');
    const planId = await submitted();
    expect(engine.card(sourceAdmin)?.audience).toMatchObject({ role: 'approver', forTenantId: 'aa' });
    expect(engine.card(targetAdmin)?.audience).toMatchObject({ role: 'approver', forTenantId: 'bb' });
    const first = await engine.press(targetAdmin, 'approve');
    expect(first.outcome).toEqual({ type: 'recorded', verb: 'approve', state: 'submitted' });
    const last = await engine.press(sourceAdmin, 'approve');
    expect(last.outcome).toEqual({ type: 'recorded', verb: 'approve', state: 'approved' });
    const shown = () => [asker, sourceAdmin, targetAdmin].map((one) => engine.card(one)?.record.state);
    await engine.until('all are told', () => shown().every((state) => state === 'applied'));
    expect(engine.world.effects).toEqual(['one=x', 'two=y']);
    expect(engine.messenger.messages.map((one) => one.conversationId).sort()).toEqual([
      'channel-1',
      'chat-asker-id',
      'chat-source-id',
      'chat-target-id',
    ]);
    const channel = engine.messenger.in('channel-1')[0]?.cards.at(-1);
    expect(channel).toMatchObject({
      audience: { role: 'channel', userIds: ['29:asker-id', '29:source-id'] },
    });
    expect((await readRecord(opened.store.db, planId))?.state).toBe('applied');
    const again = await engine.steering.draft({
      kind: 'setup',
      link: engine.link,
      requester: asker,
      desired,
      subject: null,
      conversationId: 'channel-1',
    });
    expect(again).toEqual({ type: 'empty' });
  }, 120_000);

  it('has one effect for twenty presses at once', async () => {
    await submitted();
    await engine.press(targetAdmin, 'approve');
    const answers = await Promise.all(Array.from({ length: 20 }, () => engine.press(sourceAdmin, 'approve')));
    const outcomes = await Promise.all(answers.map((answer) => answer.later));
    expect(outcomes.filter((one) => one.type === 'recorded').length).toBeGreaterThanOrEqual(1);
    expect(outcomes.every((one) => one.type === 'recorded' || one.type === 'already-decided')).toBe(true);
    await engine.until('it is applied', () => engine.card(asker)?.record.state === 'applied');
    expect(engine.world.sent).toEqual(['one=x', 'two=y']);
  }, 120_000);

  it('gives the same answer to the same activity', async () => {
    const planId = await submitted();
    const shown = engine.card(targetAdmin);
    const nonce = shown && 'nonce' in shown.audience ? shown.audience.nonce : null;
    const request = {
      verb: 'approve',
      planId,
      revision: 1,
      nonce,
      person: targetAdmin,
      reason: null,
    } as const;
    const rest = { typedCount: null, surface: 'execute' } as const;
    const first = await engine.steering.press('same', { ...request, ...rest });
    const second = await engine.steering.press('same', { ...request, ...rest });
    expect(second.outcome).toEqual(first.outcome);
    expect(first.outcome).toMatchObject({ type: 'recorded' });
  }, 120_000);

  it('tells what a press came to that joined another one, again when it comes again (I20)', async () => {
    const planId = await submitted();
    const shown = engine.card(targetAdmin);
    const nonce = shown && 'nonce' in shown.audience ? shown.audience.nonce : null;
    const press = (activityId: string, changes: Partial<DecisionRequest> = {}) =>
      engine.steering.press(activityId, {
        ...{ verb: 'approve', planId, revision: 1, nonce, person: targetAdmin, reason: null },
        ...{ typedCount: null, surface: 'execute' },
        ...changes,
      });
    const together = await Promise.all([
      ...['click-1', 'click-2', 'click-3'].map((id) => press(id)),
      press('forged', { nonce: 'another' }),
    ]);
    const told = await Promise.all(together.map((one) => one.later));
    expect(told.map(({ type }) => type)).toEqual(['recorded', 'recorded', 'recorded', 'superseded']);
    for (const [index, id] of ['click-1', 'click-2', 'click-3', 'forged'].entries()) {
      expect(await (await press(id)).later).toEqual(told[index]);
    }
  }, 120_000);

  it('answers within 1.2 s that it is still checking, and later with the outcome', async () => {
    await submitted();
    const read = engine.directory.readPerson.bind(engine.directory);
    engine.directory.readPerson = async (...args) => {
      await new Promise((resolve) => setTimeout(resolve, 2_000));
      return read(...args);
    };
    const start = Date.now();
    const answer = await engine.press(targetAdmin, 'approve');
    expect(Date.now() - start).toBeLessThan(1_900);
    expect(answer.outcome).toBeNull();
    await expect(answer.later).resolves.toMatchObject({ type: 'recorded' });
  }, 120_000);

  it('goes on where a stopped process left off', async () => {
    const planId = await submitted();
    await engine.press(targetAdmin, 'approve');
    engine.world.faults.set('one', [{ code: 'graph-throttled', hasEffect: false, retryAfterSeconds: 2 }]);
    await engine.press(sourceAdmin, 'approve');
    await engine.until('it waits', () => engine.world.sent.length === 1);
    await engine.until(
      'it is applied',
      async () => (await readRecord(opened.store.db, planId))?.state === 'applied',
    );
    expect(engine.world.effects).toEqual(['one=x', 'two=y']);
  }, 120_000);

  it('begins nothing more once it settles, but decides still; the next process goes on', async () => {
    const planId = await submitted();
    await engine.press(targetAdmin, 'approve');
    await engine.steering.settle();
    const last = await engine.press(sourceAdmin, 'approve');
    expect(last.outcome).toEqual({ type: 'recorded', verb: 'approve', state: 'approved' });
    await engine.until('they are told', () => engine.card(sourceAdmin)?.record.state === 'approved');
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(engine.world.sent).toEqual([]);
    await engine.steering.stop();
    const next = await startEngine(opened.store, steps, undefined, engine.directory);
    const isApplied = async () => (await readRecord(opened.store.db, planId))?.state === 'applied';
    try {
      await next.until('it is applied', isApplied);
      expect(next.world.effects).toEqual(['one=x', 'two=y']);
    } finally {
      await next.steering.stop();
    }
  }, 120_000);

  it('opens the card of an approver again on request, and nothing for a person without a role', async () => {
    const planId = await submitted();
    const nobody = engine.directory.add('aa', 'nobody');
    await engine.meet(nobody);
    await expect(engine.steering.showCard(planId, nobody)).resolves.toBe('gone');
    await expect(engine.steering.showCard(planId, targetAdmin)).resolves.toBe('sent');
    await engine.until('a second message', () => engine.messenger.in('chat-target-id').length === 2);
    const answer = await engine.press(targetAdmin, 'approve');
    expect(answer.outcome).toMatchObject({ type: 'recorded' });
  }, 120_000);
});
