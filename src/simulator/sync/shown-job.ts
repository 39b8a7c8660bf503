import { instant } from '../clock';
import { templateTag } from './template';
import type { EngineError, Execution, Quarantine, SyncJob } from './state';

/** How the service writes "never" (facts 4.5). */
export const never = '0001-01-01T00:00:00Z';

const instantOr = (ms: number | null) => (ms === null ? never : instant(ms));

/** A job as Graph shows it (facts 4.4, 4.5). */
export function showJob(job: SyncJob, nowMs: number) {
  return {
    id: job.id,
    templateId: templateTag,
    schedule: { expiration: null, interval: 'PT40M', state: job.schedule },
    status: {
      code: statusCode(job),
      countSuccessiveCompleteFailures: job.completeFailures,
      escrowsPruned: false,
      lastExecution: job.lastExecution
        ? showExecution(job.lastExecution)
        : job.hasStarted
          ? notRunYet()
          : null,
      lastSuccessfulExecution: job.lastSuccess && showExecution(job.lastSuccess),
      lastSuccessfulExecutionWithExports:
        job.lastSuccessWithExports && showExecution(job.lastSuccessWithExports),
      quarantine: job.quarantine && showQuarantine(job.quarantine),
      progress: progressOf(job, nowMs),
      steadyStateFirstAchievedTime: instantOr(job.steadyFirstMs),
      steadyStateLastAchievedTime: instantOr(job.steadyLastMs),
      troubleshootingUrl: job.hasStarted ? '' : null,
      synchronizedEntryCountByType: job.entryCount ? [{ key: 'User', value: job.entryCount }] : [],
    },
    synchronizationJobSettings: job.settings,
  };
}

function statusCode({ schedule, quarantine, hasCompleted }: SyncJob): string {
  if (schedule !== 'Active') return 'Paused';
  if (quarantine) return 'Quarantine';
  return hasCompleted ? 'Active' : 'NotRun';
}

const showError = ({ code, message }: EngineError) => ({ code, message, tenantActionable: true });

function showExecution({ id, state, beganMs, endedMs, error, counts }: Execution) {
  return {
    activityIdentifier: id,
    countEntitled: counts.entitled,
    countEntitledForProvisioning: counts.entitledForProvisioning,
    countEscrowed: counts.escrowed,
    countEscrowedRaw: counts.escrowed,
    countExported: counts.exported,
    countExports: counts.exported + counts.escrowed,
    countImported: counts.imported,
    countImportedDeltas: counts.imported,
    countImportedReferenceDeltas: 0,
    state,
    error: error && showError(error),
    timeBegan: instant(beganMs),
    timeEnded: instant(endedMs),
  };
}

/** What `lastExecution` says between start and the end of the first cycle: not a failure (facts 4.4). */
function notRunYet() {
  return {
    activityIdentifier: null,
    countEntitled: 0,
    countEntitledForProvisioning: 0,
    countEscrowed: 0,
    countEscrowedRaw: 0,
    countExported: 0,
    countExports: 0,
    countImported: 0,
    countImportedDeltas: 0,
    countImportedReferenceDeltas: 0,
    state: 'Failed',
    error: { code: 'None', message: '', tenantActionable: false },
    timeBegan: never,
    timeEnded: never,
  };
}

function showQuarantine({ reason, beganMs, seriesBeganMs, seriesCount, nextAttemptMs, error }: Quarantine) {
  return {
    reason,
    currentBegan: instant(beganMs),
    seriesBegan: instant(seriesBeganMs),
    seriesCount,
    nextAttempt: instant(nextAttemptMs),
    error: error ? showError(error) : { code: reason, message: '', tenantActionable: true },
  };
}

function progressOf({ cycle }: SyncJob, nowMs: number) {
  if (!cycle) return [];
  return [
    {
      completedUnits: cycle.done,
      totalUnits: cycle.queue.length,
      units: 'User',
      progressObservationDateTime: instant(nowMs),
    },
  ];
}
