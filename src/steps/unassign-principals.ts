import { attributesOfFilters, filtersOf } from '../engine/filters';
import { deletionGuardOf } from '../engine/deletion-guard';
import { leavingNotes, type LeavingRules } from '../engine/leaving';
import { readMembers, type Member, type Members } from '../engine/members';
import { deletesLeavers } from '../engine/schema-nodes';
import { fingerprint, isInScope, leaversFor, type Rule } from '../engine/scope';
import { listAssignments, removeAssignment, type AppRoleAssignment } from '../graph/app-role-assignments';
import { rolesFor } from '../graph/role-templates';
import { findCrossTenantJob } from '../graph/synchronization-jobs';
import { findSchema } from '../graph/synchronization-schema';
import type { Change, DesiredAssignment, Step, StepContext } from '../plan/types';
import { existingConfiguration, savedSettings } from './existing-configuration';
import { refuseUncounted } from './refuse-uncounted';
import { syncAllOf } from './secret-set';
import { namesOf } from './step-words';
import { subjectOf } from './subject-of';

interface Observed {
  readonly servicePrincipalId: string;
  /** Those of the plan that are still assigned. */
  readonly left: readonly AppRoleAssignment[];
  readonly members: Members;
  readonly rule: Rule;
  readonly leaving: LeavingRules;
  /** Object ids, lower case, of all assignments that stay. */
  readonly staying: readonly string[];
}

/** Takes named users and groups out of scope; who has no other way in is deprovisioned (facts 4.8, 9.2). */
export const unassignPrincipals: Step<Observed> = {
  name: 'unassign-principals',
  side: 'source',
  tier: 'T2',
  roleTemplateIds: rolesFor.assignments,
  permissions: ['Application.Read.All', 'AppRoleAssignment.ReadWrite.All'],
  title: (context) =>
    `Take ${subjectOf(context, 'assignments').displayName} out of the configuration "${namesOf(context).target}"`,
  meaning: (context) =>
    `They no longer bring anybody into ${namesOf(context).target}. Assigned again within 30 days, they bring back the same accounts.`,
  observe: async (context) => observeAssignments(context),
  diff: (_context, observed) => {
    const counted = new Set<string>();
    return observed.left.map((row) => removal(row, observed, counted));
  },
  async apply(write, { parameters }) {
    const requestIds = await removeAssignment(write, {
      servicePrincipalId: String(parameters['servicePrincipalId']),
      appRoleAssignmentId: String(parameters['appRoleAssignmentId']),
    });
    return { requestIds };
  },
};

async function observeAssignments(context: StepContext): Promise<Observed> {
  const configuration = await existingConfiguration(context);
  const { items } = await listAssignments(context.source, configuration.id);
  const wanted = subjectOf(context, 'assignments').assignments;
  const isNamed = (row: AppRoleAssignment) => wanted.some((one) => isSame(one, row));
  const left = items.filter(isNamed);
  const staying = items.filter((row) => !isNamed(row)).map((row) => row.principalId.toLowerCase());
  const none: Members = { users: [], groups: [], isComplete: true };
  const job = left.length > 0 ? await findCrossTenantJob(context.source, configuration.id) : undefined;
  const schema = job && (await findSchema(context.source, configuration.id, job.id));
  const filters = schema ? filtersOf(schema) : [];
  const secrets = left.length > 0 ? await savedSettings(context, configuration) : [];
  const syncsAll = syncAllOf(secrets, context.verified ?? null) === 'true';
  const members =
    left.length > 0 ? await readMembers(context.source, items, attributesOfFilters(filters)) : none;
  if (!syncsAll) refuseUncounted(members);
  return {
    servicePrincipalId: configuration.id,
    left,
    members,
    staying,
    // While everybody is in scope, nobody leaves it by an assignment.
    rule: { isAssigned: () => !syncsAll, filters },
    leaving: {
      targetName: namesOf(context).target,
      guard: deletionGuardOf(secrets, job),
      isDeleting: schema === undefined || deletesLeavers(schema),
    },
  };
}

/** Leavers of one assignment do not depend on the others that go too, so that each can be compared on its own (I6). */
function removal(row: AppRoleAssignment, observed: Observed, counted: Set<string>): Change {
  const { members, staying, rule, servicePrincipalId, leaving } = observed;
  const principalId = row.principalId.toLowerCase();
  const leavers = members.users.filter(
    (member) =>
      member.via.includes(principalId) && !staysIn(member, staying) && isInScope(member, rule) !== false,
  );
  const fresh = leavers.filter(({ userId }) => !counted.has(userId));
  for (const { userId } of fresh) counted.add(userId);
  const group = members.groups.find(({ groupId }) => groupId.toLowerCase() === principalId);
  const name = row.principalDisplayName ?? row.principalId;
  const nested = group?.nestedCount ?? 0;
  return {
    operation: 'appRoleAssignedTo.delete',
    title: group ? `Unassign group ${name}` : `Unassign ${name}`,
    fields: [
      { field: 'appRoleAssignedTo', before: row.principalId, after: 'absent' },
      { field: 'users who leave the scope', before: 0, after: leavers.length },
    ],
    parameters: {
      ...{ servicePrincipalId, appRoleAssignmentId: row.id ?? '', principalId: row.principalId },
      leavers: fingerprint(leavers),
    },
    affectedUsers: fresh.length,
    undo: true,
    notes: [
      ...leavingNotes(leavers.length, leaving),
      ...(nested > 0 ? [nestedNote(nested)] : []),
      ...(staying.length === 0 ? ['Nobody is assigned after that: the job has nobody to synchronize.'] : []),
    ],
    leavers: leaversFor(fresh),
  };
}

function nestedNote(count: number): string {
  const groups = count === 1 ? 'A group' : `${count} groups`;
  return `${groups} inside it never counted: nested groups are not followed.`;
}

function staysIn({ via }: Member, staying: readonly string[]): boolean {
  return via.some((principalId) => staying.includes(principalId));
}

function isSame(one: DesiredAssignment, row: AppRoleAssignment): boolean {
  return one.principalId.toLowerCase() === row.principalId.toLowerCase();
}
