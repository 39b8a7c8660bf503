import type { SynchronizationJob } from '../graph/synchronization-jobs';
import type { Cause } from './causes/cause';
import { withoutPhones } from './event-cause';
import { causesOf } from './explain';

/** A job that the service tries only once a day, and why (facts 4.5, 4.6). */
export interface Quarantine {
  readonly reason: string;
  /** ISO 8601. */
  readonly since: string | null;
  readonly nextAttempt: string | null;
  /** When the service switches the job off if nothing changes: four weeks after the beginning (facts 4.6). */
  readonly disabledAt: string | null;
  /** By the catalogue; `null` when the reason is not in it. */
  readonly cause: Cause | null;
  /** The error beside the reason, as the service wrote it. */
  readonly said: string | null;
}

export interface CycleFailure {
  readonly code: string;
  readonly said: string | null;
  readonly cause: Cause | null;
}

const quarantineDays = 28;

/** `null` when the job is in none. */
export function quarantineOf(job: SynchronizationJob): Quarantine | null {
  const found = job.status?.quarantine;
  if (!found) return null;
  const reason = found.reason ?? 'Unknown';
  const begun = Date.parse(found.seriesBegan ?? found.currentBegan ?? '');
  const error = found.error?.code && found.error.code !== 'None' ? found.error : null;
  const said = error?.message || null;
  // The error beside the reason is the finer one: it names the switch that is off.
  const fine = error ? causesOf({ code: error.code, text: said }) : [];
  const causes = fine.length === 1 ? fine : causesOf({ code: reason, text: said });
  return {
    reason,
    since: found.currentBegan,
    nextAttempt: found.nextAttempt,
    disabledAt: Number.isNaN(begun) ? null : new Date(begun + quarantineDays * 86_400_000).toISOString(),
    cause: causes.length === 1 ? (causes[0] ?? null) : null,
    said: said === null ? null : withoutPhones(said),
  };
}

/** How the last cycle failed as a whole; the placeholder after a start is no failure (facts 4.4). */
export function failureOf(job: SynchronizationJob): CycleFailure | null {
  const last = job.status?.lastExecution;
  const code = last?.error?.code ?? 'None';
  if (last?.state !== 'Failed' || code === 'None') return null;
  const said = last.error?.message || null;
  const causes = causesOf({ code, text: said });
  return {
    code,
    said: said === null ? null : withoutPhones(said),
    cause: causes.length === 1 ? (causes[0] ?? null) : null,
  };
}
