import type { SynchronizationJob } from '../graph/synchronization-jobs';
import { deletionGuardOf, type DeletionGuard } from './deletion-guard';
import { lastCycleOf, type LastCycle } from './last-cycle';
import type { Look } from './look';
import { failureOf, quarantineOf, type CycleFailure, type Quarantine } from './quarantine';

/** How a link is doing, in one word. */
export type LinkHealth =
  | 'not set up'
  | 'never started'
  | 'first cycle running'
  | 'healthy'
  | 'paused'
  | 'failing'
  | 'quarantined'
  /** After four weeks of quarantine the service gives up (facts 4.6). */
  | 'switched off';

export interface LinkStatus {
  readonly health: LinkHealth;
  readonly job: SynchronizationJob | null;
  readonly assignmentCount: number;
  readonly guard: DeletionGuard | 'unreadable' | null;
  readonly quarantine: Quarantine | null;
  /** ISO 8601; an estimate: start of the last cycle and the interval of 40 minutes. */
  readonly nextCycleAt: string | null;
  readonly lastCycle: LastCycle | null;
  /** The cycle that runs now; `null` when none does or the service tells nothing of it. */
  readonly progress: { readonly done: number; readonly total: number | null } | null;
  /** The last cycle as a whole failed; `null` when it did not. The placeholder after a start is no failure (facts 4.4). */
  readonly failure: CycleFailure | null;
}

const cycleMinutes = 40;
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
      progress: null,
      failure: null,
    };
  }
  return {
    health: healthOf(job),
    job,
    assignmentCount: (await look.assignments()).length,
    guard: deletionGuardOf(configuration.secrets, job),
    quarantine: quarantineOf(job),
    nextCycleAt: nextCycleOf(job),
    lastCycle: await lastCycleOf(look, job),
    progress: progressOf(job),
    failure: failureOf(job),
  };
}

/** The zero-count `Failed` with code `None` after a start is a placeholder, not a failure (facts 4.4). */
export function healthOf(job: SynchronizationJob): LinkHealth {
  const { schedule, status } = job;
  if (status?.code === 'Quarantine' || status?.quarantine) {
    return schedule?.state === 'Disabled' ? 'switched off' : 'quarantined';
  }
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
  if (!begun || job.schedule?.state !== 'Active' || job.status?.quarantine) return null;
  const at = Date.parse(begun);
  return Number.isNaN(at) ? null : new Date(at + cycleMinutes * 60_000).toISOString();
}

function progressOf(job: SynchronizationJob): LinkStatus['progress'] {
  const [first] = job.status?.progress ?? [];
  return first?.completedUnits == null ? null : { done: first.completedUnits, total: first.totalUnits };
}
