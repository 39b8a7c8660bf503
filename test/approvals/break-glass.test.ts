import { eq, sql } from 'drizzle-orm';
import { breakGlassOn } from '../../src/approvals/break-glass';
import { decide } from '../../src/approvals/decide';
import { delegateRequest } from '../../src/approvals/delegate';
import { expirePlans } from '../../src/approvals/expire';
import { freezeScope } from '../../src/approvals/freeze';
import type { ApprovalPorts } from '../../src/approvals/ports';
import { checkAuthority } from '../../src/approvals/recheck';
import { applyPlan } from '../../src/plan/apply';
import type { Person, PlanContent, Quorum } from '../../src/plan/types';
import { listAudit } from '../../src/store/audit';
import { saveConversation } from '../../src/store/conversations';
import { insertQuorums } from '../../src/store/decisions';
import { deleteFreeze, findFreezeOf } from '../../src/store/freezes';
import { mintNonce } from '../../src/store/nonces';
import { listCards } from '../../src/store/outbox';
import { insertPlan } from '../../src/store/plans';
import { readRecord } from '../../src/store/records';
import { breakGlass, incidents, plans } from '../../src/store/schema';
import { muteSubscription, saveSubscription } from '../../src/store/subscriptions';
import { tenantConfig } from '../helpers/fake-directory';
import { everyKind } from '../helpers/every-kind';
import { closedGraph } from '../helpers/fake-steps';
import { dialects, openTestStore, type TestStore } from '../helpers/stores';
import { affected, contentOf, tierOf } from './support/cell-plan';
import type { Cell } from './support/cells';
import { WireDirectory } from './support/wire-directory';

const directory = new WireDirectory();
const met = (tenantId: string, name: string) => directory.addApprover(tenantId, name);
const [asker, first, keeper, other, unnamed] = [
  met('aa', 'asker'),
  met('aa', 'first'),
  met('aa', 'keeper'),
  met('aa', 'other'),
  met('aa', 'unnamed'),
];
const [there, farKeeper, distant] = [met('bb', 'there'), met('bb', 'far-keeper'), met('aa', 'distant')];
const full = [...directory.of(first).roles];
const named = [asker, keeper, other, distant].map((one) => one.objectId);

beforeEach(() => {
  directory.isDown = false;
  for (const one of [asker, first, there]) directory.of(one).roles = [...full];
  for (const one of [keeper, other, unnamed, farKeeper, distant]) {
    Object.assign(directory.of(one), { roles: [], eligible: [], groups: [] });
  }
  directory.change(keeper, {});
});

