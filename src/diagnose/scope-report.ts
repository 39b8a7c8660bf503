import { attributesOfFilters, filtersOf, passes, type ScopingFilter } from '../engine/filters';
import { readEverybody, readMembers, type AssignedGroup, type Member } from '../engine/members';
import { isInScope } from '../engine/scope';
import { deletesLeavers } from '../engine/schema-nodes';
import { BotError } from '../errors';
import { listProvisioningEvents, type ProvisioningEvent } from '../graph/provisioning-logs';
import { secretOf } from '../graph/synchronization-secrets';
import type { Look } from './look';
import { deletionGuardOf, type DeletionGuard } from './deletion-guard';

/** Who is in scope of a link, and who would leave it with the next cycle. */
export interface ScopeReport {
  /** `SyncAll`; `unreadable` when Graph does not show it (facts 4.3). */
  readonly who: 'assigned' | 'all' | 'unreadable';
  readonly groups: readonly AssignedGroup[];
  /** Assigned themselves. */
  readonly direct: readonly Member[];
  /** Everybody whom assignments (or `SyncAll`) bring in, each once. */
  readonly candidateCount: number;
  readonly externalCount: number;
  readonly filters: readonly {
    readonly filter: ScopingFilter;
    readonly passCount: number;
    readonly unknownCount: number;
  }[];
  /** In scope for sure; of the others a filter decides that is not worked out here. */
  readonly inScopeCount: number;
  readonly unknownCount: number;
  /** `false` when more users were there than are read. */
  readonly isComplete: boolean;
  /** In the target by the provisioning log, and out of scope now; `null` when the log cannot be read. */
  readonly leaving: { readonly names: readonly string[]; readonly isComplete: boolean } | null;
  readonly deletesLeavers: boolean;
  readonly guard: DeletionGuard | 'unreadable';
}

/** Log rows that are looked through for users who were synchronized. */
const logRows = 1_000;

/** `null` when there is no configuration yet. */
export async function readScopeReport(look: Look): Promise<ScopeReport | null> {
  const configuration = await look.configuration();
  if (!configuration) return null;
  const schema = await look.schema();
  const filters = schema ? filtersOf(schema) : [];
  const attributes = attributesOfFilters(filters);
  const syncAll = configuration.secrets && secretOf(configuration.secrets, 'SyncAll');
  const isAll = syncAll?.toLowerCase() === 'true';
  const assigned = await readMembers(look.source, await look.assignments(), attributes);
  const everybody = isAll ? await readEverybody(look.source, attributes) : assigned;
  const internal = everybody.users.filter(({ isExternal }) => !isExternal);
  const rule = { isAssigned: () => true, filters };
  const standings = everybody.users.map((user) => ({ user, isIn: isInScope(user, rule) }));
  const kept = new Set(standings.filter(({ isIn }) => isIn !== false).map(({ user }) => user.userId));
  const groupIds = assigned.groups.map(({ groupId }) => groupId.toLowerCase());
  return {
    who: isAll ? 'all' : syncAll === null ? 'unreadable' : 'assigned',
    groups: assigned.groups,
    direct: assigned.users.filter(({ via }) => via.some((id) => !groupIds.includes(id))),
    candidateCount: everybody.users.length,
    externalCount: everybody.users.length - internal.length,
    filters: filters.map((filter) => countsOf(filter, internal)),
    inScopeCount: standings.filter(({ isIn }) => isIn === true).length,
    unknownCount: standings.filter(({ isIn }) => isIn === null).length,
    isComplete: everybody.isComplete,
    leaving: everybody.isComplete ? await readLeaving(look, kept) : null,
    deletesLeavers: schema === undefined || deletesLeavers(schema),
    guard: deletionGuardOf(configuration.secrets, await look.job()),
  };
}

function countsOf(filter: ScopingFilter, users: readonly Member[]) {
  const results = users.map((user) => passes([filter], user));
  return {
    filter,
    passCount: results.filter((result) => result === true).length,
    unknownCount: results.filter((result) => result === null).length,
  };
}

/** Whom the log shows in the target last, and who is not in scope any more. Old rows are not kept (facts 6.1). */
async function readLeaving(look: Look, kept: ReadonlySet<string>): Promise<ScopeReport['leaving']> {
  const job = await look.job();
  if (!job) return { names: [], isComplete: true };
  try {
    const { items, isComplete } = await listProvisioningEvents(look.source, {
      jobId: job.id,
      limit: logRows,
    });
    const gone = [...newestByUser(items).values()].filter(
      (row) => isThere(row) && !kept.has(row.source?.id ?? ''),
    );
    const names = gone.map(
      ({ source }) => source?.displayName ?? source?.userPrincipalName ?? source?.id ?? '',
    );
    return { names: names.toSorted(), isComplete };
  } catch (error) {
    if (error instanceof BotError) return null;
    throw error;
  }
}

function newestByUser(rows: readonly ProvisioningEvent[]): ReadonlyMap<string, ProvisioningEvent> {
  const newest = new Map<string, ProvisioningEvent>();
  const ordered = rows.toSorted((a, b) => ((a.at ?? '') < (b.at ?? '') ? 1 : -1));
  for (const row of ordered) {
    const id = row.source?.id;
    if (id && row.status === 'success' && !newest.has(id)) newest.set(id, row);
  }
  return newest;
}

function isThere({ action }: ProvisioningEvent): boolean {
  return action === 'create' || action === 'update';
}
