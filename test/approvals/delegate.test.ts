import { eq } from 'drizzle-orm';
import { decide } from '../../src/approvals/decide';
import { delegateRequest } from '../../src/approvals/delegate';
import type { ApprovalPorts } from '../../src/approvals/ports';
import { checkAuthority } from '../../src/approvals/recheck';
import type { Person } from '../../src/plan/types';
import { listAudit } from '../../src/store/audit';
import { saveConversation } from '../../src/store/conversations';
import { insertQuorums } from '../../src/store/decisions';
import { mintNonce } from '../../src/store/nonces';
import { listCards } from '../../src/store/outbox';
import { insertPlan } from '../../src/store/plans';
import { readRecord } from '../../src/store/records';
import { plans } from '../../src/store/schema';
import { tenantConfig } from '../helpers/fake-directory';
import { openTestStore, type TestStore } from '../helpers/stores';
import { affected, contentOf } from './support/cell-plan';
import { WireDirectory } from './support/wire-directory';

let opened: TestStore;
let ports: ApprovalPorts;
const directory = new WireDirectory();
const [asker, first, second, colleague, idle, distant] = [
  'asker',
  'first',
  'second',
  'colleague',
  'idle',
  'distant',
].map((name) => directory.addApprover('aa', name)) as [Person, Person, Person, Person, Person, Person];
const foreigner = directory.addApprover('bb', 'foreigner');

beforeAll(async () => {
  opened = await openTestStore();
  ports = {
    store: opened.store,
    directory,
    tenants: [tenantConfig('aa'), tenantConfig('bb')],
    enqueue: async () => undefined,
    readBack: async () => 'different',
  };
  for (const person of [asker, first, second, colleague, idle, foreigner]) {
    await saveConversation(opened.store.db, {
      conversationId: `chat-${person.displayName}`,
      kind: 'personal',
      serviceUrl: 'http://127.0.0.1:1/',
      tenantId: person.tenantId,
      botId: 'bot',
      person: { ...person, teamsUserId: person.displayName },
    });
  }
}, 120_000);
afterAll(() => opened.end(), 60_000);

const full = [...directory.of(first).roles];
beforeEach(() => {
  for (const person of [first, second, colleague, distant]) directory.of(person).roles = [...full];
  directory.of(idle).roles = [];
});

/** A T3 plan of one tenant that asks two people, who both must say yes. */
async function waiting(): Promise<string> {
  const { db } = opened.store;
  const content = { ...contentOf('T3-one', asker, String(Math.random()), null), revision: 1 };
  const rest = { tierRaise: null, isDestructive: false, askedInConversationId: null };
  const planId = await insertPlan(db, { ...rest, content, digest: String(Math.random()), tier: 'T3' });
  await db.update(plans).set({ state: 'submitted' }).where(eq(plans.id, planId));
  await insertQuorums(db, planId, 1, [{ tenantId: 'aa', needed: 2, candidates: [first, second] }]);
  return planId;
}

async function approve(planId: string, person: Person) {
  const reader = { planId, revision: 1, person, forTenantId: 'aa' };
  const nonce = await mintNonce(opened.store.db, reader);
  const rest = { reason: null, typedCount: affected, surface: 'execute' } as const;
  return decide(ports, { verb: 'approve', planId, revision: 1, nonce, person, ...rest });
}

const record = async (planId: string) => (await readRecord(opened.store.db, planId))!;

it('hands the card to the other person, says so on the plan, and leaves a record of both roles', async () => {
  const planId = await waiting();
  expect(await delegateRequest(ports, planId, first, colleague)).toEqual({
    type: 'delegated',
    forTenantId: 'aa',
    to: colleague,
  });
  expect((await record(planId)).quorums[0]?.candidates).toEqual([
    { ...first, handedTo: colleague },
    second,
    { ...colleague, handedBy: first },
  ]);
  const cards = await listCards(opened.store.db, planId);
  expect(cards.map((card) => [card.role, card.conversationId])).toEqual([['approver', 'chat-colleague']]);
  const [last] = (await listAudit(opened.store.db, { planId, limit: 10 })).map(({ record: one }) =>
    JSON.parse(one),
  );
  expect(last).toMatchObject({
    event: 'delegated',
    actor: first,
    facts: { to: colleague, forTenantId: 'aa' },
  });
  expect(last.facts.authority).toHaveLength(2);
});

