import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { concerns, decide } from '../../src/approvals/decide';
import { expirePlans } from '../../src/approvals/expire';
import { unlessHeld } from '../../src/approvals/held';
import type { DecisionOutcome, DecisionRequest, DecisionVerb } from '../../src/approvals/outcome';
import type { ApprovalPorts } from '../../src/approvals/ports';
import { roleTemplates } from '../../src/graph/role-templates';
import { BotError } from '../../src/errors';
import { setLogLevel } from '../../src/log';
import type { Person, PlanContent, PlanRecord, PlanState, Quorum, Tier } from '../../src/plan/types';
import { listAudit } from '../../src/store/audit';
import { saveConversation } from '../../src/store/conversations';
import { insertDecision, insertQuorums } from '../../src/store/decisions';
import { currentDesired } from '../../src/store/links';
import { mintNonce } from '../../src/store/nonces';
import { listCards } from '../../src/store/outbox';
import { insertPlan } from '../../src/store/plans';
import { readRecord } from '../../src/store/records';
import { conversations, decisions, links, plans } from '../../src/store/schema';
import { FakeDirectory, tenantConfig } from '../helpers/fake-directory';
import { openTestStore, type TestStore } from '../helpers/stores';
import { contentWith, recordOf, stepIn } from './support/plain-plan';

const operator = roleTemplates.applicationAdministrator;
const text = { nonce: null, revision: null, surface: 'text' } as const;

