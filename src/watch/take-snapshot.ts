import { BotError } from '../errors';
import type { GraphRead } from '../graph/client';
import { findConfiguration } from '../graph/configurations';
import { findIdentitySynchronization, findPartner } from '../graph/cross-tenant-access-policy';
import { listProvisioningEvents, type ProvisioningEvent } from '../graph/provisioning-logs';
import { findCrossTenantJob, type SynchronizationJob } from '../graph/synchronization-jobs';
import type { Link } from '../plan/types';
import type { CycleCounts, LinkSnapshot, SwitchName, Trouble } from './snapshot';

export interface WatchLook {
  readonly link: Link;
  readonly source: GraphRead;
  readonly target: GraphRead;
  /** What was seen last time; `null` for a first look. */
  readonly before: LinkSnapshot | null;
  /** Graph's time. */
  readonly now: Date;
}

/** Log rows of one look: 5 reads per 10 s are all that Graph gives (facts 7). */
const mostRows = 1_000;
const mostTroubled = 500;

/**
 * How a link stands: job, last cycle, quarantine, users in trouble, switches. Reads the log only when a cycle ended.
 * @throws BotError of the job's reads; a switch that cannot be read is `null`, not off
 */
export async function takeSnapshot(look: WatchLook): Promise<LinkSnapshot> {
  const [job, switches] = await Promise.all([findJob(look), readSwitches(look)]);
  const { before } = look;
  const cycle = endedCycle(job);
  const isNewCycle = cycle !== null && cycle.id !== before?.cycle?.id;
  const { rows, isComplete } = isNewCycle && job ? await rowsSince(look, job) : noRows;
  const quarantine = job?.status?.quarantine;
  return {
    at: look.now.toISOString(),
    job: jobWord(job),
    isPastFirstCycle:
      job?.status?.steadyStateFirstAchievedTime != null ||
      job?.status?.lastSuccessfulExecution?.timeEnded != null,
    cycle:
      cycle && isNewCycle
        ? { ...cycle, counts: { ...countsOf(rows, countedCycle(look, rows, cycle.id)), isComplete } }
        : ((cycle && before?.cycle) ?? null),
    quarantine: quarantine
      ? {
          reason: quarantine.reason ?? 'Unknown',
          since: quarantine.currentBegan,
          nextAttempt: quarantine.nextAttempt,
        }
      : null,
    troubled: troubledAfter(before?.troubled ?? [], rows),
    switches,
  };
}

async function findJob({ link, source }: WatchLook): Promise<SynchronizationJob | undefined> {
  const configuration = await findConfiguration(source, link.target);
  return configuration && findCrossTenantJob(source, configuration.id);
}

function jobWord(job: SynchronizationJob | undefined): LinkSnapshot['job'] {
  if (!job) return 'none';
  if (job.schedule?.state === 'Active') return 'on';
  return job.status?.lastExecution?.timeEnded == null ? 'never-started' : 'off';
}

/** The placeholder of a job that has just begun has no state (facts 4.4). */
function endedCycle(job: SynchronizationJob | undefined): { id: string; endedAt: string } | null {
  const last = job?.status?.lastExecution;
  if (!last?.timeEnded || !last.state || !last.activityIdentifier) return null;
  return { id: last.activityIdentifier, endedAt: last.timeEnded };
}

async function readSwitches({ link, source, target, before }: WatchLook): Promise<LinkSnapshot['switches']> {
  const [sync, inbound, outbound] = await Promise.all([
    readable(async () => {
      const found = await findIdentitySynchronization(target, link.source.tenantId);
      return found?.userSyncInbound?.isSyncAllowed ?? false;
    }),
    readable(async () => {
      const partner = await findPartner(target, link.source.tenantId);
      return partner?.automaticUserConsentSettings?.inboundAllowed ?? false;
    }),
    readable(async () => {
      const partner = await findPartner(source, link.target.tenantId);
      return partner?.automaticUserConsentSettings?.outboundAllowed ?? false;
    }),
  ]);
  const known = (name: SwitchName, read: boolean | null) => read ?? before?.switches[name] ?? null;
  return {
    'inbound-sync': known('inbound-sync', sync),
    'redemption-inbound': known('redemption-inbound', inbound),
    'redemption-outbound': known('redemption-outbound', outbound),
  };
}

async function readable(read: () => Promise<boolean>): Promise<boolean | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof BotError) return null;
    throw error;
  }
}

interface Rows {
  readonly rows: readonly ProvisioningEvent[];
  /** `false` when the log had more than were read. */
  readonly isComplete: boolean;
}

const noRows: Rows = { rows: [], isComplete: true };

/** Oldest first, later than the cycle that was seen last. */
async function rowsSince(look: WatchLook, job: SynchronizationJob): Promise<Rows> {
  const after = look.before?.cycle?.endedAt;
  const events = await listProvisioningEvents(look.source, {
    jobId: job.id,
    limit: mostRows,
    ...(after ? { after } : {}),
  });
  return { rows: [...events.items].reverse(), isComplete: events.isComplete };
}

/** The newest cycle; of a job that had none before, the first one, however many have run since. */
function countedCycle({ before }: WatchLook, rows: Rows['rows'], newest: string): string {
  return before?.isPastFirstCycle === false ? (rows.find(hasCycle)?.cycleId ?? newest) : newest;
}

function hasCycle({ cycleId }: ProvisioningEvent): boolean {
  return cycleId !== null;
}

function countsOf(rows: Rows['rows'], cycleId: string): Omit<CycleCounts, 'isComplete'> {
  const own = rows.filter((row) => row.cycleId === cycleId);
  const done = (...actions: string[]) =>
    own.filter((row) => row.status === 'success' && actions.includes(row.action?.toLowerCase() ?? '')).length;
  return {
    created: done('create'),
    updated: done('update'),
    deleted: done('delete', 'disable'),
    skipped: own.filter((row) => row.status === 'skipped' && isTrouble(row)).length,
    failed: own.filter((row) => row.status === 'failure').length,
  };
}

/** The last word of the log on each user counts; a user without a new row stays as known. */
function troubledAfter(before: readonly Trouble[], rows: readonly ProvisioningEvent[]): Trouble[] {
  const troubled = new Map(before.map((one) => [one.userId, one]));
  for (const row of rows) {
    const userId = row.source?.id;
    if (!userId) continue;
    if (isTrouble(row)) troubled.set(userId, { userId, name: nameOf(row), reason: reasonOf(row) });
    else troubled.delete(userId);
  }
  return [...troubled.values()].slice(-mostTroubled);
}

function isTrouble(row: ProvisioningEvent): boolean {
  if (row.status === 'failure') return true;
  const isRedundant = row.skipReason === 'RedundantExport' || row.errorCode === 'RedundantExport';
  if (row.status !== 'skipped' || isRedundant) return false;
  return row.errorCode !== null || Object.values(row.scopeEvaluation).includes(false);
}

function nameOf({ source }: ProvisioningEvent): string {
  return source?.displayName ?? source?.userPrincipalName ?? source?.id ?? '';
}

/** The scoping filter that SMS sign-in and external users do not meet (facts 5.1). */
const externalFilter = "alternativeSecurityIds EQUALS 'None'";

function reasonOf(row: ProvisioningEvent): string {
  const unmet = Object.entries(row.scopeEvaluation).find(([, isMet]) => !isMet)?.[0];
  if (unmet?.includes(externalFilter)) return 'SMS sign-in is on, or the user is external';
  return (row.errorCode ?? row.reason ?? unmet ?? 'no reason given').slice(0, 200);
}
