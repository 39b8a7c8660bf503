import type { AppRoleAssignment } from '../graph/app-role-assignments';
import type { GraphRead } from '../graph/client';
import { listDirectMembers } from '../graph/groups';

/** Most users of a scope that are read by name; beyond it only the fact is told. */
export const scopeLimit = 2_000;

export interface ScopedUser {
  readonly id: string;
  readonly name: string;
}

export interface Scope {
  /** Distinct users: assigned themselves or direct members of an assigned group (facts 4.8). */
  readonly users: readonly ScopedUser[];
  readonly groupCount: number;
  /** `false` when there are more than the limit. */
  readonly isComplete: boolean;
}

/** The users that assignments bring into scope; members of nested groups are not among them (facts 4.8). */
export async function readScope(
  graph: GraphRead,
  assignments: readonly AppRoleAssignment[],
  limit = scopeLimit,
): Promise<Scope> {
  const users = new Map<string, ScopedUser>();
  const groups = assignments.filter((row) => row.principalType?.toLowerCase() === 'group');
  let isComplete = true;
  for (const row of assignments) {
    if (row.principalType?.toLowerCase() === 'user') {
      users.set(row.principalId, { id: row.principalId, name: row.principalDisplayName ?? row.principalId });
    }
  }
  for (const group of groups) {
    const left = limit - users.size;
    if (left <= 0) return { users: [...users.values()], groupCount: groups.length, isComplete: false };
    const members = await listDirectMembers(graph, group.principalId, left);
    isComplete = isComplete && members.isComplete;
    for (const member of members.items) {
      const isUser = member['@odata.type'] === '#microsoft.graph.user' || member.userPrincipalName !== null;
      if (isUser) users.set(member.id, { id: member.id, name: member.displayName ?? member.id });
    }
  }
  return { users: [...users.values()], groupCount: groups.length, isComplete };
}

/** "120 users", "more than 2,000 users", "1 user". */
export function scopeWords(scope: Scope): string {
  const count = scope.users.length.toLocaleString('en-US');
  if (!scope.isComplete) return `more than ${count} users`;
  return scope.users.length === 1 ? '1 user' : `${count} users`;
}
