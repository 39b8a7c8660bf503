import { sql } from 'drizzle-orm';
import { decide } from '../../src/approvals/decide';
import { expirePlans } from '../../src/approvals/expire';
import type { DecisionVerb } from '../../src/approvals/outcome';
import type { ApprovalPorts } from '../../src/approvals/ports';
import { storeDraft } from '../../src/approvals/store-draft';
import { applyPlan } from '../../src/plan/apply';
import { makePlan } from '../../src/plan/make';
import type { ApplyPorts } from '../../src/plan/run';
import type { Person } from '../../src/plan/types';
import { saveConversation } from '../../src/store/conversations';
import type { Job } from '../../src/store/enqueue';
import { mintNonce } from '../../src/store/nonces';
import { readRecord } from '../../src/store/records';
import { plans } from '../../src/store/schema';
import { everyKind } from '../helpers/every-kind';
import { FakeDirectory, tenantConfig } from '../helpers/fake-directory';
import { closedGraph, fakeStep, FakeWorld } from '../helpers/fake-steps';
import { dialects, openTestStore, type TestStore } from '../helpers/stores';

const role = 'role-a';
const operator = '8ac3fc64-6eca-42ea-9e69-59f4c7b60eb2';
const tenant = (key: string) => ({ tenantId: key, key, displayName: key, cloud: 'public' }) as const;
const link = { source: tenant('aa'), target: tenant('bb') };

/** The fault: at commit, when everything else of the decision is written already, the audit refuses (safety D2). */
const breakAudit = sql`create constraint trigger no_room after insert on audit deferrable initially deferred
  for each row execute function no_room()`;

