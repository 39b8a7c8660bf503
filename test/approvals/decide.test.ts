import { decide } from '../../src/approvals/decide';
import { expirePlans } from '../../src/approvals/expire';
import type { DecisionOutcome, DecisionRequest, DecisionVerb } from '../../src/approvals/outcome';
import type { ApprovalPorts } from '../../src/approvals/ports';
import { checkAuthority } from '../../src/approvals/recheck';
import { storeDraft } from '../../src/approvals/store-draft';
import { makePlan } from '../../src/plan/make';
import type { Person, Step } from '../../src/plan/types';
import { listAudit } from '../../src/store/audit';
import type { Job } from '../../src/store/enqueue';
import { mintNonce } from '../../src/store/nonces';
import { listCards } from '../../src/store/outbox';
import { saveConversation } from '../../src/store/conversations';
import { readRecord } from '../../src/store/records';
import { plans } from '../../src/store/schema';
import { FakeDirectory, tenantConfig } from '../helpers/fake-directory';
import { closedGraph, fakeStep, FakeWorld } from '../helpers/fake-steps';
import { dialects, openTestStore, type TestStore } from '../helpers/stores';

const role = 'role-a';
const operator = '8ac3fc64-6eca-42ea-9e69-59f4c7b60eb2';
const globalAdministrator = '62e90394-69f5-4237-9190-012177145e10';