describe.each(dialects)('break-glass on %s', (dialect) => {
  let opened: TestStore;
  let ports: ApprovalPorts;

  beforeAll(async () => {
    opened = await openTestStore(dialect);
    ports = {
      store: opened.store,
      directory,
      tenants: [
        { ...tenantConfig('aa'), breakGlass: named },
        {
          ...tenantConfig('bb', { approvers: { tenantId: 'aa', groupId: 'approvers' } }),
          breakGlass: [farKeeper.objectId],
        },
      ],
      enqueue: async () => undefined,
      readBack: async () => 'different',
    };
    for (const person of [asker, first, keeper, other, unnamed, there, farKeeper]) {
      await place(`chat-${person.displayName}`, 'personal', person);
    }
    await place('the-channel', 'channel', null);
    await subscribe('the-channel');
    await subscribe('chat-first');
    await muteSubscription(opened.store.db, 'the-channel', link, 3600);
  }, 120_000);
  afterAll(() => opened.end(), 60_000);

  const link = { sourceTenantId: 'aa', targetTenantId: 'bb' };

  async function place(conversationId: string, kind: 'personal' | 'channel', person: Person | null) {
    await saveConversation(opened.store.db, {
      ...{ conversationId, kind, serviceUrl: 'http://127.0.0.1:1/', tenantId: 'aa', botId: 'bot' },
      person: person && { ...person, teamsUserId: person.displayName },
    });
  }

  function subscribe(conversationId: string) {
    return saveSubscription(opened.store.db, {
      ...link,
      conversationId,
      severity: 'problems',
      subscribedBy: first,
    });
  }

  /** A plan that waits: T3-one needs two people of `aa`, T2 one of each tenant. */
  async function waiting(tier: Cell['tier'] = 'T3-one', named_: Person | null = null): Promise<string> {
    const { db } = opened.store;
    const content = { ...contentOf(tier, asker, String(Math.random()), named_), revision: 1 };
    const rest = { tierRaise: null, isDestructive: false, askedInConversationId: null };
    const digest = String(Math.random());
    const planId = await insertPlan(db, { ...rest, content, digest, tier: tierOf(tier) });
    await db
      .update(plans)
      .set({ state: 'submitted', expiresAt: sql`now() + interval '8 hours'` })
      .where(eq(plans.id, planId));
    const quorum = (tenantId: string, needed: number, one: Person): Quorum => ({
      ...{ tenantId, needed, candidates: [one] },
    });
    const quorums =
      tier === 'T3-one' ? [quorum('aa', 2, first)] : [quorum('aa', 1, first), quorum('bb', 1, there)];
    await insertQuorums(db, planId, 1, quorums);
    return planId;
  }

  /** One tenant, one approver: what a role alone could decide. */
  async function small(): Promise<string> {
    const planId = await waiting('T3-one');
    await opened.store.db.update(plans).set({ tier: 'T2' }).where(eq(plans.id, planId));
    await opened.store.db.execute(sql`update quorums set needed = 1 where plan_id = ${planId}`);
    return planId;
  }

  const tenant = (key: string) => ({ tenantId: key, key, displayName: key, cloud: 'public' }) as const;
  const apply = (planId: string) =>
    applyPlan(planId, {
      ...{ store: opened.store, enqueue: ports.enqueue, steps: everyKind([]), graph: closedGraph },
      findLink: () => ({ source: tenant('aa'), target: tenant('bb') }),
      checkAuthority: (one) => checkAuthority(ports, one),
      pace: { sleep: async () => undefined, elapsed: () => 0 },
      isStopping: () => false,
    });

  async function approve(
    planId: string,
    person: Person,
    forTenantId = 'aa',
    count: number | null = affected,
  ) {
    const reader = { planId, revision: 1, person, forTenantId };
    const nonce = await mintNonce(opened.store.db, reader);
    const rest = { reason: null, typedCount: count, surface: 'execute' } as const;
    return decide(ports, { verb: 'approve', planId, revision: 1, nonce, person, ...rest });
  }

  const smash = (planId: string, person: Person) => breakGlassOn(ports, planId, person, 'nobody is awake');
  const record = async (planId: string) => (await readRecord(opened.store.db, planId))!;
  const audit = async (planId: string) =>
    (await listAudit(opened.store.db, { planId, limit: 20 })).map((one) => JSON.parse(one.record));

  /** Makes the database's clock say that it was opened earlier. */
  const ago = (planId: string, seconds: number) =>
    opened.store.db
      .update(breakGlass)
      .set({ openedAt: sql`clock_timestamp() - make_interval(secs => ${seconds})` })
      .where(eq(breakGlass.planId, planId));

  it('asks the person too, tells every subscribed place though it is muted, and leaves a record', async () => {
    const planId = await waiting();
    expect(await smash(planId, keeper)).toMatchObject({ type: 'opened', tenantId: 'aa', places: 2 });
    const { quorums, breakGlass: broken } = await record(planId);
    expect(quorums[0]?.candidates).toEqual([first, keeper]);
    expect(broken).toMatchObject([{ person: keeper, reason: 'nobody is awake', isLive: true }]);
    const [glass] = broken!;
    expect(Date.parse(glass!.expiresAt) - Date.parse(glass!.openedAt)).toBe(3_600_000);
    expect(
      (await listCards(opened.store.db, planId)).map((card) => [card.role, card.conversationId]),
    ).toEqual([['approver', 'chat-keeper']]);
    const [incident] = await opened.store.db.select().from(incidents);
    const notices = await listCards(opened.store.db, incident!.id);
    expect(notices.map((card) => card.conversationId).toSorted()).toEqual(['chat-first', 'the-channel']);
    expect(incident).toMatchObject({
      kind: 'break-glass',
      facts: { planId, person: 'keeper', reason: 'nobody is awake', reviewers: ['first'] },
    });
    expect((await audit(planId)).at(-1)).toMatchObject({
      event: 'break-glass-opened',
      actor: keeper,
      facts: { reason: 'nobody is awake', authority: 'break-glass', forTenantId: 'aa', places: 2 },
    });
  });

  it('makes up a quorum with an approver, by the same press, and marks the voice', async () => {
    const planId = await waiting();
    expect(await approve(planId, keeper)).toMatchObject({ type: 'not-allowed', why: 'no-role' });
    await smash(planId, keeper);
    expect(await approve(planId, keeper, 'aa', null)).toEqual({ type: 'count-needed' });
    expect(await approve(planId, keeper)).toMatchObject({ type: 'recorded', state: 'submitted' });
    expect((await audit(planId)).at(-1)).toMatchObject({
      event: 'approved',
      facts: { authority: 'break-glass' },
    });
    expect(await approve(planId, keeper)).toMatchObject({ type: 'already-decided' });
    expect(await approve(planId, first)).toMatchObject({ type: 'recorded', state: 'approved' });
    expect(await checkAuthority(ports, await record(planId))).toEqual({ type: 'stands' });
  });

  it('never lets one person do it alone, even where one approver would be enough', async () => {
    const planId = await small();
    await smash(planId, keeper);
    expect(await approve(planId, keeper)).toMatchObject({ type: 'recorded', state: 'submitted' });
    expect(await smash(planId, other)).toMatchObject({ type: 'opened' });
    expect(await approve(planId, other)).toMatchObject({ type: 'recorded', state: 'approved' });
    expect(await checkAuthority(ports, await record(planId))).toEqual({ type: 'stands' });
  });

  it('is not done by one person who has two rights: break-glass here and a group there', async () => {
    const planId = await waiting('T2');
    directory.of(keeper).groups = ['approvers'];
    await smash(planId, keeper);
    expect(await approve(planId, keeper, 'aa')).toMatchObject({ type: 'recorded', state: 'submitted' });
    expect(await approve(planId, keeper, 'bb')).toMatchObject({ type: 'recorded', state: 'submitted' });
    expect(await approve(planId, first, 'aa')).toMatchObject({ type: 'recorded', state: 'approved' });
  });

  it('counts for two tenants with two people', async () => {
    const planId = await waiting('T2');
    await smash(planId, keeper);
    expect(await approve(planId, keeper, 'aa')).toMatchObject({ state: 'submitted' });
    expect(await approve(planId, there, 'bb')).toMatchObject({ state: 'approved' });
  });

  it('leaves an approver’s own right as it was', async () => {
    const planId = await small();
    await smash(planId, keeper);
    expect(await approve(planId, first)).toMatchObject({ state: 'approved' });
  });

  it('gives no right for the other tenant, and none to hand on', async () => {
    const planId = await waiting('T2');
    await smash(planId, keeper);
    expect(await approve(planId, keeper, 'bb')).toMatchObject({ type: 'not-allowed', why: 'no-role' });
    expect(await delegateRequest(ports, planId, keeper, first)).not.toMatchObject({ type: 'delegated' });
  });

  it('is over after an hour: before the press', async () => {
    const planId = await waiting();
    await smash(planId, keeper);
    await ago(planId, 3_599);
    expect((await record(planId)).breakGlass?.[0]?.isLive).toBe(true);
    await ago(planId, 3_601);
    expect(await approve(planId, keeper)).toMatchObject({ type: 'not-allowed', why: 'no-role' });
    expect(await smash(planId, keeper)).toEqual({ type: 'opened-before' });
  });

  it('is over after an hour: between the press and the second voice', async () => {
    const planId = await waiting();
    await smash(planId, keeper);
    await approve(planId, keeper);
    await ago(planId, 3_601);
    expect(await approve(planId, first)).toMatchObject({ type: 'recorded', state: 'submitted' });
  });

  it('is over after an hour: between the last press and the run', async () => {
    const planId = await waiting();
    await smash(planId, keeper);
    await approve(planId, keeper);
    await approve(planId, first);
    await ago(planId, 3_601);
    expect(await checkAuthority(ports, await record(planId))).toMatchObject({
      type: 'lost',
      text: expect.stringMatching(/^keeper may no longer/),
    });
  });

  it.each<[string, () => void]>([
    ['is disabled', () => directory.change(keeper, { accountEnabled: false })],
    ['is a guest', () => directory.change(keeper, { userType: 'Guest' })],
    ['is gone', () => directory.change(keeper, null)],
  ])('does not stand when, before the run, the person %s', async (_name, happens) => {
    const planId = await waiting();
    await smash(planId, keeper);
    await approve(planId, keeper);
    await approve(planId, first);
    happens();
    expect(await checkAuthority(ports, await record(planId))).toMatchObject({ type: 'lost' });
  });

  it('does not stand when the settings name the person no more, or the directory does not answer', async () => {
    const planId = await waiting();
    await smash(planId, keeper);
    await approve(planId, keeper);
    await approve(planId, first);
    const tenants = [{ ...tenantConfig('aa'), breakGlass: [other.objectId] }, tenantConfig('bb')];
    expect(await checkAuthority({ ...ports, tenants }, await record(planId))).toMatchObject({ type: 'lost' });
    directory.isDown = true;
    expect(await checkAuthority(ports, await record(planId))).toEqual({ type: 'unknown' });
  });

  const none = () => undefined;
  it.each<[string, Person, Record<string, unknown>, () => void]>([
    ['by the requester', asker, { type: 'own-request' }, none],
    [
      'by the requester in capital letters',
      { ...asker, objectId: 'ASKER-ID' },
      { type: 'own-request' },
      none,
    ],
    ['by somebody who is not named', unnamed, { type: 'not-named' }, none],
    ['by somebody named for another tenant', farKeeper, { type: 'nothing-missing' }, none],
    ['by a stranger', { ...keeper, tenantId: 'zz' }, { type: 'gone' }, none],
    ['without a chat', distant, { type: 'no-personal-chat' }, none],
    [
      'by a named guest',
      keeper,
      { type: 'not-allowed', why: 'guest' },
      () => directory.change(keeper, { userType: 'Guest' }),
    ],
    [
      'by a named person who is disabled',
      keeper,
      { type: 'not-allowed', why: 'disabled' },
      () => directory.change(keeper, { accountEnabled: false }),
    ],
    [
      'by a named person who is gone',
      keeper,
      { type: 'not-allowed', why: 'unknown-person' },
      () => directory.change(keeper, null),
    ],
    [
      'while the directory does not answer',
      keeper,
      { type: 'not-allowed', why: 'lookup-failed' },
      () => (directory.isDown = true),
    ],
    [
      'by somebody who holds the role',
      keeper,
      { type: 'not-needed' },
      () => (directory.of(keeper).roles = [...full]),
    ],
  ])('is refused %s', async (_name, person, expected, arrange) => {
    const planId = await waiting();
    arrange();
    const before = await record(planId);
    expect(await smash(planId, person)).toMatchObject(expected);
    expect(await record(planId)).toEqual(before);
  });

  it('is refused to whoever the plan changes', async () => {
    const planId = await waiting('T3-one', keeper);
    expect(await smash(planId, keeper)).toEqual({ type: 'not-allowed', why: 'affected' });
  });

  it('is off where the settings name nobody', async () => {
    const planId = await waiting();
    const tenants = [tenantConfig('aa'), tenantConfig('bb')];
    expect(await breakGlassOn({ ...ports, tenants }, planId, keeper, 'why')).toEqual({ type: 'off' });
  });

  it.each(['draft', 'approved', 'applied', 'rejected'] as const)(
    'is refused on a plan that is %s',
    async (state) => {
      const planId = await waiting();
      await opened.store.db.update(plans).set({ state }).where(eq(plans.id, planId));
      expect(await smash(planId, keeper)).toEqual({ type: 'wrong-state', state });
    },
  );

  it('is refused without a reason, and leaves a record of those who tried without a right', async () => {
    const planId = await waiting();
    expect(await breakGlassOn(ports, planId, keeper, ' \n ')).toEqual({ type: 'reason-needed' });
    await smash(planId, unnamed);
    expect((await audit(planId)).at(-1)).toMatchObject({
      event: 'refused',
      actor: unnamed,
      facts: { verb: 'break-glass', why: 'not-named' },
    });
  });

  it('is refused where only a personal chat would hear of it', async () => {
    const planId = await waiting();
    await opened.store.db.execute(
      sql`update subscriptions set state = 'lost' where conversation_id = 'the-channel'`,
    );
    expect(await smash(planId, keeper)).toEqual({ type: 'nobody-told' });
    await subscribe('the-channel');
    expect(await smash(planId, keeper)).toMatchObject({ type: 'opened' });
  });

  it('begins nothing while the link is frozen, and lifts no freeze', async () => {
    const planId = await waiting();
    const wish = { scope: link, ownerTenantId: 'aa', by: first, reason: 'strange sign-ins' };
    const { freeze } = await freezeScope(ports, wish);
    expect(await smash(planId, keeper)).toMatchObject({ type: 'opened' });
    await approve(planId, keeper);
    expect(await approve(planId, first)).toMatchObject({ state: 'approved' });
    expect(await apply(planId)).toMatchObject({ type: 'paused' });
    expect(await record(planId)).toMatchObject({
      state: 'approved',
      startedAt: null,
      freeze: { id: freeze.id },
    });
    const lifting = await waiting();
    const { content } = await record(lifting);
    await opened.store.db
      .update(plans)
      .set({ content: { ...content, kind: 'unfreeze' } })
      .where(eq(plans.id, lifting));
    expect(await smash(lifting, keeper)).toEqual({ type: 'lifts-freeze' });
    expect(await approve(lifting, keeper)).toMatchObject({ type: 'not-allowed', why: 'no-role' });
    expect((await findFreezeOf(opened.store.db, link))?.id).toBe(freeze.id);
    await deleteFreeze(opened.store.db, freeze.id);
    // The very plan begins once nothing holds it: what kept it was the freeze.
    expect(await apply(planId)).not.toMatchObject({ type: 'paused' });
  });

  describe('where too few people who may approve can be reached', () => {
    const T2one = 'T2-many';

    async function submit(tier: Cell['tier'], changes: Partial<PlanContent> = {}, some = ports) {
      const { db } = opened.store;
      const content = { ...contentOf(tier, asker, String(Math.random()), null), revision: 1, ...changes };
      const rest = { tierRaise: null, isDestructive: false, askedInConversationId: null };
      const plan = { ...rest, content, digest: String(Math.random()), tier: tierOf(tier) };
      const planId = await insertPlan(db, plan);
      const nonce = await mintNonce(db, { planId, revision: 1, person: asker, forTenantId: null });
      const press = { planId, revision: 1, nonce, person: asker, reason: 'the switch is misused' };
      const rest2 = { typedCount: null, surface: 'execute' } as const;
      return { planId, outcome: await decide(some, { verb: 'submit', ...press, ...rest2 }) };
    }

    const naming = (people: readonly Person[]): ApprovalPorts => ({
      ...ports,
      tenants: [
        { ...tenantConfig('aa'), breakGlass: people.map((one) => one.objectId) },
        { ...tenantConfig('bb'), breakGlass: [] },
      ],
    });
    const nobody = { type: 'nobody-reachable', tenantId: 'aa' };

    it('is submitted, asks nobody else, and runs once the glass is broken', async () => {
      const { planId, outcome } = await submit('T3-one');
      expect(outcome).toMatchObject({ type: 'recorded', state: 'submitted' });
      const submitted = await record(planId);
      expect(submitted.quorums).toMatchObject([{ tenantId: 'aa', needed: 2, candidates: [first] }]);
      const cards = await listCards(opened.store.db, planId);
      expect(cards.map((one) => one.personObjectId)).toEqual([first.objectId]);
      expect((await audit(planId))[0]?.facts).toMatchObject({ needsBreakGlass: true });
      expect(await approve(planId, keeper)).toMatchObject({ type: 'not-allowed', why: 'no-role' });
      await smash(planId, keeper);
      await approve(planId, keeper);
      expect(await approve(planId, first)).toMatchObject({ state: 'approved' });
    });

    it('is told of as that only where somebody is missing', async () => {
      const { planId, outcome } = await submit(T2one);
      expect(outcome).toMatchObject({ type: 'recorded' });
      expect((await audit(planId))[0]?.event).toBe('submitted');
      expect((await audit(planId))[0]?.facts).not.toHaveProperty('needsBreakGlass');
    });

    it('is submitted for one tenant by the other tenant’s approver and a named person', async () => {
      directory.of(first).roles = [];
      const { planId, outcome } = await submit('T2');
      expect(outcome).toMatchObject({ type: 'recorded' });
      await smash(planId, keeper);
      await approve(planId, keeper);
      expect(await approve(planId, there, 'bb')).toMatchObject({ state: 'approved' });
    });

    it('is submitted on two named people alone, both of whom must break the glass', async () => {
      directory.of(first).roles = [];
      const { planId, outcome } = await submit(T2one);
      expect(outcome).toMatchObject({ type: 'recorded' });
      await smash(planId, keeper);
      expect(await approve(planId, keeper)).toMatchObject({ state: 'submitted' });
      expect(await approve(planId, other)).toMatchObject({ type: 'not-allowed' });
      await smash(planId, other);
      expect(await approve(planId, other)).toMatchObject({ state: 'approved' });
    });

    it.each<[string, readonly Person[], () => void]>([
      ['one named person alone', [keeper], () => undefined],
      ['the requester besides', [keeper, asker], () => undefined],
      ['one without a chat with the bot besides', [keeper, distant], () => undefined],
      [
        'one who is disabled besides',
        [other, keeper],
        () => directory.change(keeper, { accountEnabled: false }),
      ],
      ['one who is a guest besides', [other, keeper], () => directory.change(keeper, { userType: 'Guest' })],
    ])('is not submitted on %s', async (_name, people, arrange) => {
      directory.of(first).roles = [];
      arrange();
      const { planId, outcome } = await submit(T2one, {}, naming(people));
      expect(outcome).toMatchObject({ ...nobody, emergency: 'too-few' });
      expect((await record(planId)).state).toBe('draft');
    });

    it('is not submitted where too few are named, nobody is, or no freeze may be lifted so', async () => {
      const short = await submit('T3-one', {}, naming([distant]));
      expect(short.outcome).toMatchObject({ ...nobody, emergency: 'too-few' });
      const off = await submit('T3-one', {}, naming([]));
      expect(off.outcome).toMatchObject(nobody);
      expect(off.outcome).not.toHaveProperty('emergency');
      const lifting = await submit('T3-one', { kind: 'unfreeze' });
      expect(lifting.outcome).toMatchObject(nobody);
      expect(lifting.outcome).not.toHaveProperty('emergency');
    });

    it('is not submitted where no channel would hear of it', async () => {
      const lost = (state: string) =>
        opened.store.db.execute(
          sql`update subscriptions set state = ${state} where conversation_id = 'the-channel'`,
        );
      await lost('lost');
      const { outcome } = await submit('T3-one');
      await lost('active');
      expect(outcome).toMatchObject({ ...nobody, emergency: 'no-channel' });
    });

    it('says when it expires that nobody broke the glass', async () => {
      directory.of(first).roles = [];
      const { planId } = await submit(T2one);
      await opened.store.db
        .update(plans)
        .set({ expiresAt: new Date(0) })
        .where(eq(plans.id, planId));
      await expirePlans(ports);
      expect((await record(planId)).ending?.text).toContain('nobody broke the glass');
    });
  });

  it('is opened once by two presses at the same moment', async () => {
    const planId = await waiting();
    const types = (await Promise.all([smash(planId, keeper), smash(planId, keeper)])).map(({ type }) => type);
    expect(types.toSorted()).toEqual(['opened', 'opened-before']);
  });
});
