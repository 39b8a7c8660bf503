import { listProvisioningEvents, type ProvisioningEvent } from '../graph/provisioning-logs';
import type { SynchronizationJob } from '../graph/synchronization-jobs';
import { causeOfEvent } from './event-cause';
import type { Look } from './look';

export interface LastCycle {
  /** ISO 8601. */
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly created: number;
  readonly updated: number;
  readonly deleted: number;
  /** Users kept out; those who needed nothing are not counted. */
  readonly skipped: number;
  readonly failed: number;
  /** Deletions that the guard held back. */
  readonly staged: number;
  /** `false` when the log had more rows of this cycle than were read. */
  readonly isComplete: boolean;
  /** Users that failed or were kept out, newest first, at most ten. */
  readonly problems: readonly CycleProblem[];
}

export interface CycleProblem {
  readonly user: string;
  readonly action: string;
  readonly reason: string;
  readonly remedy: string;
}

/** Log rows read to count the last cycle. */
const logLimit = 500;

/** The cycle that ended last, counted from the log; `null` before the first one. */
export async function lastCycleOf(look: Look, job: SynchronizationJob): Promise<LastCycle | null> {
  const last = job.status?.lastExecution;
  if (!last?.timeEnded) return null;
  const events = await listProvisioningEvents(look.source, { jobId: job.id, limit: logLimit });
  const cycleId = last.activityIdentifier ?? events.items[0]?.cycleId;
  const rows = events.items.filter((row) => row.cycleId !== null && row.cycleId === cycleId);
  const done = (action: string) =>
    rows.filter((row) => row.status === 'success' && row.action?.toLowerCase() === action).length;
  return {
    startedAt: last.timeBegan,
    endedAt: last.timeEnded,
    created: done('create'),
    updated: done('update'),
    deleted: done('delete') + done('disable'),
    skipped: rows.filter((row) => row.status === 'skipped' && !isRedundant(row)).length,
    failed: rows.filter((row) => row.status === 'failure').length,
    staged: rows.filter(isStaged).length,
    isComplete: events.isComplete || rows.length < events.items.length,
    problems: rows
      .filter((row) => isProblem(row) && !isStaged(row))
      .slice(0, 10)
      .map(toProblem),
  };
}

/** Failed or kept out for a reason; who needed nothing is no problem. */
function isProblem(row: ProvisioningEvent): boolean {
  const said = causeOfEvent(row);
  return said !== null && said.cause?.isHarmless !== true;
}

function isStaged(row: ProvisioningEvent): boolean {
  return row.action?.toLowerCase().startsWith('staged') === true;
}

function isRedundant(row: ProvisioningEvent): boolean {
  return causeOfEvent(row)?.cause?.name === 'already-equal';
}

function toProblem(row: ProvisioningEvent): CycleProblem {
  const said = causeOfEvent(row);
  return {
    user: row.source?.displayName ?? row.source?.userPrincipalName ?? row.source?.id ?? 'unknown user',
    action: row.status === 'failure' ? 'failed' : 'skipped',
    reason: said?.cause?.cause ?? said?.text ?? said?.code ?? 'No reason given.',
    remedy: said?.cause?.remedy ?? row.recommendedAction ?? 'Look at the log: logs shows what was written.',
  };
}
