import type { SynchronizationJob } from '../graph/synchronization-jobs';
import { notificationsOf, type Secret } from '../graph/synchronization-secrets';

/** What Microsoft documents when nothing is set (facts 4.10). */
export const defaultDeletionGuard = 500;

export interface DeletionGuard {
  /** Deletions per cycle that stop the job; `null` = switched off. */
  readonly limit: number | null;
  readonly isDefault: boolean;
}

/**
 * The accidental-deletion threshold. It stands in the notification settings or in a job setting; which of them the
 * service honours is not documented, so the saved settings win and the job setting is the second look (facts 4.10).
 */
export function deletionGuardOf(
  secrets: readonly Secret[] | null,
  job: SynchronizationJob | undefined,
): DeletionGuard | 'unreadable' {
  const saved = secrets === null ? null : notificationsOf(secrets);
  if (saved?.DeleteThresholdEnabled === true) {
    const isOwn = typeof saved.DeleteThresholdValue === 'number';
    return { limit: isOwn ? (saved.DeleteThresholdValue ?? null) : defaultDeletionGuard, isDefault: !isOwn };
  }
  const setting = job?.synchronizationJobSettings.find(
    ({ name }) => name === 'QuarantineTooManyDeletesThreshold',
  );
  const number = Number(setting?.value ?? NaN);
  if (Number.isInteger(number)) return { limit: number, isDefault: number === defaultDeletionGuard };
  if (saved === null) return 'unreadable';
  return { limit: saved?.DeleteThresholdEnabled === false ? null : defaultDeletionGuard, isDefault: true };
}
