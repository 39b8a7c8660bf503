import { listAssignments, type AppRoleAssignment } from '../graph/app-role-assignments';
import type { GraphRead } from '../graph/client';
import { listDirectMembers } from '../graph/groups';
import { listProvisioningEvents } from '../graph/provisioning-logs';
import type { SynchronizationJob } from '../graph/synchronization-jobs';

/** Rows and members that are looked at; beyond them a user counts as leaving, which is the safe side. */
const mostRows = 2_000;

/**
 * Users whose deletion the last cycle held back and who are still not assigned: a restart would stage them again.
 * Filters and disabled accounts are not looked at; the service itself weighs those (facts 4.10).
 */
export async function countStagedDeletions(
  source: GraphRead,
  servicePrincipalId: string,
  job: SynchronizationJob,
): Promise<number> {
  const staged = await stagedUsers(source, job);
  if (staged.size === 0) return 0;
  const { items } = await listAssignments(source, servicePrincipalId);
  for (const assignment of items) await keepMembers(source, assignment, staged);
  return staged.size;
}

/** By the rows of the newest cycle that staged anything. */
async function stagedUsers(source: GraphRead, job: SynchronizationJob): Promise<Set<string>> {
  const { items } = await listProvisioningEvents(source, { jobId: job.id, limit: mostRows });
  const rows = items.filter((row) => row.action?.toLowerCase().startsWith('staged') === true);
  const cycleId = rows[0]?.cycleId;
  return new Set(rows.filter((row) => row.cycleId === cycleId).flatMap((row) => row.source?.id ?? []));
}

async function keepMembers(
  source: GraphRead,
  { principalId, principalType }: AppRoleAssignment,
  staged: Set<string>,
): Promise<void> {
  staged.delete(principalId);
  if (principalType?.toLowerCase() !== 'group' || staged.size === 0) return;
  const { items } = await listDirectMembers(source, principalId, mostRows);
  for (const { id } of items) staged.delete(id);
}
