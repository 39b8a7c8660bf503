import { eq } from 'drizzle-orm';
import { decide } from '../../src/approvals/decide';
import { expirePlans } from '../../src/approvals/expire';
import type { DecisionVerb } from '../../src/approvals/outcome';
import type { ApprovalPorts } from '../../src/approvals/ports';
import type { Person } from '../../src/plan/types';
import { listAudit } from '../../src/store/audit';
import type { Store } from '../../src/store/db';
import { insertQuorums } from '../../src/store/decisions';
import type { Job } from '../../src/store/enqueue';
import { claimApproved } from '../../src/store/executions';
import { mintNonce } from '../../src/store/nonces';
import { openStore } from '../../src/store/open';
import { insertPlan } from '../../src/store/plans';
import { plans } from '../../src/store/schema';
import { secondsFromNow } from '../../src/store/time';
import { tenantConfig } from '../helpers/fake-directory';
import { hasPostgres, startPostgres, type TestPostgres } from '../helpers/postgres';
import { contentOf } from './support/cell-plan';
import { seeded } from './support/cells';
import { WireDirectory } from './support/wire-directory';
import { tellFigure } from '../helpers/figures';

const rounds = process.env['PROVE'] === '1' ? 3_000 : 200;
const replicaCount = 4;

/** Everything that can end the waiting of one plan, let loose at once on replicas that share a database (I1, I2, I17). */
(hasPostgres() ? describe : describe.skip)('a plan on which everything happens at once', () => {
  let server: TestPostgres;
  let stores: Store[];
  const jobs: Job[] = [];
  const directory = new WireDirectory();
  const asker = directory.addApprover('aa', 'asker');
  const [first, second, third] = ['first', 'second', 'third'].map((name) =>
    directory.addApprover('aa', name),
  ) as [Person, Person, Person];

  beforeAll(async () => {
    server = await startPostgres();
    const databaseUrl = await server.createDatabase();
    stores = [];
    for (let index = 0; index < replicaCount; index += 1) {
      stores.push(await openStore({ databaseUrl, dataDir: '' }));
    }
  }, 120_000);
  afterAll(async () => {
    for (const store of stores) await store.close();
    await server.stop();
  }, 60_000);

  const replica = (index: number): ApprovalPorts => ({
    store: stores[index % replicaCount] as Store,
    directory,
    tenants: [tenantConfig('aa'), tenantConfig('bb')],
    enqueue: async (_tx, job) => void jobs.push(job),
    readBack: async () => 'different',
  });

  async function waitingPlan(milliseconds: number): Promise<string> {
    const { db } = replica(0).store;
    const content = { ...contentOf('T1', asker, 'race', null), revision: 1 };
    const planId = await insertPlan(db, {
      content,
      digest: String(Math.random()),
      tier: 'T2',
      tierRaise: null,
      isDestructive: false,
      askedInConversationId: null,
    });
    const expiresAt = secondsFromNow(milliseconds / 1_000);
    await db.update(plans).set({ state: 'submitted', expiresAt }).where(eq(plans.id, planId));
    await insertQuorums(db, planId, 1, [{ tenantId: 'aa', needed: 1, candidates: [first, second, third] }]);
    jobs.length = 0;
    return planId;
  }

  /** One wish, through one replica; `true` when it was recorded. */
  async function wish(index: number, planId: string, person: Person, verb: DecisionVerb): Promise<boolean> {
    const forTenantId = verb === 'withdraw' ? null : 'aa';
    const ports = replica(index);
    const nonce = await mintNonce(ports.store.db, { planId, revision: 1, person, forTenantId });
    const base = { planId, revision: 1, nonce, person, reason: 'because', typedCount: null } as const;
    return (await decide(ports, { ...base, verb, surface: 'execute' })).type === 'recorded';
  }

  const expire = async (index: number) => (await expirePlans(replica(index))) > 0;
  const claim = async (index: number, planId: string): Promise<boolean> => {
    const seconds = { lease: 30, window: 60 };
    for (let attempt = 0; attempt < 5; attempt += 1) {
      const lease = await replica(index).store.transaction((tx) => claimApproved(tx, planId, seconds));
      if (lease) return true;
    }
    return false;
  };

  it(
    `has one ending, whatever wins (${rounds} rounds)`,
    async () => {
      const random = seeded(7);
      const endings: Record<string, number> = {};
      for (let round = 0; round < rounds; round += 1) {
        const planId = await waitingPlan(round % 2 === 0 ? 60_000 : Math.floor(random() * 30));
        const contenders: (() => Promise<[string, boolean]>)[] = [
          async () => ['approve', await wish(0, planId, first, 'approve')],
          async () => ['approve', await wish(1, planId, first, 'approve')],
          async () => ['approve', await wish(2, planId, second, 'approve')],
          async () => ['reject', await wish(3, planId, third, 'reject')],
          async () => ['withdraw', await wish(0, planId, asker, 'withdraw')],
          async () => ['expire', await expire(1)],
          async () => ['expire', await expire(2)],
          async () => ['claim', await claim(3, planId)],
        ];
        const order = contenders.toSorted(() => random() - 0.5).slice(0, 4 + Math.floor(random() * 5));
        const done = (await Promise.all(order.map((one) => one()))).filter(([, isDone]) => isDone);
        const won = (name: string) => done.filter(([one]) => one === name).length;
        const [row] = await replica(0).store.db.select().from(plans).where(eq(plans.id, planId));
        const state = row?.state ?? 'none';
        endings[state] = (endings[state] ?? 0) + 1;
        const audited = (await listAudit(replica(0).store.db, { planId, limit: 100 })).map(
          ({ record }) => (JSON.parse(record) as { event: string }).event,
        );
        const told = { round, state, done, audited };
        // One approval completes the quorum at most, and only that one queues the work.
        expect([told, won('approve') <= 1]).toEqual([told, true]);
        expect([told, jobs.filter((job) => job.name === 'apply').length]).toEqual([told, won('approve')]);
        // One of all that end it; an approval may come before a withdrawal only, and the claim after an approval only.
        const enders = won('reject') + won('withdraw') + won('expire') + won('claim');
        expect([told, enders <= 1]).toEqual([told, true]);
        if (won('reject') + won('expire') > 0) expect([told, won('approve')]).toEqual([told, 0]);
        const wins: Record<string, string> = {
          reject: 'rejected',
          withdraw: 'withdrawn',
          expire: 'expired',
          claim: 'applying',
        };
        const ender = Object.keys(wins).find((name) => won(name) > 0);
        expect([told, state]).toEqual([
          told,
          ender ? wins[ender] : won('approve') ? 'approved' : 'submitted',
        ]);
        const records = audited.filter((event) => event !== 'refused');
        expect([told, records.length]).toEqual([told, won('approve') + enders - won('claim')]);
        if (state !== 'withdrawn') await replica(0).store.db.delete(plans).where(eq(plans.id, planId));
      }
      tellFigure(__filename, 'races', `${rounds} rounds, ended as ${JSON.stringify(endings)}`);
      expect(Object.keys(endings).length).toBeGreaterThanOrEqual(4);
    },
    60_000 + rounds * 1_000,
  );
});
