import { z } from 'zod/v4';
import { auditCall, differences } from '../audits';
import { readJsonBody } from '../body';
import { findGroup, isDirectMember } from '../groups';
import { membershipTest } from '../membership-rule';
import { badRequest, notFound } from '../refusal';
import type { Answer, Call, Route } from '../route';
import { findUser } from '../users';
import type { AuditChange, Group } from '../world';
import { groupOfPath } from './groups';

const groupPatch = z
  .strictObject({
    displayName: z.string().min(1).max(256).optional(),
    description: z.string().max(1024).nullable().optional(),
    membershipRule: z.string().min(1).max(3072).optional(),
  })
  .refine((body) => Object.keys(body).length > 0);

/** A rule holds for everybody at once (the service takes minutes); it ends memberships that were set by hand. */
function updateGroup(call: Call): Answer {
  const patch = readJsonBody(groupPatch, call.body);
  const group = groupOfPath(call);
  if (patch.membershipRule !== undefined) {
    if (!group.groupTypes.includes('DynamicMembership')) {
      throw badRequest('A membership rule needs a group of type DynamicMembership.');
    }
    if (!membershipTest(patch.membershipRule)) throw badRequest('The membership rule is not valid.');
    group.memberIds = [];
  }
  const before = { ...group };
  Object.assign(group, patch);
  audit(call, 'Update group', group, differences(before, group));
  return { status: 204 };
}

const reference = z.strictObject({
  '@odata.id': z.string().regex(/\/directoryObjects\/[\da-fA-F-]{36}$/),
});

function addMember(call: Call): Answer {
  const id = (readJsonBody(reference, call.body)['@odata.id'].split('/').at(-1) ?? '').toLowerCase();
  const group = staticGroup(call);
  const user = findUser(call.world, call.tenant, id);
  if (!user && !findGroup(call.tenant, id)) throw notFound(id);
  if (user ? isDirectMember(group, user) : group.memberIds.includes(id)) {
    throw badRequest(
      "One or more added object references already exist for the following modified properties: 'members'.",
    );
  }
  group.memberIds = [...group.memberIds, id];
  audit(call, 'Add member to group', group, [
    { displayName: 'Member', oldValue: null, newValue: JSON.stringify(id) },
  ]);
  return { status: 204 };
}

function removeMember(call: Call): Answer {
  const id = (call.parameters['directoryObjectId'] ?? '').toLowerCase();
  const group = staticGroup(call);
  if (!group.memberIds.includes(id)) throw notFound(id);
  group.memberIds = group.memberIds.filter((each) => each !== id);
  audit(call, 'Remove member from group', group, [
    { displayName: 'Member', oldValue: JSON.stringify(id), newValue: null },
  ]);
  return { status: 204 };
}

function staticGroup(call: Call): Group {
  const group = groupOfPath(call);
  if (group.groupTypes.includes('DynamicMembership')) {
    throw badRequest('Members of a group with dynamic membership cannot be changed.');
  }
  return group;
}

function audit(call: Call, activity: string, { id, displayName }: Group, modified: AuditChange[]): void {
  auditCall(call, {
    category: 'GroupManagement',
    activityDisplayName: activity,
    operationType: activity.split(' ')[0] ?? '',
    targets: [{ id, displayName, type: 'Group' }],
    modified,
  });
}

const one = '/v1.0/groups/{groupId}';
const write = { throttle: 'directory', isWrite: true } as const;
const members = ['GroupMember.ReadWrite.All', 'Group.ReadWrite.All'];

/** Changes to groups, as an administrator makes them: Graph pages group-update, group-post-members, -delete-members. */
export const groupChangeRoutes: readonly Route[] = [
  {
    ...{ ...write, method: 'PATCH', path: one, operation: 'groups.update' },
    ...{ permissions: ['Group.ReadWrite.All'], run: updateGroup },
  },
  {
    ...{ ...write, method: 'POST', path: `${one}/members/$ref`, operation: 'groups.addMember' },
    ...{ permissions: members, run: addMember },
  },
  {
    ...{ ...write, method: 'DELETE', operation: 'groups.removeMember' },
    ...{ path: `${one}/members/{directoryObjectId}/$ref`, permissions: members, run: removeMember },
  },
];
