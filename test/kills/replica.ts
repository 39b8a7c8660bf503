import { readRecord } from '../../src/store/records';
import { findBrokenLink, listAudit } from '../../src/store/audit';
import { listPlanIds } from '../../src/store/plan-lists';
import type { PlanRecord } from '../../src/plan/types';
import type { Store } from '../../src/store/db';
import { freePort } from '../helpers/free-ports';
import { startLocal, temporaryFolder, untilReady, type Running } from '../helpers/processes';

export interface AuditFacts {
  readonly event: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** A process of the bot, as proofs see it: where it listens, and what stands in its database. */
export interface Replica {
  readonly url: string;
  plan(planId: string): Promise<PlanRecord | null>;
  newestPlan(): Promise<string | null>;
  /** The audit records of a plan, as they were hashed. */
  events(planId: string): Promise<readonly AuditFacts[]>;
  /** The sequence number of the first record that does not fit the hash chain, or null. */
  auditChain(): Promise<{ readonly broken: number | null; readonly records: number }>;
  stop(): Promise<void>;
}

/** A replica as people start it, `npm run local -- --only bot`; its database is read from outside. */
export class LocalReplica implements Replica {
  private constructor(
    readonly url: string,
    private readonly running: Running,
    private readonly store: Store,
  ) {}

  /** @param store the database at `databaseUrl` @throws with what it printed when it does not become ready */
  static async start(simulatorUrl: string, databaseUrl: string, store: Store): Promise<LocalReplica> {
    const port = await freePort();
    const running = startLocal(['--only', 'bot'], {
      PORT: String(port),
      GRAPH_BASE_URL: simulatorUrl,
      DATABASE_URL: databaseUrl,
      DATA_DIR: temporaryFolder(),
      LOG_LEVEL: process.env['PROOF_LOG_LEVEL'] ?? 'error',
      REPLICATION_SECONDS: '4',
      COMMANDS_PER_MINUTE_PERSON: '100000',
      COMMANDS_PER_MINUTE_TENANT: '100000',
    });
    const url = `http://127.0.0.1:${port}`;
    await untilReady(`${url}/readyz`, running);
    return new LocalReplica(url, running, store);
  }

  async plan(planId: string): Promise<PlanRecord | null> {
    return (await readRecord(this.store.db, planId)) ?? null;
  }

  async newestPlan(): Promise<string | null> {
    return (await listPlanIds(this.store.db, { limit: 1 }))[0] ?? null;
  }

  async events(planId: string): Promise<readonly AuditFacts[]> {
    const records = await listAudit(this.store.db, { planId, limit: 10_000 });
    return records.map(({ record }) => JSON.parse(record) as AuditFacts);
  }

  async auditChain(): Promise<{ readonly broken: number | null; readonly records: number }> {
    const records = await listAudit(this.store.db, { limit: 1_000_000 });
    return { broken: findBrokenLink(records), records: records.length };
  }

  async stop(): Promise<void> {
    await this.running.stop();
  }
}
