import { renderPlanCard } from '../../../src/cards/render-plan-card';
import { leavingNotes } from '../../../src/engine/leaving';
import type { NamedUser, PlanAudience, PlannedStep } from '../../../src/plan/types';
import { type Cast, sourceId } from './cast';
import { now, planRecord } from './plan-records';
import { roles } from './plan-steps';
import type { Maker } from './sample';
import { times } from './times';

const requester: PlanAudience = { role: 'requester', nonce: 'n-requester' };
const approver: PlanAudience = {
  role: 'approver',
  forTenantId: sourceId,
  nonce: 'n-approver',
  hasDecided: false,
  typedCount: null,
};

const users = (cast: Cast, count: number): readonly NamedUser[] =>
  times(Math.min(count, 1_000), (index) => ({
    userId: `${String(index).padStart(8, '0')}-eeee-4eee-8eee-eeeeeeeeeeee`,
    ...cast.user,
  }));

function unassignStep(cast: Cast, count: number): PlannedStep {
  const { target } = cast.link;
  const guard = { limit: 10, isDefault: false };
  return {
    name: 'unassign-principals',
    side: 'source',
    tenantId: sourceId,
    tier: 'T2',
    title: `Take group ${cast.group} out of the configuration "${target.displayName}"`,
    meaning: `They no longer bring anybody into ${target.displayName}.`,
    roleTemplateIds: roles,
    changes: [
      {
        operation: 'appRoleAssignedTo.delete',
        title: `Unassign group ${cast.group}`,
        fields: [
          { field: 'appRoleAssignedTo', before: '00000001-dddd-4ddd-8ddd-dddddddddddd', after: 'absent' },
          { field: 'users who leave the scope', before: 0, after: count },
        ],
        parameters: {},
        affectedUsers: count,
        undo: true,
        notes: leavingNotes(count, { targetName: target.displayName, guard, isDeleting: true }),
        leavers: { count, named: users(cast, count) },
      },
    ],
  };
}

function mappingStep(cast: Cast, count: number): PlannedStep {
  const after = 'Join(" ", [surname], [givenName])';
  return {
    name: 'attribute-mapping',
    side: 'source',
    tenantId: sourceId,
    tier: 'T2',
    title: 'Mapping of displayName',
    meaning: `In ${cast.link.target.displayName} displayName becomes surname and givenName, joined with “ ”.`,
    roleTemplateIds: roles,
    changes: [
      {
        operation: 'schema.replace',
        title: 'Attribute mapping of displayName',
        fields: [{ field: 'displayName', before: '[displayName]', after }],
        parameters: {},
        affectedUsers: count,
        undo: true,
        examples: users(cast, Math.min(count, 5)).map((user, index) => ({
          ...user,
          before: cast.user.displayName,
          after: index === 2 ? null : index === 1 ? '' : cast.user.displayName,
        })),
      },
    ],
  };
}

/** Plans that name users to those who decide. */
export const leaverMakers: readonly Maker[] = [
  {
    card: 'approval',
    of: 'leavers',
    draw: (cast, count) =>
      renderPlanCard(
        planRecord(cast, 'unassign', 'submitted', [unassignStep(cast, count)]),
        cast.link,
        approver,
        now,
      ),
  },
  {
    card: 'plan',
    of: 'mapping',
    draw: (cast, count) =>
      renderPlanCard(
        planRecord(cast, 'map-set', 'draft', [mappingStep(cast, count)]),
        cast.link,
        requester,
        now,
      ),
  },
];
