import { z } from 'zod/v4';
import type { GraphRead, GraphWrite, Sent } from './client';
import { bare, count, flag, listOf, maybe, moment, text } from './parse';
import { at } from './path';

/** Template of cross-tenant synchronization jobs (facts 4.4). */
export const crossTenantJobTemplateId = 'Azure2Azure';

const problem = maybe(z.object({ code: text, message: text, tenantActionable: flag }));

const execution = maybe(
  z.object({
    activityIdentifier: text,
    state: text,
    timeBegan: moment,
    timeEnded: moment,
    error: problem,
    countEntitled: count,
    countEntitledForProvisioning: count,
    countEscrowed: count,
    countEscrowedRaw: count,
    countExported: count,
    countExports: count,
    countImported: count,
    countImportedDeltas: count,
    countImportedReferenceDeltas: count,
  }),
);

const quarantine = maybe(
  z.object({
    reason: text,
    currentBegan: moment,
    seriesBegan: moment,
    seriesCount: count,
    nextAttempt: moment,
    error: problem,
  }),
);

const progress = z.object({
  completedUnits: count,
  totalUnits: count,
  units: text,
  progressObservationDateTime: moment,
});

const status = maybe(
  z.object({
    code: text,
    countSuccessiveCompleteFailures: count,
    escrowsPruned: flag,
    lastExecution: execution,
    lastSuccessfulExecution: execution,
    lastSuccessfulExecutionWithExports: execution,
    progress: listOf(progress),
    quarantine,
    steadyStateFirstAchievedTime: moment,
    steadyStateLastAchievedTime: moment,
    synchronizedEntryCountByType: listOf(z.object({ key: text, value: count })),
    troubleshootingUrl: text,
  }),
);

/** `interval` stays text: other templates say `P10675199DT2H48M5.4775807S` (facts 4.4). */
export const synchronizationJobSchema = bare(
  z.object({
    id: z.string(),
    templateId: text,
    schedule: maybe(z.object({ state: text, interval: text, expiration: moment })),
    status,
    synchronizationJobSettings: listOf(z.object({ name: text, value: text })),
  }),
);

export type SynchronizationJob = z.output<typeof synchronizationJobSchema>;

const reads = ['Synchronization.Read.All', 'Synchronization.ReadWrite.All', 'Application.ReadWrite.OwnedBy'];

export async function listJobs(
  graph: GraphRead,
  servicePrincipalId: string,
): Promise<readonly SynchronizationJob[]> {
  const { items } = await graph.list(at`/servicePrincipals/${servicePrincipalId}/synchronization/jobs`, {
    doing: 'reading the synchronization jobs',
    permissions: reads,
    schema: synchronizationJobSchema,
    limit: 100,
  });
  return items;
}

/** The cross-tenant job of a configuration; the first by id when there are several (facts 4.1). */
export async function findCrossTenantJob(
  graph: GraphRead,
  servicePrincipalId: string,
): Promise<SynchronizationJob | undefined> {
  const jobs = await listJobs(graph, servicePrincipalId);
  const ours = jobs.filter(
    (job) => job.templateId === null || job.templateId.toLowerCase().startsWith('azure2azure'),
  );
  return ours.toSorted((a, b) => (a.id < b.id ? -1 : 1))[0];
}

export async function findJob(
  graph: GraphRead,
  servicePrincipalId: string,
  jobId: string,
): Promise<SynchronizationJob | undefined> {
  return graph.find(at`/servicePrincipals/${servicePrincipalId}/synchronization/jobs/${jobId}`, {
    doing: 'reading the synchronization job',
    permissions: reads,
    schema: synchronizationJobSchema,
  });
}

/** Whether the synchronization API already knows a fresh application (facts 4.1). */
export async function isSynchronizationReady(graph: GraphRead, servicePrincipalId: string): Promise<boolean> {
  const answer = await graph.find(at`/servicePrincipals/${servicePrincipalId}/synchronization/templates`, {
    doing: 'waiting for the configuration application',
    permissions: reads,
    schema: z.looseObject({}),
  });
  return answer !== undefined;
}

/**
 * Asks Microsoft to test the connection to the target; changes nothing (facts 4.2).
 * @throws BotError `graph-refused` with the code of facts 6.3 in `graphCode`
 */
export async function validateCredentials(
  write: GraphWrite,
  servicePrincipalId: string,
  targetTenantId: string,
): Promise<readonly string[]> {
  const sent = await write.send('jobs.validateCredentials', {
    parameters: { servicePrincipalId },
    body: {
      useSavedCredentials: false,
      templateId: crossTenantJobTemplateId,
      credentials: [
        { key: 'CompanyId', value: targetTenantId },
        { key: 'AuthenticationType', value: 'SyncPolicy' },
      ],
    },
    doing: 'testing the connection to the other tenant',
  });
  return sent.requestIds;
}

/** Creates the job, disabled. A second POST is not documented: list first (facts 4.4). */
export async function createJob(
  write: GraphWrite,
  servicePrincipalId: string,
): Promise<Sent<SynchronizationJob>> {
  return write.send('jobs.create', {
    parameters: { servicePrincipalId },
    body: { templateId: crossTenantJobTemplateId },
    doing: 'creating the synchronization job',
    schema: synchronizationJobSchema,
  });
}

export async function startJob(
  write: GraphWrite,
  servicePrincipalId: string,
  jobId: string,
): Promise<readonly string[]> {
  const sent = await write.send('jobs.start', {
    parameters: { servicePrincipalId, jobId },
    doing: 'starting the synchronization job',
  });
  return sent.requestIds;
}

/** The current cycle still runs to its end (facts 4.4). */
export async function pauseJob(
  write: GraphWrite,
  servicePrincipalId: string,
  jobId: string,
): Promise<readonly string[]> {
  const sent = await write.send('jobs.pause', {
    parameters: { servicePrincipalId, jobId },
    doing: 'pausing the synchronization job',
  });
  return sent.requestIds;
}

/** What a restart may forget here. `Full` holds `ForceDeletes`, `ConnectorDataStore` is for support: never sent (facts 4.4). */
export type ResetScope = 'QuarantineState' | 'Watermark' | 'Escrows';

/** Starts over, also a paused job; with `Watermark` everybody is evaluated again (facts 4.4). */
export async function restartJob(
  write: GraphWrite,
  servicePrincipalId: string,
  jobId: string,
  resetScope: readonly ResetScope[],
): Promise<readonly string[]> {
  const sent = await write.send('jobs.restart', {
    parameters: { servicePrincipalId, jobId },
    body: { criteria: { resetScope: resetScope.join(', ') } },
    doing: 'restarting the synchronization job',
  });
  return sent.requestIds;
}
