import type { PlanRecord, PlanState } from '../plan/types';
import { listBreakGlass } from './break-glass';
import { listChangeRuns } from './change-runs';
import type { Db } from './db';
import { listDecisions, listQuorums } from './decisions';
import { findFreeze } from './freezes';
import { holdOf } from './holds';
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

/** States in which a freeze keeps something from happening. */
const canBegin: readonly PlanState[] = ['draft', 'submitted', 'approved', 'applying'];

async function completeRecord(db: Db, row: PlanRow): Promise<PlanRecord> {
  const { id, revision } = row;
  const quorums = await listQuorums(db, id, revision);
  const decisions = await listDecisions(db, id, revision);
  const runs = await listChangeRuns(db, id);
  const questions = await listQuestions(db, id, revision);
  const breakGlass = row.state === 'draft' ? [] : await listBreakGlass(db, id, revision);
  const hold = holdOf(decisions, runs, row);
  const freeze = canBegin.includes(row.state) ? await findFreeze(db, row.content) : undefined;
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
    ...(row.stopAskedBy && row.stopAskedAt
      ? { stop: { by: row.stopAskedBy, at: row.stopAskedAt.toISOString() } }
      : {}),
    ...(row.pausedWhile && row.pausedUntil
      ? { pause: { doing: row.pausedWhile, until: row.pausedUntil.toISOString() } }
      : {}),
    ...(freeze ? { freeze } : {}),
    ...(hold ? { hold } : {}),
    ...(breakGlass.length > 0 ? { breakGlass } : {}),
    createdAt: row.createdAt.toISOString(),
    submittedAt: iso(row.submittedAt),
    expiresAt: iso(row.expiresAt),
    startedAt: iso(row.startedAt),
    finishedAt: iso(row.finishedAt),
  };
}
