import type { Person, Step } from '../../src/plan/types';
import { listAudit } from '../../src/store/audit';
import { readRecord } from '../../src/store/records';
import { changeRuns, plans } from '../../src/store/schema';
import { startEngine, type TestEngine } from '../helpers/engine';
import { fakeStep } from '../helpers/fake-steps';
import { dialects, openTestStore, type TestStore } from '../helpers/stores';

const role = 'role-a';
const operator = '8ac3fc64-6eca-42ea-9e69-59f4c7b60eb2';
const desired = { userType: 'member', assignments: [], deletionGuard: null, notificationMail: null } as const;

/** Which plans may be open beside each other, what replaces what, and how one that nobody can decide ends. */
describe.each(dialects)('open plans on %s', (dialect) => {
  let opened: TestStore;
  let engine: TestEngine;
  let steps: Step[];
  let asker: Person;
  let other: Person;
  let admin: Person;

  beforeAll(async () => {
    opened = await openTestStore(dialect);
    steps = [];
    engine = await startEngine(opened.store, () => steps);
    asker = engine.directory.add('aa', 'asker', { roles: [operator, role] });
    other = engine.directory.add('aa', 'other', { roles: [operator, role] });
    admin = engine.directory.add('aa', 'admin', { roles: [role] });
    for (const person of [asker, other, admin]) await engine.meet(person);
  }, 120_000);
  afterAll(async () => {
    await engine.steering.stop();
    await opened.end();
  }, 120_000);

  beforeEach(async () => {
    await opened.store.db.delete(plans);
    await opened.store.db.delete(changeRuns);
    engine.world.fields.clear();
    engine.world.sent.length = 0;
    wants({ one: 'x' });
  });

  function wants(wanted: Record<string, string>, operation = 'partners.update'): void {
    const isDeletion = operation.endsWith('delete');
    const tier = isDeletion ? 'T3' : 'T2';
    const step = { name: 'job', side: 'source', wanted, operation, tier, affectedUsers: 1 } as const;
    steps.splice(0, steps.length, fakeStep(engine.world, step));
  }

  async function draft(person: Person, revises?: { planId: string; revision: number }): Promise<string> {
    const outcome = await engine.steering.draft({
      ...{ kind: 'setup', link: engine.link, requester: person, desired, subject: null },
      conversationId: 'nowhere',
      ...(revises ? { revises } : {}),
    });
    if (outcome.type !== 'drafted') throw new Error(outcome.type);
    const { id, revision } = outcome.record;
    await engine.until('the draft is shown', () => {
      const shown = engine.card(person)?.record;
      return shown?.id === id && shown.revision === revision;
    });
    return id;
  }

  const submit = async (person: Person) => (await engine.press(person, 'submit', { reason: 'why' })).later;
  const stateOf = async (planId: string) => (await readRecord(opened.store.db, planId))?.state;
  const eventsOf = async (planId: string) =>
    (await listAudit(opened.store.db, { planId, limit: 100 })).map(
      ({ record }) => (JSON.parse(record) as { event: string }).event,
    );

  it('holds a second destructive plan of the link back, and says which one is open (I19)', async () => {
    wants({ one: 'x' }, 'phoneMethods.delete');
    const first = await draft(asker);
    expect(await submit(asker)).toMatchObject({ type: 'recorded' });
    wants({ two: 'y' }, 'phoneMethods.delete');
    const second = await draft(other);
    expect(await submit(other)).toEqual({
      type: 'held',
      holderId: first,
      holderName: 'asker',
      state: 'submitted',
    });
    expect(await stateOf(second)).toBe('draft');
    await engine.until('the first card follows', () => engine.card(asker)?.record.state === 'submitted');
    await (
      await engine.press(asker, 'withdraw')
    ).later;
    expect(await submit(other)).toMatchObject({ type: 'recorded' });
  }, 120_000);

  it('lets only one of two destructive plans in that are submitted at once (I19)', async () => {
    wants({ one: 'x' }, 'phoneMethods.delete');
    await draft(asker);
    wants({ two: 'y' }, 'phoneMethods.delete');
    await draft(other);
    const outcomes = await Promise.all([submit(asker), submit(other)]);
    expect(outcomes.map(({ type }) => type).sort()).toEqual(['held', 'recorded']);
  }, 120_000);

  it('lets plans that delete nothing wait beside each other', async () => {
    await draft(asker);
    expect(await submit(asker)).toMatchObject({ type: 'recorded' });
    await draft(other);
    expect(await submit(other)).toMatchObject({ type: 'recorded' });
  }, 120_000);

  it('keeps the same wish of the same person open once', async () => {
    const first = await draft(asker);
    expect(await submit(asker)).toMatchObject({ type: 'recorded' });
    await draft(asker);
    expect(await submit(asker)).toMatchObject({ type: 'held', holderId: first });
  }, 120_000);

  it('replaces an older draft of the same wish, and says by which', async () => {
    const first = await draft(asker);
    const second = await draft(asker);
    expect(second).not.toBe(first);
    const old = await readRecord(opened.store.db, first);
    expect(old).toMatchObject({ state: 'superseded', ending: { code: 'superseded' } });
    expect(old?.ending?.text).toContain(second);
    expect(await eventsOf(first)).toContain('superseded');
    expect(await draft(other)).not.toBe(second);
    expect(await stateOf(second)).toBe('draft');
  }, 120_000);

  it('voids a submitted plan that its requester edits, with the approvals it had (I8)', async () => {
    const first = await draft(asker);
    await submit(asker);
    await engine.until('the approver is asked', () => engine.card(admin)?.record.id === first);
    wants({ one: 'x', two: 'y' });
    const second = await draft(asker, { planId: first, revision: 1 });
    expect(await stateOf(first)).toBe('superseded');
    const late = await engine.press(admin, 'approve', { planId: first });
    expect(await late.later).toEqual({ type: 'wrong-state', state: 'superseded' });
    expect(await stateOf(second)).toBe('draft');
    expect(engine.world.sent).toEqual([]);
  }, 120_000);

  it('lets nobody but the requester replace a submitted plan', async () => {
    const first = await draft(asker);
    await submit(asker);
    await expect(draft(other, { planId: first, revision: 1 })).rejects.toThrow('superseded');
    expect(await stateOf(first)).toBe('submitted');
  }, 120_000);

  describe('one whose outcome is not known', () => {
    async function unknown(): Promise<string> {
      const planId = await draft(asker);
      await opened.store.db.update(plans).set({ state: 'needs-attention' });
      return planId;
    }
    const close = async (person: Person, planId: string, reason: string | null = 'all is there') =>
      (await engine.press(person, 'close', { planId, revision: null, nonce: null, reason, surface: 'text' }))
        .later;

    it('is closed as applied by another person who may approve, when all stands as wanted (I25)', async () => {
      const planId = await unknown();
      engine.world.fields.set('one', 'x');
      expect(await close(admin, planId)).toEqual({ type: 'recorded', verb: 'close', state: 'applied' });
      const record = await readRecord(opened.store.db, planId);
      expect(record?.ending).toMatchObject({ code: 'closed' });
      expect(record?.ending?.text).toContain('admin closed it: all is there');
      const audit = (await listAudit(opened.store.db, { planId, limit: 100 })).at(-1);
      expect(JSON.parse(audit?.record ?? '{}')).toMatchObject({
        event: 'closed',
        actor: { objectId: 'admin-id' },
        facts: { reason: 'all is there', readBack: 'as-wanted', state: 'applied' },
      });
      expect(await close(admin, planId)).toEqual({ type: 'wrong-state', state: 'applied' });
      expect(engine.world.sent).toEqual([]);
    }, 120_000);

    it('is closed as failed when something differs', async () => {
      const planId = await unknown();
      expect(await close(admin, planId)).toMatchObject({ state: 'failed' });
    }, 120_000);

    it('stays open for its requester, for people without the role, without words, and unread', async () => {
      const planId = await unknown();
      const nobody = engine.directory.add('aa', 'nobody');
      expect(await close(asker, planId)).toEqual({ type: 'own-request' });
      expect(await close(nobody, planId)).toMatchObject({ type: 'not-allowed', why: 'no-role' });
      expect(await close(admin, planId, null)).toEqual({ type: 'reason-needed' });
      engine.world.readFaults.set('one', ['graph-unavailable']);
      expect(await close(admin, planId)).toEqual({ type: 'not-read' });
      expect(await stateOf(planId)).toBe('needs-attention');
    }, 120_000);

    it('never counts as applied when its effect cannot be read back', async () => {
      const step = { name: 'job', side: 'source', wanted: { one: 'x' }, isUnrepeatable: true } as const;
      steps.splice(0, steps.length, fakeStep(engine.world, step));
      const planId = await unknown();
      engine.world.fields.set('one', 'x');
      expect(await close(admin, planId)).toMatchObject({ state: 'failed' });
    }, 120_000);

    it('still holds the place of destructive plans (I19)', async () => {
      wants({ one: 'x' }, 'phoneMethods.delete');
      const planId = await unknown();
      wants({ two: 'y' }, 'phoneMethods.delete');
      await draft(other);
      expect(await submit(other)).toMatchObject({ type: 'held', holderId: planId });
    }, 120_000);
  });
});
