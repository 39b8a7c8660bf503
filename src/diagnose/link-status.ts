import { listProvisioningEvents, type ProvisioningEvent } from '../graph/provisioning-logs';
import type { SynchronizationJob } from '../graph/synchronization-jobs';
import { deletionGuardOf, type DeletionGuard } from './deletion-guard';
import type { Look } from './look';

/** How a link is doing, in one word. */
export type LinkHealth =
  'not set up' | 'never started' | 'first cycle running' | 'healthy' | 'paused' | 'failing' | 'quarantined';

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

export interface LinkStatus {
  readonly health: LinkHealth;
  readonly job: SynchronizationJob | null;
  readonly assignmentCount: number;
  readonly guard: DeletionGuard | 'unreadable' | null;
  readonly quarantine: {
    readonly reason: string;
    /** ISO 8601. */
    readonly since: string | null;
    readonly nextAttempt: string | null;
  } | null;
  /** ISO 8601; an estimate: start of the last cycle and the interval of 40 minutes. */
  readonly nextCycleAt: string | null;
  readonly lastCycle: LastCycle | null;
}

const cycleMinutes = 40;
/** Log rows read to count the last cycle. */
const logLimit = 500;

/** Job state, last and next cycle, counts and quarantine of a link (facts 4.5, 6.1). */
export async function readLinkStatus(look: Look): Promise<LinkStatus> {
  const job = (await look.job()) ?? null;
  const configuration = await look.configuration();
  if (!job || !configuration) {
    return {
      health: 'not set up',
      job: null,
      assignmentCount: (await look.assignments()).length,
      guard: null,
      quarantine: null,
      nextCycleAt: null,
      lastCycle: null,
    };
  }
  const found = job.status?.quarantine;
  return {
    health: healthOf(job),
    job,
    assignmentCount: (await look.assignments()).length,
    guard: deletionGuardOf(configuration.secrets, job),
    quarantine: found
      ? { reason: found.reason ?? 'Unknown', since: found.currentBegan, nextAttempt: found.nextAttempt }
      : null,
    nextCycleAt: nextCycleOf(job),
    lastCycle: await lastCycleOf(look, job),
  };
}

/** The zero-count `Failed` with code `None` after a start is a placeholder, not a failure (facts 4.4). */
export function healthOf(job: SynchronizationJob): LinkHealth {
  const { schedule, status } = job;
  if (status?.code === 'Quarantine' || status?.quarantine) return 'quarantined';
  const hasRun = status?.lastExecution?.timeEnded != null && status.lastExecution.state !== null;
  if (schedule?.state !== 'Active') return hasRun ? 'paused' : 'never started';
  if (status?.code === 'NotRun' || !hasRun) return 'first cycle running';
  const last = status?.lastExecution;
  const isReal = (last?.error?.code ?? 'None') !== 'None';
  if ((status?.countSuccessiveCompleteFailures ?? 0) > 0 || (last?.state === 'Failed' && isReal))
    return 'failing';
  return 'healthy';
}

function nextCycleOf(job: SynchronizationJob): string | null {
  const begun = job.status?.lastExecution?.timeBegan;
  if (!begun || job.schedule?.state !== 'Active') return null;
  const at = Date.parse(begun);
  return Number.isNaN(at) ? null : new Date(at + cycleMinutes * 60_000).toISOString();
}

async function lastCycleOf(look: Look, job: SynchronizationJob): Promise<LastCycle | null> {
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
    isComplete: events.isComplete || rows.length < events.items.length,
    problems: rows.filter(isProblem).slice(0, 10).map(toProblem),
  };
}

/** Called skipped too, but nothing had to be done: the user is as wished. */
function isRedundant(row: ProvisioningEvent): boolean {
  return row.skipReason === 'RedundantExport' || row.errorCode === 'RedundantExport';
}

function isProblem(row: ProvisioningEvent): boolean {
  if (row.status === 'failure') return true;
  if (isRedundant(row)) return false;
  return (
    row.status === 'skipped' && (row.errorCode !== null || Object.values(row.scopeEvaluation).includes(false))
  );
}

/** The scoping filter that SMS sign-in and external users fail (facts 5.1). */
const externalFilter = "alternativeSecurityIds EQUALS 'None'";

function toProblem(row: ProvisioningEvent): CycleProblem {
  const unmet = Object.entries(row.scopeEvaluation).find(([, isMet]) => !isMet)?.[0];
  const isSms = unmet?.includes(externalFilter) === true;
  const said =
    row.reason ?? row.errorCode ?? (unmet ? `Scoping filter not met: ${unmet}` : 'No reason given');
  return {
    user: row.source?.displayName ?? row.source?.userPrincipalName ?? row.source?.id ?? 'unknown user',
    action: row.status === 'failure' ? 'failed' : 'skipped',
    reason: isSms ? 'SMS sign-in is on, or the user is external' : said,
    remedy: isSms
      ? 'Turn SMS sign-in off for this user; the number can stay for MFA.'
      : (row.recommendedAction ?? 'Look the code up in the provisioning log.'),
  };
}
