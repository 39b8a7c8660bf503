import { BotError } from '../errors';
import { assignPrincipal, listAssignments } from '../graph/app-role-assignments';
import { rolesFor } from '../graph/role-templates';
import type { Change, DesiredAssignment, Step } from '../plan/types';
import { existingConfiguration } from './existing-configuration';
import { namesOf } from './step-words';
import { subjectOf } from './subject-of';

interface Observed {
  readonly servicePrincipalId: string;
  readonly appRoleId: string | null;
  /** Object ids, lower case. */
  readonly principalIds: readonly string[];
}

/** Puts named users and groups in scope of a link that is set up, one change each (facts 4.8). */
export const assignPrincipals: Step<Observed> = {
  name: 'assign-principals',
  side: 'source',
  tier: 'T1',
  roleTemplateIds: rolesFor.assignments,
  permissions: ['Application.Read.All', 'AppRoleAssignment.ReadWrite.All'],
  title: (context) =>
    `Assign ${subjectOf(context, 'assignments').displayName} to the configuration "${namesOf(context).target}"`,
  meaning: (context) =>
    `Those assigned get an account in ${namesOf(context).target} with the next cycle, once the job runs. Of a group only direct members count, not nested groups.`,
  async observe(context) {
    const { id, appRoleId } = await existingConfiguration(context);
    const { items } = await listAssignments(context.source, id);
    const principalIds = items.map((row) => row.principalId.toLowerCase());
    return { servicePrincipalId: id, appRoleId, principalIds };
  },
  diff: (context, { servicePrincipalId, appRoleId, principalIds }) =>
    subjectOf(context, 'assignments')
      .assignments.filter((wanted) => !principalIds.includes(wanted.principalId.toLowerCase()))
      .map((wanted) => assignmentChange(wanted, servicePrincipalId, appRoleId)),
  async apply(write, { parameters }) {
    const requestIds = await assignPrincipal(write, {
      servicePrincipalId: String(parameters['servicePrincipalId']),
      appRoleId: String(parameters['appRoleId']),
      principalId: String(parameters['principalId']),
    });
    return { requestIds };
  },
};

function assignmentChange(
  wanted: DesiredAssignment,
  servicePrincipalId: string,
  appRoleId: string | null,
): Change {
  if (!appRoleId) {
    throw new BotError(
      'not-found',
      'looking for the role that assignments name',
      'Open the configuration in the Entra admin center and restore its application role.',
    );
  }
  const users = wanted.userCount === 1 ? '1 user' : `${wanted.userCount} users`;
  const kind =
    wanted.principalType === 'Group' ? `group ${wanted.displayName} (${users})` : wanted.displayName;
  return {
    operation: 'appRoleAssignedTo.create',
    title: `Assign ${kind}`,
    fields: [{ field: 'appRoleAssignedTo', before: 'absent', after: wanted.principalId }],
    parameters: {
      ...{ servicePrincipalId, appRoleId },
      ...{ principalId: wanted.principalId, principalType: wanted.principalType },
    },
    affectedUsers: wanted.userCount,
    undo: true,
  };
}
