import { randomBytes } from 'node:crypto';
import { ChainCheck, type Verdict } from '../evidence/chain-check';
import { exportLines } from '../evidence/export-lines';
import { makeManifest } from '../evidence/make-manifest';
import { planStory, type PlanStory } from '../evidence/plan-story';
import { readableRecord } from '../evidence/readable';
import type { Person } from '../plan/types';
import { appendAudit, listAudit, readChainHead } from '../store/audit';
import { findAuditExport, saveAuditExport, takeAuditExport } from '../store/audit-exports';
import { listAuditedPlans, type AuditFilter } from '../store/audit-plans';
import { listAuditRows } from '../store/audit-rows';
import { listAnchors, type ChainAnchor } from '../store/chain-anchors';
import { sealOfText, type ChainRecord } from '../store/chain';
import type { Store } from '../store/db';
import { readRecord } from '../store/records';
import { sha256 } from '../store/sha256';
import type { PlanRecord } from '../plan/types';

/** Records of one plan that a card is made from; a plan has far fewer. */
const mostOfPlan = 5_000;
const recordsAtOnce = 1_000;
/** How long a link to an export works. */
export const exportMinutes = 10;

export interface AuditedPlan {
  readonly record: PlanRecord;
  readonly story: PlanStory;
}

export interface ExportOffer {
  /** Goes into the link; only its digest is kept. */
  readonly key: string;
  readonly records: number;
  readonly head: string;
  readonly minutes: number;
}

/** The file of one export, and what it is called. */
export interface ExportFile {
  readonly fileName: string;
  readonly lines: AsyncIterable<string>;
}

/** The audit for people who may read it: plans by their records, the chain itself, and exports of it. */
export class AuditDesk {
  constructor(private readonly store: Pick<Store, 'db' | 'transaction'>) {}

  async list(
    filter: AuditFilter,
    page: { readonly limit: number; readonly skip: number },
  ): Promise<{ readonly plans: readonly AuditedPlan[]; readonly total: number }> {
    const { planIds, total } = await listAuditedPlans(this.store.db, filter, page);
    const plans: AuditedPlan[] = [];
    for (const planId of planIds) {
      const found = await this.find(planId, filter.tenantIds);
      if (found) plans.push(found);
    }
    return { plans, total };
  }

  /** One plan by its records; details of other tenants stay out. `undefined` for a plan without records. */
  async find(planId: string, tenantIds: readonly string[]): Promise<AuditedPlan | undefined> {
    const { db } = this.store;
    const record = await readRecord(db, planId);
    const rows = await listAudit(db, { planId, limit: mostOfPlan });
    const story = planStory(
      rows.map((row) => readableRecord(JSON.parse(row.record) as ChainRecord, tenantIds)),
    );
    return record && story ? { record, story } : undefined;
  }

  /** The newest record's number and hash. */
  async head(): Promise<{ readonly sequence: number; readonly hash: string } | undefined> {
    return readChainHead(this.store.db);
  }

  async anchors(): Promise<readonly ChainAnchor[]> {
    return listAnchors(this.store.db);
  }

  /** Goes through the whole chain in the database, record by record, against the heads that were posted. */
  async verify(): Promise<Verdict> {
    const check = new ChainCheck(await this.anchors());
    const upTo = (await this.head())?.sequence ?? 0;
    while (check.count < upTo) {
      const page = { after: check.count, upTo, limit: recordsAtOnce };
      const rows = await listAuditRows(this.store.db, page);
      const missing = `record ${check.count + 1} is missing`;
      if (rows.length === 0) return { isIntact: false, records: check.count, why: missing };
      for (const { sequence, hash, record } of rows) {
        const seal = sealOfText(record) ?? '';
        const why = check.add({ sequence, hash, seal, isWithheld: false });
        if (why !== null) return { isIntact: false, records: check.count, why };
      }
    }
    return check.end();
  }

  /** A link key for this person alone, once, for a few minutes; who asked for it is recorded first. */
  async offer(madeFor: Person): Promise<ExportOffer> {
    const key = randomBytes(32).toString('base64url');
    const head = await this.store.transaction(async (tx) => {
      await appendAudit(tx, { event: 'export-offered', actor: madeFor, facts: { minutes: exportMinutes } });
      const newest = await readChainHead(tx);
      const records = newest?.sequence ?? 0;
      await saveAuditExport(tx, sha256(key), { madeFor, records }, exportMinutes * 60);
      return { records, head: newest?.hash ?? '' };
    });
    return { key, ...head, minutes: exportMinutes };
  }

  /** For whom the link was made, while it works. */
  async offeredTo(key: string): Promise<Person | undefined> {
    return (await findAuditExport(this.store.db, sha256(key)))?.madeFor;
  }

  /** Uses the link up, records it, and gives the file with what these tenants' people may read. */
  async take(key: string, tenantIds: readonly string[]): Promise<ExportFile | undefined> {
    const taken = await this.store.transaction(async (tx) => {
      const found = await takeAuditExport(tx, sha256(key));
      if (!found) return undefined;
      const facts = { records: found.records, tenantIds: [...tenantIds] };
      await appendAudit(tx, { event: 'exported', actor: found.madeFor, facts });
      return found;
    });
    if (!taken) return undefined;
    const manifest = await makeManifest(this.store.db, { ...taken, tenantIds });
    const day = manifest.madeAt.slice(0, 10);
    return {
      fileName: `audit-${day}-${manifest.records}.jsonl`,
      lines: exportLines(this.store.db, manifest),
    };
  }
}