describe.each(dialects)('on %s, while the audit takes no record', (dialect) => {
  let opened: TestStore;
  let ports: ApprovalPorts;
  let world: FakeWorld;
  let jobs: Job[];
  let asker: Person;
  let sourceAdmin: Person;
  let targetAdmin: Person;

  beforeAll(async () => {
    opened = await openTestStore(dialect);
    await opened.store.db.execute(
      sql`create function no_room() returns trigger language plpgsql as $$ begin raise exception 'no room'; end $$`,
    );
    const directory = new FakeDirectory();
    ports = {
      store: opened.store,
      directory,
      tenants: [tenantConfig('aa'), tenantConfig('bb')],
      enqueue: async (_tx, job) => void jobs.push(job),
      readBack: async () => 'different',
    };
    const met = async (tenantId: string, name: string, roles: string[]) => {
      const person = directory.add(tenantId, name, { roles });
      const chat = { kind: 'personal', serviceUrl: 'http://127.0.0.1:1/', botId: 'bot' } as const;
      await saveConversation(opened.store.db, {
        ...{ ...chat, conversationId: `chat-${name}`, tenantId },
        person: { ...person, teamsUserId: name },
      });
      return person;
    };
    asker = await met('aa', 'asker', [operator, role]);
    sourceAdmin = await met('aa', 'source', [role]);
    targetAdmin = await met('bb', 'target', [role]);
  }, 120_000);
  afterAll(async () => opened.end(), 60_000);

  beforeEach(async () => {
    await opened.store.db.delete(plans);
    world = new FakeWorld();
    jobs = [];
  });
  afterEach(async () => opened.store.db.execute(sql`drop trigger if exists no_room on audit`));

  const stepsOf = () => [
    fakeStep(world, { name: 'partner-target', side: 'target', wanted: { one: 'x' } }),
    fakeStep(world, { name: 'partner-source', side: 'source', wanted: { two: 'y' } }),
  ];

  async function draft(tier: 'T1' | 'T2'): Promise<string> {
    const made = await makePlan({
      ...{ kind: tier === 'T1' ? 'start' : 'setup', link, requester: asker, desired: null, subject: null },
      ...{ steps: tier === 'T1' ? stepsOf().slice(1) : stepsOf() },
      ...{ source: closedGraph.read('aa'), target: closedGraph.read('bb') },
      ...{ isSubjectPrivileged: false, revision: 1, verified: null },
    } as Parameters<typeof makePlan>[0]);
    const stored = await storeDraft(ports, { made: { ...made!, tier }, conversationId: 'chat-asker' });
    if (typeof stored === 'string') throw new Error(stored);
    return stored.planId;
  }

  async function wish(planId: string, person: Person, verb: DecisionVerb) {
    const forTenantId = person === asker ? null : person.tenantId;
    const nonce = await mintNonce(opened.store.db, { planId, revision: 1, person, forTenantId });
    const words = { reason: 'because', typedCount: null, surface: 'execute' } as const;
    return decide(ports, { verb, planId, revision: 1, nonce, person, ...words });
  }

  const rows = async () => {
    const { db } = opened.store;
    const count = async (table: string) =>
      (await db.execute(sql.raw(`select count(*)::int as count from ${table}`))) as { rows: unknown[] };
    const tables = ['plans', 'decisions', 'quorums', 'audit', 'change_runs', 'cards'];
    const counts = await Promise.all(tables.map(count));
    return { counts: counts.map((one) => one.rows), jobs: jobs.length };
  };

  const decisions: readonly (readonly [DecisionVerb, 'T1' | 'T2', () => Person, readonly DecisionVerb[]])[] =
    [
      ['submit', 'T2', () => asker, []],
      ['discard', 'T2', () => asker, []],
      ['confirm', 'T1', () => asker, []],
      ['approve', 'T2', () => targetAdmin, ['submit']],
      ['reject', 'T2', () => sourceAdmin, ['submit']],
      ['withdraw', 'T2', () => asker, ['submit']],
    ];

  it.each(decisions)('there is no %s (%s)', async (verb, tier, person, before) => {
    const planId = await draft(tier);
    for (const one of before) await wish(planId, asker, one);
    const stood = { record: await readRecord(opened.store.db, planId), ...(await rows()) };
    await opened.store.db.execute(breakAudit);
    await expect(wish(planId, person(), verb)).rejects.toThrow();
    const stands = { record: await readRecord(opened.store.db, planId), ...(await rows()) };
    expect({ ...stands, jobs: 0 }).toEqual({ ...stood, jobs: 0 });
    await opened.store.db.execute(sql`drop trigger no_room on audit`);
    expect(await wish(planId, person(), verb)).toMatchObject({ type: 'recorded', verb });
  });

  it('nothing expires', async () => {
    const planId = await draft('T2');
    await opened.store.db.update(plans).set({ expiresAt: new Date(Date.now() - 1_000) });
    await opened.store.db.execute(breakAudit);
    await expect(expirePlans(ports)).rejects.toThrow();
    expect((await readRecord(opened.store.db, planId))?.state).toBe('draft');
    await opened.store.db.execute(sql`drop trigger no_room on audit`);
    expect(await expirePlans(ports)).toBe(1);
  });

  it('nothing is written in Graph, and all of it once there is room again', async () => {
    const planId = await draft('T2');
    await wish(planId, asker, 'submit');
    await wish(planId, targetAdmin, 'approve');
    await wish(planId, sourceAdmin, 'approve');
    const applying: ApplyPorts = {
      ...{ store: opened.store, enqueue: ports.enqueue, graph: closedGraph },
      ...{ steps: everyKind(stepsOf()) },
      ...{ findLink: () => link, isStopping: () => false, replicationMilliseconds: 100 },
      checkAuthority: async () => ({ type: 'stands' }),
      pace: { sleep: async () => undefined, elapsed: () => performance.now() },
    };
    await opened.store.db.execute(breakAudit);
    await expect(applyPlan(planId, applying)).rejects.toThrow();
    expect(world.effects).toEqual([]);
    expect((await readRecord(opened.store.db, planId))?.state).toBe('approved');
    await opened.store.db.execute(sql`drop trigger no_room on audit`);
    expect(await applyPlan(planId, applying)).toEqual({ type: 'ended', state: 'applied' });
    expect(world.effects).toEqual(['one=x', 'two=y']);
  });
});
