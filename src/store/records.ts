import type { PlanRecord } from '../plan/types';
import { listChangeRuns } from './change-runs';
import type { Db } from './db';
import { listDecisions, listQuorums } from './decisions';
import { listPlanIds, type PlanFilter } from './plan-lists';
import { findPlan, type PlanRow } from './plans';
import { listQuestions } from './questions';
import { iso } from './time';

/** A plan with all that belongs to it, as it stands now; `undefined` for an unknown id. */
export async function readRecord(db: Db, planId: string): Promise<PlanRecord | undefined> {
  const row = await findPlan(db, planId);
  return row ? completeRecord(db, row) : undefined;
}

/** Plans with all that belongs to them, newest first. */
export async function listRecords(db: Db, filter: PlanFilter): Promise<readonly PlanRecord[]> {
  const records: PlanRecord[] = [];
  for (const id of await listPlanIds(db, filter)) {
    const record = await readRecord(db, id);
    if (record) records.push(record);
  }
  return records;
}

async function completeRecord(db: Db, row: PlanRow): Promise<PlanRecord> {
  const { id, revision } = row;
  const quorums = await listQuorums(db, id, revision);
  const decisions = await listDecisions(db, id, revision);
  const runs = await listChangeRuns(db, id);
  const questions = await listQuestions(db, id, revision);
  return {
    id,
    revision,
    quorums,
    decisions,
    runs,
    questions,
    state: row.state,
    content: row.content,
    digest: row.digest,
    tier: row.tier,
    tierRaise: row.tierRaise,
    reason: row.reason,
    ending: row.ending,
    createdAt: row.createdAt.toISOString(),
    submittedAt: iso(row.submittedAt),
    expiresAt: iso(row.expiresAt),
    startedAt: iso(row.startedAt),
    finishedAt: iso(row.finishedAt),
  };
}
