import { intervalMs } from './cycle';
import type { SyncJob } from './state';

/** A job as POST makes it: disabled, with the default schema (facts 4.4). */
export function newJob(id: string): SyncJob {
  return {
    id,
    schedule: 'Disabled',
    hasStarted: false,
    hasCompleted: false,
    nextCycleMs: null,
    cycle: null,
    isFullNext: true,
    forceDeletes: false,
    watermark: 0,
    assignmentVersion: -1,
    subjects: {},
    entryCount: 0,
    quarantine: null,
    completeFailures: 0,
    lastExecution: null,
    lastSuccess: null,
    lastSuccessWithExports: null,
    steadyFirstMs: null,
    steadyLastMs: null,
    settings: [
      { name: 'AzureIngestionAttributeOptimization', value: 'False' },
      { name: 'LookaheadQueryEnabled', value: 'False' },
    ],
    schema: null,
  };
}

/** Starts or resumes; a quarantine ends. A cycle still under way from before goes on. */
export function startJob(job: SyncJob, nowMs: number): void {
  job.schedule = 'Active';
  job.hasStarted = true;
  job.quarantine = null;
  job.nextCycleMs = job.cycle ? job.cycle.beganMs + intervalMs : nowMs;
}

/** No new cycle begins; the one under way runs to its end (facts 4.4). */
export function pauseJob(job: SyncJob): void {
  if (job.schedule === 'Active') job.schedule = 'Paused';
  job.nextCycleMs = null;
}

const scopes = [
  'None',
  'ConnectorDataStore',
  'Escrows',
  'Watermark',
  'QuarantineState',
  'Full',
  'ForceDeletes',
] as const;
export type RestartScope = (typeof scopes)[number];

/** The flags of a `resetScope`; empty = what the portal's restart does (facts 4.4); null when one is unknown. */
export function restartScopes(text: string): readonly RestartScope[] | null {
  if (!text.trim()) return ['QuarantineState', 'Watermark', 'Escrows'];
  const named = text.split(',').map((name) => scopes.find((scope) => scope === name.trim()));
  return named.every((scope) => scope !== undefined) ? named : null;
}

/** Restarts: what is named is forgotten, a running cycle is abandoned and a new one begins at once. */
export function restartJob(job: SyncJob, named: readonly RestartScope[], nowMs: number): void {
  const resets = (scope: RestartScope) => named.includes(scope) || named.includes('Full');
  if (resets('ConnectorDataStore')) job.subjects = {};
  if (resets('Watermark') || resets('ConnectorDataStore')) job.isFullNext = true;
  if (resets('Escrows')) {
    for (const subject of Object.values(job.subjects)) Object.assign(subject, { failures: 0, retryMs: null });
  }
  if (resets('QuarantineState') || named.includes('ForceDeletes')) job.quarantine = null;
  job.forceDeletes = named.includes('ForceDeletes');
  job.schedule = 'Active';
  job.hasStarted = true;
  job.cycle = null;
  job.assignmentVersion = -1;
  job.nextCycleMs = nowMs;
}