describe.each(dialects)('deciding on %s', (dialect) => {
  let opened: TestStore;
  let ports: ApprovalPorts;
  let directory: FakeDirectory;
  let jobs: Job[];
  let asker: Person;
  let sourceAdmin: Person;
  let targetAdmin: Person;

  beforeAll(async () => {
    opened = await openTestStore(dialect);
  }, 120_000);
  afterAll(async () => opened.end(), 60_000);

  beforeEach(async () => {
    await opened.store.db.delete(plans); // a plan that is left open would hold the place of the next
    directory = new FakeDirectory();
    jobs = [];
    ports = {
      store: opened.store,
      directory,
      tenants: [
        tenantConfig('aa'),
        tenantConfig('bb', { approvers: { tenantId: 'aa', groupId: 'delegates' } }),
        tenantConfig('cc'),
      ],
      enqueue: async (_tx, job) => void jobs.push(job),
      readBack: async () => 'different',
    };
    asker = await met('aa', 'asker', [operator, role]);
    sourceAdmin = await met('aa', 'source', [role]);
    targetAdmin = await met('bb', 'target', [role]);
  });

  async function met(tenantId: string, name: string, roles: string[] = []): Promise<Person> {
    const person = directory.add(tenantId, name, { roles });
    await saveConversation(opened.store.db, {
      conversationId: `chat-${name}`,
      kind: 'personal',
      serviceUrl: 'http://127.0.0.1:1/',
      tenantId,
      botId: 'bot',
      person: { ...person, teamsUserId: name },
    });
    return person;
  }

  function twoTenants(affectedUsers = 0): readonly Step[] {
    const world = new FakeWorld();
    const operation = 'partners.create';
    return [
      fakeStep(world, { name: 'partner-target', side: 'target', wanted: { one: 'x' }, operation }),
      fakeStep(world, { name: 'partner-source', side: 'source', wanted: { two: 'y' }, affectedUsers }),
    ];
  }

  async function draft(steps = twoTenants(), kind: 'setup' | 'start' = 'setup'): Promise<string> {
    const tenant = (key: string) => ({ tenantId: key, key, displayName: key, cloud: 'public' }) as const;
    const made = await makePlan({
      kind,
      link: { source: tenant('aa'), target: tenant('bb') },
      requester: asker,
      desired: null,
      subject: null,
      steps,
      source: closedGraph.read('aa'),
      target: closedGraph.read('bb'),
    });
    if (!made) throw new Error('nothing to do');
    const stored = await storeDraft(ports, { made, conversationId: 'chat-asker' });
    if (typeof stored === 'string') throw new Error(stored);
    return stored.planId;
  }

  async function wish(
    planId: string,
    person: Person,
    verb: DecisionVerb,
    changes: Partial<DecisionRequest> & { forTenantId?: string } = {},
  ): Promise<DecisionOutcome> {
    const { forTenantId = person.tenantId, ...rest } = changes;
    const isVote = verb === 'approve' || verb === 'reject';
    const reader = { planId, revision: 1, person, forTenantId: isVote ? forTenantId : null };
    const nonce = await mintNonce(opened.store.db, reader);
    const base = { verb, planId, revision: 1, nonce, person, reason: 'because', typedCount: null } as const;
    return decide(ports, { ...base, surface: 'execute', ...rest });
  }

  async function submit(steps?: readonly Step[]): Promise<string> {
    const planId = await draft(steps);
    expect(await wish(planId, asker, 'submit')).toMatchObject({ type: 'recorded' });
    jobs = [];
    return planId;
  }

  const state = async (planId: string) => (await readRecord(opened.store.db, planId))?.state;
  const applied = () => jobs.filter((job) => job.name === 'apply');

  it('asks those who may approve for each tenant, and nobody else', async () => {
    await met('aa', 'idle');
    await met('bb', 'idle-too');
    const planId = await submit();
    const cards = await listCards(opened.store.db, planId);
    expect(cards.map((card) => [card.role, card.tenantId, card.personObjectId]).sort()).toEqual([
      ['approver', 'aa', 'source-id'],
      ['approver', 'bb', 'target-id'],
      ['requester', 'aa', 'asker-id'],
    ]);
  });

  it('approves only when every changed tenant has said yes, and queues the work once', async () => {
    const planId = await submit();
    expect(await wish(planId, targetAdmin, 'approve')).toMatchObject({
      type: 'recorded',
      state: 'submitted',
    });
    expect(applied()).toEqual([]);
    expect(await wish(planId, sourceAdmin, 'approve')).toMatchObject({ type: 'recorded', state: 'approved' });
    expect(applied()).toEqual([{ name: 'apply', planId }]);
  });

  it.each<
    [
      string,
      Partial<{ roles: string[]; eligible: string[]; isExternal: boolean; accountEnabled: boolean | null }>,
      string,
    ]
  >([
    ['has no role', { roles: [] }, 'no-role'],
    ['holds another role', { roles: ['role-b'] }, 'no-role'],
    ['is only eligible', { roles: [], eligible: [role] }, 'eligible-only'],
    ['is a guest', { isExternal: true }, 'guest'],
    ['is disabled', { accountEnabled: false }, 'disabled'],
    ['has an unreadable account state', { accountEnabled: null }, 'disabled'],
  ])('refuses an approval of a person who %s', async (_name, changes, why) => {
    const planId = await submit();
    Object.assign(directory.of(targetAdmin), changes);
    expect(await wish(planId, targetAdmin, 'approve')).toMatchObject({ type: 'not-allowed', why });
    expect((await readRecord(opened.store.db, planId))?.decisions).toEqual([]);
  });

  it('refuses everybody while the directory does not answer', async () => {
    const planId = await submit();
    directory.isDown = true;
    for (const verb of ['approve', 'reject'] as const) {
      expect(await wish(planId, targetAdmin, verb)).toMatchObject({
        type: 'not-allowed',
        why: 'lookup-failed',
      });
    }
    expect(await state(planId)).toBe('submitted');
  });

  it('does not know a person whom the directory does not know', async () => {
    const planId = await submit();
    const ghost = { tenantId: 'bb', objectId: 'ghost-id', displayName: 'Ghost' };
    expect(await wish(planId, ghost, 'approve')).toEqual(
      expect.objectContaining({
        type: 'not-allowed',
        why: 'unknown-person',
        whoMay: [],
        roleTemplateIds: [],
      }),
    );
  });

  it('shows a plan of two tenants to nobody of a third, and asks Graph nothing for strangers', async () => {
    const planId = await submit();
    const other = await met('cc', 'other', [role, globalAdministrator]);
    const stranger = { tenantId: 'zz', objectId: 'stranger-id', displayName: 'Stranger' };
    const before = directory.asked;
    for (const person of [other, stranger]) {
      expect(await wish(planId, person, 'approve', { forTenantId: 'aa' })).toEqual({ type: 'gone' });
    }
    expect(await wish('PL-9999', asker, 'withdraw')).toEqual({ type: 'gone' });
    expect(directory.asked).toBe(before);
  });

  it('never lets the requester approve, whatever roles they hold and whatever the card says', async () => {
    directory.of(asker).roles.push(globalAdministrator);
    const planId = await submit();
    for (const forTenantId of ['aa', 'bb']) {
      expect(await wish(planId, asker, 'approve', { forTenantId })).toEqual({ type: 'own-request' });
    }
    const shouting = { ...asker, objectId: 'ASKER-ID', tenantId: 'AA', displayName: 'Somebody else' };
    expect(await wish(planId, shouting, 'approve')).toEqual({ type: 'own-request' });
  });

  it('lets only people of a tenant decide for it', async () => {
    const planId = await submit();
    directory.of(sourceAdmin).roles.push(globalAdministrator);
    expect(await wish(planId, sourceAdmin, 'approve', { forTenantId: 'bb' })).toMatchObject({
      type: 'not-allowed',
      why: 'no-role',
    });
  });

  it('lets the delegates of a tenant decide for it from home', async () => {
    const planId = await submit();
    directory.of(sourceAdmin).groups.push('delegates');
    expect(await wish(planId, sourceAdmin, 'approve', { forTenantId: 'bb' })).toMatchObject({
      type: 'recorded',
    });
    expect(await wish(planId, sourceAdmin, 'approve', { forTenantId: 'aa' })).toMatchObject({
      state: 'approved',
    });
  });

  it('tells a second voice that it has spoken, and rejects nothing after an approval', async () => {
    const planId = await submit();
    await wish(planId, targetAdmin, 'approve');
    for (const verb of ['approve', 'reject'] as const) {
      expect(await wish(planId, targetAdmin, verb)).toMatchObject({
        type: 'already-decided',
        decision: 'approved',
      });
    }
    expect((await readRecord(opened.store.db, planId))?.decisions).toHaveLength(1);
  });

  it.each([
    ['another revision', { revision: 2 }],
    ['a nonce that was never given', { nonce: 'guess' }],
    ['no nonce', { nonce: null }],
  ])('has no effect for a card with %s', async (_name, changes) => {
    const planId = await submit();
    expect(await wish(planId, targetAdmin, 'approve', changes)).toMatchObject({ type: 'superseded' });
    expect((await readRecord(opened.store.db, planId))?.decisions).toEqual([]);
  });

  it('has no effect for a card that was made for somebody else', async () => {
    const planId = await submit();
    const reader = { planId, revision: 1, person: sourceAdmin, forTenantId: 'aa' };
    const nonce = await mintNonce(opened.store.db, reader);
    expect(await wish(planId, targetAdmin, 'approve', { nonce })).toMatchObject({ type: 'superseded' });
  });

  it('ends with one rejection, which needs a reason, by text too', async () => {
    const planId = await submit();
    expect(await wish(planId, sourceAdmin, 'reject', { reason: '  ' })).toEqual({ type: 'reason-needed' });
    const text = { nonce: null, revision: null, surface: 'text' } as const;
    expect(await wish(planId, sourceAdmin, 'reject', text)).toMatchObject({ state: 'rejected' });
    expect(await wish(planId, targetAdmin, 'approve')).toEqual({ type: 'wrong-state', state: 'rejected' });
    expect((await readRecord(opened.store.db, planId))?.ending?.text).toBe('source rejected it: because');
    expect(applied()).toEqual([]);
  });

  it('has exactly one winner of approve, reject and withdraw at once', async () => {
    for (let round = 0; round < 10; round += 1) {
      await opened.store.db.delete(plans);
      const planId = await submit();
      await wish(planId, targetAdmin, 'approve');
      jobs = [];
      const outcomes = await Promise.all([
        wish(planId, sourceAdmin, 'approve'),
        wish(planId, await met('aa', 'second', [role]), 'reject'),
        wish(planId, asker, 'withdraw'),
      ]);
      const won = outcomes.filter((one) => one.type === 'recorded');
      // A withdrawal may still follow an approval, before the work begins; nothing follows a rejection.
      const end = await state(planId);
      expect(['approved', 'rejected', 'withdrawn']).toContain(end);
      if (end === 'rejected') expect(won).toHaveLength(1);
      expect(won.length).toBeLessThanOrEqual(end === 'withdrawn' ? 2 : 1);
    }
  });

  it('counts nothing that comes after the time is over', async () => {
    const planId = await submit();
    await opened.store.db.update(plans).set({ expiresAt: new Date(0) });
    expect(await wish(planId, targetAdmin, 'approve')).toEqual({ type: 'expired' });
    expect(await state(planId)).toBe('submitted');
    expect(await expirePlans(ports)).toBeGreaterThanOrEqual(1);
    expect(await state(planId)).toBe('expired');
    expect((await readRecord(opened.store.db, planId))?.ending?.text).toContain('target');
    expect(await wish(planId, targetAdmin, 'approve')).toEqual({ type: 'expired' });
  });

  it('is not submitted when nobody who may approve can be reached, and says who could', async () => {
    directory.of(targetAdmin).roles = [];
    directory.add('bb', 'distant', { roles: [role] });
    const planId = await draft();
    expect(await wish(planId, asker, 'submit')).toEqual({
      type: 'nobody-reachable',
      tenantId: 'bb',
      needed: 1,
      couldApprove: [{ tenantId: 'bb', objectId: 'distant-id', displayName: 'distant' }],
    });
    expect(await state(planId)).toBe('draft');
  });

  it('is submitted, withdrawn and discarded by its requester alone', async () => {
    const planId = await draft();
    for (const verb of ['submit', 'discard', 'confirm', 'withdraw'] as const) {
      expect(await wish(planId, sourceAdmin, verb)).toMatchObject({
        type: 'not-allowed',
        why: 'not-requester',
      });
    }
    expect(await wish(planId, asker, 'confirm')).toEqual({ type: 'wrong-state', state: 'draft' });
    expect(await wish(planId, asker, 'discard')).toMatchObject({ state: 'withdrawn' });
    expect(await wish(planId, asker, 'submit')).toMatchObject({
      type: 'already-decided',
      decision: 'withdrawn',
    });
  });

  it('is submitted only by a person who may change something there now', async () => {
    const planId = await draft();
    directory.of(asker).roles = [role];
    expect(await wish(planId, asker, 'submit')).toMatchObject({ type: 'not-allowed', why: 'no-role' });
  });

  it('lets the requester confirm a T1 plan with the role, and not without', async () => {
    const steps = [
      fakeStep(new FakeWorld(), { name: 'start-job', side: 'source', wanted: { on: 'yes' }, tier: 'T1' }),
    ];
    const planId = await draft(steps, 'start');
    directory.of(asker).roles = [operator];
    expect(await wish(planId, asker, 'confirm')).toMatchObject({ type: 'not-allowed', why: 'no-role' });
    directory.of(asker).roles = [operator, role];
    expect(await wish(planId, asker, 'submit')).toEqual({ type: 'wrong-state', state: 'draft' });
    expect(await wish(planId, asker, 'confirm')).toMatchObject({ type: 'recorded', state: 'approved' });
    expect(applied()).toEqual([{ name: 'apply', planId }]);
    const record = await readRecord(opened.store.db, planId);
    expect(record?.decisions).toMatchObject([{ decision: 'confirmed', authority: role }]);
  });

  it('wants two different people and the typed count for a T3 plan of one tenant', async () => {
    const second = await met('aa', 'second', [role]);
    const many = [
      fakeStep(new FakeWorld(), {
        name: 'assignments',
        side: 'source',
        wanted: { group: 'big' },
        affectedUsers: 40,
      }),
    ];
    const planId = await submit(many);
    expect(await wish(planId, sourceAdmin, 'approve')).toEqual({ type: 'count-needed' });
    expect(await wish(planId, sourceAdmin, 'approve', { typedCount: 4 })).toEqual({ type: 'count-needed' });
    expect(await wish(planId, sourceAdmin, 'approve', { typedCount: 40 })).toMatchObject({
      state: 'submitted',
    });
    expect(await wish(planId, sourceAdmin, 'approve', { typedCount: 40 })).toMatchObject({
      type: 'already-decided',
    });
    expect(await wish(planId, second, 'approve', { typedCount: 40 })).toMatchObject({ state: 'approved' });
  });

  it('does not count approvals of people who lost the role before the work begins', async () => {
    const planId = await submit();
    await wish(planId, targetAdmin, 'approve');
    await wish(planId, sourceAdmin, 'approve');
    const record = (await readRecord(opened.store.db, planId))!;
    expect(await checkAuthority(ports, record)).toEqual({ type: 'stands' });
    directory.of(targetAdmin).roles = [];
    expect(await checkAuthority(ports, record)).toMatchObject({ type: 'lost' });
    directory.isDown = true;
    expect(await checkAuthority(ports, record)).toEqual({ type: 'unknown' });
  });

  it('leaves one audit record of a refusal in ten minutes, and none of people it does not know', async () => {
    const planId = await submit();
    const idle = await met('bb', 'idle');
    const guest = directory.add('bb', 'guest', { isExternal: true, roles: [role] });
    for (let time = 0; time < 3; time += 1) {
      await wish(planId, idle, 'approve');
      await wish(planId, guest, 'approve');
    }
    const records = await listAudit(opened.store.db, { planId, limit: 100 });
    const refusals = records.map((one) => JSON.parse(one.record)).filter((one) => one.event === 'refused');
    expect(refusals).toHaveLength(1);
    expect(refusals[0].actor.objectId).toBe('idle-id');
  });

  it('keeps who decided, for which tenant, through which role and in which words', async () => {
    const planId = await submit();
    await wish(planId, targetAdmin, 'approve');
    const records = await listAudit(opened.store.db, { planId, limit: 100 });
    const events = records.map((one) => JSON.parse(one.record));
    expect(events.map((one) => one.event)).toEqual(['submitted', 'approved']);
    expect(events[1]).toMatchObject({
      actor: targetAdmin,
      facts: { forTenantId: 'bb', authority: role, reason: 'because', surface: 'execute' },
    });
  });
});
