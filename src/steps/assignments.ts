import { assignPrincipal, listAssignments } from '../graph/app-role-assignments';
import { rolesFor } from '../graph/role-templates';
import type { Change, DesiredAssignment, Step } from '../plan/types';
import { observeConfiguration } from './configuration';
import { resolvedId } from './resolved-id';
import { desiredOf, namesOf, references } from './step-words';

interface Observed {
  /** Object ids, lower case. */
  readonly principalIds: readonly string[];
}

/** Puts users and groups in scope, one change each; never takes anybody out (facts 4.8; 9.1, 10). */
export const assignments: Step<Observed> = {
  name: 'assignments',
  side: 'source',
  tier: 'T2',
  roleTemplateIds: rolesFor.assignments,
  permissions: ['Application.Read.All', 'AppRoleAssignment.ReadWrite.All'],
  title: (context) => `Assign users and groups to the configuration "${namesOf(context).target}"`,
  meaning: (context) =>
    `Those assigned get an account in ${namesOf(context).target} once the job runs. Of a group only direct members count, not nested groups.`,
  async observe(context) {
    const found = await observeConfiguration(context);
    if (!found) return { principalIds: [] };
    const { items } = await listAssignments(context.source, found.id);
    return { principalIds: items.map((row) => row.principalId.toLowerCase()) };
  },
  diff: (context, { principalIds }) =>
    desiredOf(context)
      .assignments.filter((wanted) => !principalIds.includes(wanted.principalId.toLowerCase()))
      .map(assignmentChange),
  async apply(write, { parameters }, resolved) {
    const doing = 'assigning a user or group';
    const requestIds = await assignPrincipal(write, {
      servicePrincipalId: resolvedId(resolved, 'servicePrincipalId', doing),
      appRoleId: resolvedId(resolved, 'appRoleId', doing),
      principalId: String(parameters['principalId']),
    });
    return { requestIds };
  },
};

function assignmentChange(wanted: DesiredAssignment): Change {
  const users = wanted.userCount === 1 ? '1 user' : `${wanted.userCount} users`;
  const kind =
    wanted.principalType === 'Group' ? `group ${wanted.displayName} (${users})` : wanted.displayName;
  return {
    operation: 'appRoleAssignedTo.create',
    title: `Assign ${kind}`,
    fields: [{ field: 'appRoleAssignedTo', before: 'absent', after: wanted.principalId }],
    parameters: {
      servicePrincipalId: references.servicePrincipalId,
      appRoleId: references.appRoleId,
      principalId: wanted.principalId,
      principalType: wanted.principalType,
    },
    affectedUsers: wanted.userCount,
    undo: true,
  };
}