/** One guard of a decision each, and what a decision leaves behind. */
describe('a decision', () => {
  let opened: TestStore;
  let directory: FakeDirectory;
  let ports: ApprovalPorts;
  let queued: unknown[];
  let [asker, ann, ben, cat]: Person[] = [];

  beforeAll(async () => {
    setLogLevel('silent');
    opened = await openTestStore();
  }, 120_000);
  afterAll(async () => {
    setLogLevel('info');
    await opened.end();
  }, 60_000);

  beforeEach(async () => {
    await opened.store.db.delete(plans); // an open plan would hold the place of the next
    await opened.store.db.delete(conversations);
    directory = new FakeDirectory();
    queued = [];
    ports = {
      store: opened.store,
      directory,
      tenants: [tenantConfig('aa'), tenantConfig('bb'), tenantConfig('cc')],
      enqueue: async (_tx, job) => void queued.push(job),
      readBack: async () => 'different',
    };
    asker = await met('aa', 'asker', ['role-a', operator]);
    [ann, ben, cat] = [await met('aa', 'ann'), await met('aa', 'ben'), await met('bb', 'cat')];
  });

  async function met(tenantId: string, name: string, roles = ['role-a']): Promise<Person> {
    const person = directory.add(tenantId, name, { roles });
    await chat(`chat-${name}`, 'personal', tenantId, person);
    return person;
  }
  const chat = (
    conversationId: string,
    kind: 'personal' | 'channel',
    tenantId: string,
    person: Person | null,
  ) =>
    saveConversation(opened.store.db, {
      ...{ conversationId, kind, tenantId, serviceUrl: 'http://127.0.0.1:1/', botId: 'bot' },
      person: person && { ...person, teamsUserId: person.displayName },
    });

  const both = [stepIn('aa'), stepIn('bb')];
  const quorum = (tenantId: string, needed: number, candidates: Person[]): Quorum => ({
    tenantId,
    needed,
    candidates,
  });
  interface Stored {
    readonly state?: PlanState;
    readonly tier?: Tier;
    readonly content?: Partial<PlanContent>;
    readonly quorums?: readonly Quorum[];
    readonly digest?: string;
    readonly asked?: string;
  }

  async function stored({ state = 'draft', tier = 'T2', content, quorums, digest, asked }: Stored = {}) {
    const { db } = opened.store;
    const planId = await insertPlan(db, {
      content: contentWith(both, content),
      digest: digest ?? randomUUID(),
      tier,
      tierRaise: null,
      isDestructive: false,
      askedInConversationId: asked ?? null,
    });
    await db.update(plans).set({ state }).where(eq(plans.id, planId));
    const usual = [quorum('aa', 1, [ann!, ben!]), quorum('bb', 1, [cat!])];
    if (state !== 'draft') await insertQuorums(db, planId, 1, quorums ?? usual);
    return planId;
  }

  const record = async (planId: string) => (await readRecord(opened.store.db, planId)) as PlanRecord;
  /** What a card of one tenant's approvers is about. */
  const votes: readonly DecisionVerb[] = ['approve', 'approve-canary', 'continue', 'reject', 'close'];
  async function wish(
    planId: string,
    person: Person,
    verb: DecisionVerb,
    more: Partial<DecisionRequest> = {},
    forTenantId: string | null = votes.includes(verb) ? person.tenantId : null,
  ): Promise<DecisionOutcome> {
    const nonce = await mintNonce(opened.store.db, { planId, revision: 1, person, forTenantId });
    const base = { verb, planId, revision: 1, nonce, person, reason: 'because', typedCount: null } as const;
    return decide(ports, { ...base, surface: 'execute', ...more });
  }
  async function audited(planId: string, event: string): Promise<Record<string, unknown>[]> {
    const records = await listAudit(opened.store.db, { planId, limit: 100 });
    const parsed = records.map(
      (one) => JSON.parse(one.record) as { event: string; facts: Record<string, unknown> },
    );
    return parsed.filter((one) => one.event === event).map(({ facts }) => facts);
  }
  const rows = (planId: string) =>
    opened.store.db.select().from(decisions).where(eq(decisions.planId, planId));

  describe('concerns', () => {
    const about = (person: Person, tenants = ports.tenants) =>
      concerns({ tenants }, person, recordOf(contentWith(both)));
    const from = (tenantId: string) => ({ tenantId, objectId: 'x', displayName: 'X' });

    it('people of both tenants, and of a third whose group decides for one of them', () => {
      expect([about(from('aa')), about(from('bb')), about(from('cc')), about(from('zz'))]).toEqual([
        true,
        true,
        false,
        false,
      ]);
      const third = [tenantConfig('cc')];
      const group = { viewers: undefined, approvers: { tenantId: 'cc', groupId: 'g' } };
      expect(about(from('cc'), [tenantConfig('aa'), tenantConfig('bb', group), ...third])).toBe(true);
      expect(about(from('cc'), [tenantConfig('aa'), tenantConfig('dd', group), ...third])).toBe(false);
      expect(
        about(from('cc'), [tenantConfig('aa', { approvers: { tenantId: 'bb', groupId: 'g' } }), ...third]),
      ).toBe(false);
      expect(about(from('cc'), [tenantConfig('bb', group)])).toBe(false);
      expect(about(from('aa'), [tenantConfig('bb')])).toBe(false);
    });

    it('nobody else, whatever the plan', async () => {
      const planId = await stored({ state: 'submitted' });
      const dan = await met('cc', 'dan');
      expect(await wish(planId, dan, 'approve')).toEqual({ type: 'gone' });
      expect(await wish('PL-9999', ann!, 'approve')).toEqual({ type: 'gone' });
    });
  });

  describe('is taken by the card that stands', () => {
    const states: Readonly<Record<DecisionVerb, PlanState>> = {
      submit: 'draft',
      confirm: 'draft',
      discard: 'draft',
      withdraw: 'submitted',
      approve: 'submitted',
      'approve-canary': 'submitted',
      continue: 'applying',
      reject: 'submitted',
      close: 'needs-attention',
      stop: 'applying',
    };
    const verbs = Object.keys(states) as DecisionVerb[];
    const isOwn = (verb: DecisionVerb) => ['submit', 'confirm', 'discard', 'withdraw'].includes(verb);
    const press = async (verb: DecisionVerb, more: Partial<DecisionRequest>) => {
      await opened.store.db.delete(plans);
      const planId = await stored({ state: states[verb] });
      return wish(planId, isOwn(verb) ? asker! : ann!, verb, more);
    };

    it.each(verbs)('%s', async (verb) => {
      const old = { type: 'superseded', revision: 1, state: states[verb] };
      expect((await press(verb, {})).type).not.toBe('superseded');
      expect(await press(verb, { revision: 2 })).toEqual(old);
      expect(await press(verb, { revision: 0 })).toEqual(old);
      expect(await press(verb, { nonce: 'x'.repeat(22) })).toEqual(old);
      expect(await press(verb, { revision: null })).toEqual(old);
      const byText = await press(verb, text);
      const stops = ['reject', 'withdraw', 'close', 'stop'].includes(verb);
      if (stops) expect(byText).toMatchObject({ type: 'recorded', verb });
      else expect(byText).toEqual(old);
      expect((await press(verb, { ...text, revision: 1 })).type === 'superseded').toBe(!stops);
      expect(await press(verb, { ...text, revision: 2 })).toEqual(old);
    });

    it('and not by one of another revision, whatever revision is sent with it', async () => {
      const planId = await stored({ state: 'submitted' });
      const reader = { planId, revision: 2, person: ann!, forTenantId: 'aa' };
      const nonce = await mintNonce(opened.store.db, reader);
      expect(await wish(planId, ann!, 'approve', { nonce })).toMatchObject({ type: 'superseded' });
    });

    it('and an approval not by a card that is about no tenant', async () => {
      const planId = await stored({ state: 'submitted' });
      expect(await wish(planId, ann!, 'approve', {}, null)).toMatchObject({ type: 'superseded' });
      expect(await wish(planId, ann!, 'reject', {}, null)).toMatchObject({ type: 'recorded' });
    });

    it.each(verbs)('of whoever may %s', async (verb) => {
      const planId = await stored({ state: states[verb] });
      const outcome = await wish(planId, isOwn(verb) ? ann! : asker!, verb);
      if (isOwn(verb)) expect(outcome).toMatchObject({ type: 'not-allowed', why: 'not-requester' });
      else if (verb === 'stop') expect(outcome).toMatchObject({ type: 'recorded' });
      else expect(outcome).toEqual({ type: 'own-request' });
    });
  });

  describe('that is refused', () => {
    it.each<[string, () => void]>([
      ['no-role', () => (directory.of(ann!).roles = [])],
      ['eligible-only', () => Object.assign(directory.of(ann!), { roles: [], eligible: ['role-a'] })],
      ['disabled', () => (directory.of(ann!).accountEnabled = false)],
    ])('for %s leaves a record', async (why, change) => {
      change();
      const planId = await stored({ state: 'submitted' });
      expect(await wish(planId, ann!, 'approve')).toMatchObject({ type: 'not-allowed', why, tenantId: 'aa' });
      expect(await audited(planId, 'refused')).toEqual([{ verb: 'approve', surface: 'execute', why }]);
      expect([(await record(planId)).state, await rows(planId), queued]).toEqual(['submitted', [], []]);
    });

    it('as their own leaves a record, and so does one about themselves', async () => {
      const planId = await stored({ state: 'submitted' });
      await wish(planId, asker!, 'approve');
      expect(await audited(planId, 'refused')).toEqual([
        { verb: 'approve', surface: 'execute', why: 'own-request' },
      ]);
      const subject = { type: 'user', userId: ann!.objectId } as never;
      const own = await stored({ state: 'submitted', content: { subject, policyVersion: 2 } });
      await wish(own, ann!, 'reject');
      expect(await audited(own, 'refused')).toEqual([
        { verb: 'reject', surface: 'execute', why: 'affected' },
      ]);
    });

    it.each<[string, () => void]>([
      ['guest', () => (directory.of(ann!).isExternal = true)],
      ['lookup-failed', () => (directory.isDown = true)],
    ])('for %s leaves none', async (why, change) => {
      change();
      const planId = await stored({ state: 'submitted' });
      expect(await wish(planId, ann!, 'approve')).toMatchObject({ why });
      expect(await audited(planId, 'refused')).toEqual([]);
    });
  });

  describe('to approve', () => {
    it('is kept with its reason in clean words, and told', async () => {
      const planId = await stored({ state: 'submitted' });
      const reason = `  well \n\n ${'x'.repeat(600)}`;
      expect(await wish(planId, ann!, 'approve', { reason })).toEqual({
        type: 'recorded',
        verb: 'approve',
        state: 'submitted',
      });
      const kept = `well ${'x'.repeat(495)}`;
      expect(await rows(planId)).toMatchObject([
        { decision: 'approved', reason: kept, authority: 'role-a', surface: 'execute', isDistinct: false },
      ]);
      expect(queued).toEqual([{ name: 'deliver' }]);
      const { digest } = await record(planId);
      const facts = {
        revision: 1,
        digest,
        forTenantId: 'aa',
        reason: kept,
        surface: 'execute',
        authority: 'role-a',
      };
      expect(await audited(planId, 'approved')).toEqual([facts]);
    });

    it('has no reason when nothing is said', async () => {
      const planId = await stored({ state: 'submitted' });
      await wish(planId, ann!, 'approve', { reason: ' \n ' });
      expect((await rows(planId))[0]?.reason).toBeNull();
    });

    it('starts the plan once every tenant has said yes', async () => {
      const planId = await stored({ state: 'submitted' });
      await wish(planId, ann!, 'approve');
      queued = [];
      expect(await wish(planId, cat!, 'approve')).toEqual({
        type: 'recorded',
        verb: 'approve',
        state: 'approved',
      });
      expect(queued).toEqual([{ name: 'apply', planId }, { name: 'deliver' }]);
      const { rows: found } = (await opened.store.db.execute(
        sql`select extract(epoch from start_by - approved_at) as seconds from plans where id = ${planId}`,
      )) as unknown as { rows: { seconds: string }[] };
      expect(Math.round(Number(found[0]?.seconds))).toBe(4 * 3600);
    });

    it('is of no tenant that was not asked', async () => {
      const planId = await stored({ state: 'submitted', quorums: [quorum('bb', 1, [cat!])] });
      expect(await wish(planId, ann!, 'approve')).toMatchObject({ why: 'no-role', tenantId: 'aa' });
      expect(await rows(planId)).toEqual([]);
    });

    it('T3 needs the count, and a voice of each person for one tenant only', async () => {
      const planId = await stored({ state: 'submitted', tier: 'T3' });
      expect(await wish(planId, ann!, 'approve')).toEqual({ type: 'count-needed' });
      expect(await wish(planId, ann!, 'approve', { typedCount: 2 })).toEqual({ type: 'count-needed' });
      expect(await wish(planId, ann!, 'approve', { typedCount: 1 })).toMatchObject({ type: 'recorded' });
      expect(await rows(planId)).toMatchObject([{ isDistinct: true }]);
    });

    it('comes too late by the clock of the database', async () => {
      const planId = await stored({ state: 'submitted' });
      await opened.store.db.update(plans).set({ expiresAt: new Date(0) });
      expect(await wish(planId, ann!, 'approve')).toEqual({ type: 'expired' });
      expect([await rows(planId), queued]).toEqual([[], []]);
    });

    it('is one voice though it comes twice at once', async () => {
      const planId = await stored({ state: 'submitted' });
      const slow = Object.create(directory) as FakeDirectory;
      slow.listActiveRoleTemplateIds = async (...args) => {
        const vote = { planId, revision: 1, person: ann!, forTenantId: 'aa', decision: 'approved' } as const;
        const rest = { reason: 'first', authority: 'role-a', surface: 'execute' };
        await insertDecision(opened.store.db, { ...vote, ...rest });
        return directory.listActiveRoleTemplateIds(...args);
      };
      ports = { ...ports, directory: slow };
      expect(await wish(planId, ann!, 'approve')).toMatchObject({ type: 'already-decided', reason: 'first' });
      expect([(await rows(planId)).length, queued]).toEqual([1, []]);
    });

    it('comes too late when the plan moved while roles were read', async () => {
      const planId = await stored({ state: 'submitted' });
      const moving = (set: Partial<typeof plans.$inferInsert> | null) => {
        const slow = Object.create(directory) as FakeDirectory;
        slow.listActiveRoleTemplateIds = async (...args) => {
          if (set) await opened.store.db.update(plans).set(set).where(eq(plans.id, planId));
          else await opened.store.db.delete(plans).where(eq(plans.id, planId));
          return directory.listActiveRoleTemplateIds(...args);
        };
        ports = { ...ports, directory: slow };
      };
      moving({ state: 'withdrawn' });
      expect(await wish(planId, ann!, 'approve')).toEqual({ type: 'wrong-state', state: 'withdrawn' });
      await opened.store.db.update(plans).set({ state: 'submitted' });
      expect(await wish(planId, ann!, 'reject', text)).toEqual({ type: 'wrong-state', state: 'withdrawn' });
      await opened.store.db.update(plans).set({ state: 'submitted' });
      moving({ revision: 2 });
      expect(await wish(planId, ann!, 'approve')).toEqual({
        type: 'superseded',
        revision: 2,
        state: 'submitted',
      });
      await opened.store.db.update(plans).set({ revision: 1 });
      moving(null);
      expect(await wish(planId, ann!, 'approve')).toEqual({ type: 'gone' });
      expect([await rows(planId), queued]).toEqual([[], []]);
    });
  });

  describe('to reject', () => {
    it('ends the plan and is told', async () => {
      const planId = await stored({ state: 'submitted' });
      expect(await wish(planId, ann!, 'reject')).toEqual({
        type: 'recorded',
        verb: 'reject',
        state: 'rejected',
      });
      const { ending, finishedAt, digest, decisions: kept } = await record(planId);
      expect(ending).toEqual({
        code: 'rejected',
        text: 'ann rejected it: because',
        remedy: 'Change what was asked for, then plan it anew.',
      });
      expect(finishedAt).not.toBeNull();
      expect(kept).toMatchObject([{ decision: 'rejected', forTenantId: 'aa', authority: 'role-a' }]);
      const facts = { revision: 1, digest, forTenantId: 'aa', reason: 'because', surface: 'execute' };
      expect(await audited(planId, 'rejected')).toEqual([{ ...facts, authority: 'role-a' }]);
      expect(queued).toEqual([{ name: 'deliver' }]);
    });

    it('needs a reason, and authority before it', async () => {
      const planId = await stored({ state: 'submitted' });
      expect(await wish(planId, ann!, 'reject', { reason: '' })).toEqual({ type: 'reason-needed' });
      directory.of(ann!).roles = [];
      expect(await wish(planId, ann!, 'reject', { reason: '' })).toMatchObject({
        why: 'no-role',
        tenantId: 'aa',
      });
      expect((await record(planId)).state).toBe('submitted');
    });

    it('comes too late by the clock of the database', async () => {
      const planId = await stored({ state: 'submitted' });
      await opened.store.db.update(plans).set({ expiresAt: new Date(0) });
      expect(await wish(planId, ann!, 'reject')).toEqual({ type: 'expired' });
      expect([await rows(planId), queued]).toEqual([[], []]);
    });
  });

  describe('to submit', () => {
    it('asks those who may approve and can be reached, and is told', async () => {
      await met('aa', 'idle', []);
      const namesake = directory.add('bb', 'ann', { roles: ['role-a'] }); // the same object id in another tenant
      await chat('chat-namesake', 'personal', 'bb', namesake);
      directory.add('aa', 'far', { roles: ['role-a'] });
      await chat('channel-1', 'channel', 'AA', null);
      const planId = await stored({ asked: 'channel-1' });
      expect(await wish(planId, asker!, 'submit')).toEqual({
        type: 'recorded',
        verb: 'submit',
        state: 'submitted',
      });
      const { quorums, reason, digest, submittedAt, expiresAt } = await record(planId);
      expect(
        quorums.map(({ candidates, ...one }) => ({ ...one, names: candidates.map((c) => c.displayName) })),
      ).toEqual([
        { tenantId: 'aa', needed: 1, names: ['ann', 'ben'] },
        { tenantId: 'bb', needed: 1, names: ['cat', 'ann'] },
      ]);
      expect(reason).toBe('because');
      expect(Math.round((Date.parse(expiresAt!) - Date.parse(submittedAt!)) / 60_000)).toBe(24 * 60);
      const cards = await listCards(opened.store.db, planId);
      expect(
        cards.map((card) => [card.role, card.tenantId, card.personObjectId, card.conversationId]).toSorted(),
      ).toEqual([
        ['approver', 'aa', 'ann-id', 'chat-ann'],
        ['approver', 'aa', 'ben-id', 'chat-ben'],
        ['approver', 'bb', 'ann-id', 'chat-namesake'],
        ['approver', 'bb', 'cat-id', 'chat-cat'],
        ['channel', 'aa', expect.anything(), 'channel-1'],
      ]);
      expect(queued).toEqual([{ name: 'deliver' }]);
      expect(await audited(planId, 'submitted')).toMatchObject([
        {
          revision: 1,
          digest,
          tier: 'T2',
          reason: 'because',
          surface: 'execute',
          authority: operator,
          plan: {},
        },
      ]);
    });

    it('keeps an earlier reason when none is given', async () => {
      const planId = await stored();
      await opened.store.db.update(plans).set({ reason: 'before' });
      await wish(planId, asker!, 'submit', { reason: null });
      expect((await record(planId)).reason).toBe('before');
    });

    it('puts no card into a personal chat, nor where nobody knows the place', async () => {
      for (const asked of ['chat-asker', 'nowhere']) {
        const planId = await stored({ asked });
        await wish(planId, asker!, 'submit');
        expect((await listCards(opened.store.db, planId)).map((card) => card.role)).not.toContain('channel');
      }
    });

    it('T3 asks two of one tenant, for eight hours, and 20 people at most', async () => {
      for (let index = 0; index < 20; index += 1) await met('aa', `more-${index}`);
      const planId = await stored({ tier: 'T3', content: { steps: [stepIn('aa')] } });
      expect(await wish(planId, asker!, 'submit')).toMatchObject({ type: 'recorded' });
      const { quorums, submittedAt, expiresAt } = await record(planId);
      expect(quorums).toMatchObject([{ tenantId: 'aa', needed: 2 }]);
      expect(quorums[0]?.candidates).toHaveLength(20);
      expect(Math.round((Date.parse(expiresAt!) - Date.parse(submittedAt!)) / 60_000)).toBe(8 * 60);
    });

    it('is refused when too few can be reached, and says who could', async () => {
      const planId = await stored({ tier: 'T3', content: { steps: [stepIn('bb')] } });
      const dan = directory.add('bb', 'dan', { roles: ['role-a'] });
      expect(await wish(planId, asker!, 'submit')).toEqual({
        type: 'nobody-reachable',
        tenantId: 'bb',
        needed: 2,
        couldApprove: [cat, dan],
      });
      for (let index = 0; index < 20; index += 1) directory.add('bb', `far-${index}`, { roles: ['role-a'] });
      const refusedNow = await wish(planId, asker!, 'submit');
      expect(refusedNow.type === 'nobody-reachable' && refusedNow.couldApprove.length).toBe(20);
      expect([(await record(planId)).state, queued]).toEqual(['draft', []]);
    });

    it('is refused while those who may approve cannot be looked up', async () => {
      const planId = await stored();
      directory.listRoleHolders = () => Promise.reject(new Error('down'));
      expect(await wish(planId, asker!, 'submit')).toMatchObject({
        type: 'not-allowed',
        why: 'lookup-failed',
        tenantId: 'aa',
      });
    });

    it('is of no T1 plan, nor of somebody without a role, nor too late', async () => {
      const [first, second] = [await stored({ tier: 'T1' }), await stored({ content: { policyVersion: 2 } })];
      expect(await wish(first, asker!, 'submit')).toEqual({ type: 'wrong-state', state: 'draft' });
      directory.of(asker!).roles = [];
      expect(await wish(second, asker!, 'submit')).toMatchObject({ why: 'no-role', tenantId: null });
      directory.of(asker!).roles = [operator];
      await opened.store.db.update(plans).set({ expiresAt: new Date(0) });
      expect(await wish(second, asker!, 'submit')).toEqual({ type: 'expired' });
      expect(queued).toEqual([]);
    });
  });

  describe('to confirm', () => {
    it('starts a T1 plan and is kept for each tenant, and told', async () => {
      await chat('channel-1', 'channel', 'aa', null);
      const operators = { operators: { tenantId: 'aa', groupId: 'them' } };
      ports = { ...ports, tenants: [tenantConfig('aa'), tenantConfig('bb', operators)] };
      directory.of(asker!).groups = ['them'];
      const planId = await stored({ tier: 'T1', asked: 'channel-1' });
      expect(await wish(planId, asker!, 'confirm')).toEqual({
        type: 'recorded',
        verb: 'confirm',
        state: 'approved',
      });
      expect(queued).toEqual([{ name: 'apply', planId }, { name: 'deliver' }]);
      const { digest, decisions: kept } = await record(planId);
      expect(kept).toMatchObject([
        { decision: 'confirmed', forTenantId: 'aa', authority: 'role-a', person: asker, reason: 'because' },
        { decision: 'confirmed', forTenantId: 'bb', authority: 'group:them' },
      ]);
      const authority = [
        { tenantId: 'aa', basis: 'role-a' },
        { tenantId: 'bb', basis: 'group:them' },
      ];
      expect(await audited(planId, 'confirmed')).toMatchObject([
        { revision: 1, digest, surface: 'execute', tier: 'T1', authority, plan: {} },
      ]);
      const entries = await listAudit(opened.store.db, { planId, limit: 100 });
      const confirmed = entries.map((one) => JSON.parse(one.record) as { event: string; details?: object });
      expect(Object.keys(confirmed.find(({ event }) => event === 'confirmed')?.details ?? {})).toEqual([
        'aa',
        'bb',
      ]);
      expect((await listCards(opened.store.db, planId)).map((card) => card.role)).toEqual(['channel']);
      const [row] = await opened.store.db.select().from(plans).where(eq(plans.id, planId));
      expect(Math.round((row!.startBy!.getTime() - row!.approvedAt!.getTime()) / 1000)).toBe(4 * 3600);
    });

    it('is of no other tier, of nobody without the role for each tenant, of no empty plan, nor too late', async () => {
      const plan = (tier: Tier, content: Partial<PlanContent> = {}) => stored({ tier, content });
      expect(await wish(await plan('T2'), asker!, 'confirm')).toEqual({
        type: 'wrong-state',
        state: 'draft',
      });
      expect(await wish(await plan('T1'), asker!, 'confirm')).toMatchObject({
        why: 'no-role',
        tenantId: 'bb',
      });
      expect(await wish(await plan('T1', { steps: [] }), asker!, 'confirm')).toEqual({
        type: 'wrong-state',
        state: 'draft',
      });
      const late = await plan('T1', { steps: [stepIn('aa')] });
      await opened.store.db.update(plans).set({ expiresAt: new Date(0) });
      expect(await wish(late, asker!, 'confirm')).toEqual({ type: 'expired' });
      expect(queued).toEqual([]);
    });
  });

  describe('to take back', () => {
    it.each<[DecisionVerb, PlanState, string | null, string, string]>([
      ['discard', 'draft', null, 'discarded', 'It was never submitted.'],
      ['withdraw', 'draft', 'why', 'discarded', 'It was never submitted.'],
      ['withdraw', 'submitted', 'why', 'withdrawn', 'asker withdrew it: why'],
      ['withdraw', 'approved', null, 'withdrawn', 'asker withdrew it.'],
    ])('%s of a plan that is %s because of %j is told', async (verb, state, reason, code, words) => {
      const planId = await stored({ state });
      directory.of(asker!).roles = [];
      expect(await wish(planId, asker!, verb, { reason })).toEqual({
        type: 'recorded',
        verb,
        state: 'withdrawn',
      });
      const { state: now, ending, finishedAt, digest, decisions: kept } = await record(planId);
      expect(now).toBe('withdrawn');
      expect(ending).toEqual({ code, text: words, remedy: 'Plan it anew when it is wanted.' });
      expect(finishedAt).not.toBeNull();
      expect(kept).toMatchObject([
        { decision: 'withdrawn', forTenantId: 'aa', authority: 'requester', reason },
      ]);
      expect(await audited(planId, code)).toEqual([{ revision: 1, digest, surface: 'execute', reason }]);
      expect(queued).toEqual([{ name: 'deliver' }]);
    });

    it('is of nobody whom the directory knows as a guest, nor too late', async () => {
      const planId = await stored({ state: 'submitted' });
      directory.of(asker!).isExternal = true;
      expect(await wish(planId, asker!, 'withdraw')).toMatchObject({ why: 'guest', tenantId: null });
      directory.of(asker!).isExternal = false;
      const slow = Object.create(directory) as FakeDirectory;
      slow.readPerson = async (...args) => {
        await opened.store.db.update(plans).set({ state: 'applying' });
        return directory.readPerson(...args);
      };
      ports = { ...ports, directory: slow };
      expect(await wish(planId, asker!, 'withdraw')).toEqual({ type: 'wrong-state', state: 'applying' });
      expect(queued).toEqual([]);
    });
  });

  describe('to stop', () => {
    it.each(['asker', 'ann'])('by %s is kept once, and told', async (name) => {
      const planId = await stored({ state: 'applying' });
      const who = name === 'asker' ? asker! : ann!;
      const done = { type: 'recorded', verb: 'stop', state: 'applying' };
      expect(await wish(planId, who, 'stop')).toEqual(done);
      const { stop, digest } = await record(planId);
      expect(stop?.by).toEqual(who);
      expect(queued).toEqual([{ name: 'deliver' }]);
      expect(await wish(planId, cat!, 'stop')).toEqual(done);
      expect((await record(planId)).stop).toEqual(stop);
      expect(await audited(planId, 'stop-asked')).toEqual([{ revision: 1, digest, surface: 'execute' }]);
      expect(queued).toHaveLength(1);
    });

    it('is of nobody without authority', async () => {
      const planId = await stored({ state: 'applying' });
      directory.of(ann!).roles = [];
      expect(await wish(planId, ann!, 'stop')).toMatchObject({ why: 'no-role', tenantId: 'aa' });
      directory.of(asker!).accountEnabled = false;
      expect(await wish(planId, asker!, 'stop')).toMatchObject({ why: 'disabled', tenantId: null });
      expect((await record(planId)).stop).toBeUndefined();
    });

    it('comes too late when the plan ends meanwhile', async () => {
      const planId = await stored({ state: 'applying' });
      const slow = Object.create(directory) as FakeDirectory;
      slow.readPerson = async (...args) => {
        await opened.store.db.update(plans).set({ state: 'applied' });
        return directory.readPerson(...args);
      };
      ports = { ...ports, directory: slow };
      expect(await wish(planId, asker!, 'stop')).toEqual({ type: 'wrong-state', state: 'applied' });
      expect(queued).toEqual([]);
    });
  });

  describe('to close', () => {
    const desired = {
      userType: 'member',
      assignments: [],
      deletionGuard: 5,
      notificationMail: null,
    } as const;
    const ending = { code: 'graph-ambiguous', text: 'Nobody knows.', remedy: 'Look.' };
    async function unknown(content: Partial<PlanContent> = {}): Promise<string> {
      const own = randomUUID();
      const link = { sourceTenantId: 'aa', targetTenantId: `bb-${own}` };
      ports = { ...ports, tenants: [tenantConfig('aa'), tenantConfig(link.targetTenantId)] };
      const steps = [stepIn('aa'), stepIn(link.targetTenantId)];
      const planId = await stored({ state: 'needs-attention', content: { ...link, steps, ...content } });
      await opened.store.db.update(plans).set({ ending }).where(eq(plans.id, planId));
      return planId;
    }

    it.each([
      ['as-wanted', 'applied', 'What was read back then equals the plan.', 'Nothing is left to do.'],
      [
        'different',
        'failed',
        'What was read back then differs from the plan.',
        'Plan what is still wanted anew.',
      ],
      ['unknowable', 'failed', 'What it does cannot be read back.', 'Plan what is still wanted anew.'],
    ] as const)('%s: the plan is %s, and it is told', async (found, state, words, remedy) => {
      const planId = await unknown({ kind: 'setup', desired });
      ports = { ...ports, readBack: async () => found };
      expect(await wish(planId, ann!, 'close')).toEqual({ type: 'recorded', verb: 'close', state });
      const closed = await record(planId);
      expect(closed.ending).toEqual({ code: 'closed', text: `ann closed it: because ${words}`, remedy });
      expect(closed.finishedAt).not.toBeNull();
      const facts = {
        revision: 1,
        digest: closed.digest,
        forTenantId: 'aa',
        authority: 'role-a',
        reason: 'because',
      };
      expect(await audited(planId, 'closed')).toEqual([
        { ...facts, surface: 'execute', before: ending, readBack: found, state },
      ]);
      expect(queued).toEqual([{ name: 'deliver' }]);
      const kept = await currentDesired(opened.store.db, closed.content);
      expect(kept).toEqual(state === 'applied' ? desired : undefined);
      const { targetTenantId } = closed.content;
      const known = await opened.store.db
        .select()
        .from(links)
        .where(eq(links.targetTenantId, targetTenantId));
      expect(known.map(({ origin }) => origin)).toEqual(state === 'applied' ? ['setup'] : []);
    });

    it('keeps no wish of a plan that is no set-up', async () => {
      const planId = await unknown({ desired });
      ports = { ...ports, readBack: async () => 'as-wanted' };
      await wish(planId, ann!, 'close');
      expect(await currentDesired(opened.store.db, (await record(planId)).content)).toBeUndefined();
    });

    it('keeps a set-up without a wish as a link alone', async () => {
      const planId = await unknown({ kind: 'setup' });
      ports = { ...ports, readBack: async () => 'as-wanted' };
      expect(await wish(planId, ann!, 'close')).toMatchObject({ state: 'applied' });
      expect(await currentDesired(opened.store.db, (await record(planId)).content)).toBeUndefined();
    });

    it('needs authority, a reason and tenants that can be read', async () => {
      const planId = await unknown();
      expect(await wish(planId, ann!, 'close', { reason: null })).toEqual({ type: 'reason-needed' });
      ports = {
        ...ports,
        readBack: () => Promise.reject(new BotError('graph-unavailable', 'reading', 'Wait.')),
      };
      expect(await wish(planId, ann!, 'close')).toEqual({ type: 'not-read' });
      ports = { ...ports, readBack: () => Promise.reject(new Error('bug')) };
      await expect(wish(planId, ann!, 'close')).rejects.toThrow('bug');
      directory.of(ann!).roles = [];
      expect(await wish(planId, ann!, 'close')).toMatchObject({ why: 'no-role', tenantId: 'aa' });
      expect((await record(planId)).state).toBe('needs-attention');
    });

    it('comes too late when somebody else closed it meanwhile', async () => {
      const planId = await unknown();
      const readBack = async () => {
        await opened.store.db.update(plans).set({ state: 'failed' });
        return 'different' as const;
      };
      ports = { ...ports, readBack };
      expect(await wish(planId, ann!, 'close')).toEqual({ type: 'wrong-state', state: 'failed' });
      expect(await audited(planId, 'closed')).toEqual([]);
    });

    it('tells of no ending before when there was none', async () => {
      const planId = await unknown();
      await opened.store.db.update(plans).set({ ending: null });
      await wish(planId, ann!, 'close');
      expect(await audited(planId, 'closed')).toMatchObject([{ before: null }]);
    });
  });

  describe('whose place is taken', () => {
    it('says who holds it', async () => {
      const digest = randomUUID();
      const [first, second] = [await stored({ digest }), await stored({ digest })];
      await wish(first, asker!, 'submit');
      expect(await wish(second, asker!, 'submit')).toEqual({
        type: 'held',
        holderId: first,
        holderName: 'asker',
        state: 'submitted',
      });
      const own = randomUUID();
      const [third, fourth] = [
        await stored({ digest: own, tier: 'T1', content: { steps: [stepIn('aa')] } }),
        await stored({ digest: own, tier: 'T1', content: { steps: [stepIn('aa')] } }),
      ];
      await wish(third, asker!, 'confirm');
      expect(await wish(fourth, asker!, 'confirm')).toMatchObject({ type: 'held', holderId: third });
    });

    it('fails as the database does when nobody holds it, and at any other fault', async () => {
      const plan = recordOf(contentWith(both), { id: 'PL-0000' });
      const failing = (error: Error) => unlessHeld(ports, plan, () => Promise.reject(error));
      await expect(failing(new Error('down'))).rejects.toThrow('down');
      const duplicate = Object.assign(new Error('twice'), { code: '23505' });
      await expect(failing(duplicate)).rejects.toThrow('twice');
      const digest = randomUUID();
      const [first, second] = [await stored({ digest }), await stored({ digest })];
      await wish(first, asker!, 'submit');
      const held = unlessHeld(ports, await record(second), () => Promise.reject(new Error('down')));
      await expect(held).rejects.toThrow('down');
    });
  });

  describe('that nobody makes in time', () => {
    const expired = async (planId: string) => {
      await opened.store.db.update(plans).set({ expiresAt: new Date(0), startBy: new Date(0) });
      const count = await expirePlans(ports);
      const { state, ending, finishedAt } = await record(planId);
      expect([state, finishedAt !== null, ending?.code, ending?.remedy]).toEqual([
        'expired',
        true,
        'expired',
        'Plan it anew when it is wanted.',
      ]);
      return { count, words: ending?.text };
    };

    it('ends the plan, says who did not answer, and is told', async () => {
      const handed = { ...ben!, handedTo: ann! };
      const planId = await stored({
        state: 'submitted',
        quorums: [quorum('aa', 2, [ann!, handed, asker!]), quorum('bb', 1, [cat!, ann!])],
      });
      await wish(planId, ann!, 'approve');
      queued = [];
      expect(await expired(planId)).toEqual({ count: 1, words: 'No answer in time from asker, cat, ann.' });
      expect(queued).toEqual([{ name: 'deliver' }]);
      expect(await audited(planId, 'expired')).toEqual([
        { revision: 1, from: 'submitted', text: 'No answer in time from asker, cat, ann.' },
      ]);
    });

    it('waits for nobody of a tenant that has said yes', async () => {
      const planId = await stored({ state: 'submitted' });
      await wish(planId, ann!, 'approve');
      expect((await expired(planId)).words).toBe('No answer in time from cat.');
    });

    it('says that nobody submitted it, or that it could not start', async () => {
      expect(await expired(await stored())).toEqual({ count: 1, words: 'Nobody submitted it within a day.' });
      expect((await expired(await stored({ state: 'approved' }))).words).toBe(
        'It was approved, but could not start within 4 hours.',
      );
    });

    it('leaves what is in time alone', async () => {
      const planId = await stored({ state: 'submitted' });
      expect(await expirePlans(ports)).toBe(0);
      expect((await record(planId)).state).toBe('submitted');
    });

    it('comes after a decision that came meanwhile', async () => {
      const planId = await stored({ state: 'submitted' });
      await opened.store.db.update(plans).set({ expiresAt: new Date(0) });
      const store = {
        ...opened.store,
        transaction: (async (work) => {
          await opened.store.db.update(plans).set({ state: 'rejected' });
          return opened.store.transaction(work);
        }) as typeof opened.store.transaction,
      };
      expect(await expirePlans({ ...ports, store })).toBe(0);
      expect([(await record(planId)).state, await audited(planId, 'expired'), queued]).toEqual([
        'rejected',
        [],
        [],
      ]);
    });
  });
});