it('still wants two different people, whose roles are read at the press and before the first write', async () => {
  const planId = await waiting();
  await delegateRequest(ports, planId, first, colleague);
  expect(await approve(planId, colleague)).toMatchObject({ type: 'recorded', state: 'submitted' });
  expect(await approve(planId, colleague)).toMatchObject({ type: 'already-decided' });
  expect(await approve(planId, second)).toMatchObject({ type: 'recorded', state: 'approved' });
  expect(await checkAuthority(ports, await record(planId))).toEqual({ type: 'stands' });
  directory.of(colleague).roles = [];
  expect(await checkAuthority(ports, await record(planId))).toMatchObject({ type: 'lost' });
});

it('gives nobody a right: whoever lost the role since then is refused', async () => {
  const planId = await waiting();
  await delegateRequest(ports, planId, first, colleague);
  directory.of(colleague).roles = [];
  expect(await approve(planId, colleague)).toMatchObject({ type: 'not-allowed', why: 'no-role' });
  expect((await record(planId)).decisions).toEqual([]);
});

it.each<[string, () => [Person, Person], Record<string, unknown>]>([
  ['to the requester', () => [first, asker], { type: 'cannot-take', why: 'requester' }],
  [
    'to the requester in capital letters',
    () => [first, { ...asker, objectId: 'ASKER-ID' }],
    { why: 'requester' },
  ],
  ['to somebody without the role', () => [first, idle], { type: 'cannot-take', why: 'no-role' }],
  ['to somebody of another tenant', () => [first, foreigner], { type: 'cannot-take', why: 'no-role' }],
  ['to somebody who was asked', () => [first, second], { type: 'cannot-take', why: 'asked-already' }],
  ['to themselves', () => [first, first], { type: 'cannot-take', why: 'asked-already' }],
  ['to somebody without a chat', () => [first, distant], { type: 'cannot-take', why: 'no-personal-chat' }],
  ['by somebody who was not asked', () => [colleague, idle], { type: 'nothing-to-hand-over' }],
  ['by the requester', () => [asker, colleague], { type: 'nothing-to-hand-over' }],
  ['by a stranger', () => [{ ...first, tenantId: 'zz' }, colleague], { type: 'gone' }],
])('is not handed over %s', async (_name, people, expected) => {
  const planId = await waiting();
  const [before, [from, to]] = [await record(planId), people()];
  expect(await delegateRequest(ports, planId, from, to)).toMatchObject(expected);
  expect(await record(planId)).toEqual(before);
});

it('is not handed over by somebody who lost the role, has decided, or has handed it over', async () => {
  const planId = await waiting();
  directory.of(first).roles = [];
  expect(await delegateRequest(ports, planId, first, colleague)).toEqual({
    type: 'not-allowed',
    why: 'no-role',
  });
  await approve(planId, second);
  expect(await delegateRequest(ports, planId, second, colleague)).toEqual({ type: 'nothing-to-hand-over' });
  directory.of(first).roles = [...full];
  await delegateRequest(ports, planId, first, colleague);
  directory.of(idle).roles = [...full];
  expect(await delegateRequest(ports, planId, first, idle)).toEqual({ type: 'nothing-to-hand-over' });
  expect(await delegateRequest(ports, planId, colleague, idle)).toMatchObject({ type: 'delegated' });
});

it('has one winner when it is handed to two people at once', async () => {
  const planId = await waiting();
  directory.of(idle).roles = [...full];
  const both = [colleague, idle].map((to) => delegateRequest(ports, planId, first, to));
  const types = (await Promise.all(both)).map(({ type }) => type);
  expect(types.toSorted()).toEqual(['delegated', 'nothing-to-hand-over']);
  expect((await record(planId)).quorums[0]?.candidates).toHaveLength(3);
});

it('is over once the plan is decided', async () => {
  const planId = await waiting();
  await opened.store.db.update(plans).set({ state: 'rejected' }).where(eq(plans.id, planId));
  expect(await delegateRequest(ports, planId, first, colleague)).toEqual({
    type: 'wrong-state',
    state: 'rejected',
  });
});
