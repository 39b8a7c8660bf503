import type { GraphRead } from '../graph/client';
import { listActiveRoles } from '../graph/directory';
import type { DesiredAssignment } from '../plan/types';

/** Whether one of the named users holds an administrator role now: their plans need one approval more. */
export async function isPrivileged(
  graph: GraphRead,
  assignments: readonly DesiredAssignment[],
): Promise<boolean> {
  for (const { principalId, principalType } of assignments) {
    if (principalType === 'User' && (await listActiveRoles(graph, principalId)).length > 0) return true;
  }
  return false;
}
