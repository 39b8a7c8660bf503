import { z } from 'zod/v4';
import { auditCall } from '../audits';
import { readJsonBody } from '../body';
import { instant, newId } from '../clock';
import { findGroup } from '../groups';
import { collectionAnswer, type Shown } from '../odata';
import { badRequest, notFound } from '../refusal';
import type { Answer, Call, Route } from '../route';
import { findUser } from '../users';
import { contextOf, readsApplications, servicePrincipalOf } from './found';
import type { Assignment, Configuration } from './state';

const guid = z.guid().transform((id) => id.toLowerCase());
const assignmentBody = z.strictObject({ principalId: guid, resourceId: guid, appRoleId: guid });

/** Assignments hang on every service principal; only those of the template have a configuration here. */
function assignable(call: Call): Configuration {
  const { id } = servicePrincipalOf(call);
  const configuration = call.tenant.sync.configurations[id];
  if (!configuration) throw notFound(id);
  return configuration;
}

function show(call: Call, assignment: Assignment): Shown {
  const { id, displayName } = servicePrincipalOf(call);
  return {
    id: assignment.id,
    deletedDateTime: null,
    appRoleId: assignment.appRoleId,
    createdDateTime: instant(assignment.createdMs),
    principalDisplayName: assignment.principalDisplayName,
    principalId: assignment.principalId,
    principalType: assignment.principalType,
    resourceDisplayName: displayName,
    resourceId: id,
  };
}

function listAssignments(call: Call): Answer {
  const { servicePrincipalId, assignments } = assignable(call);
  return collectionAnswer(call, {
    context: `servicePrincipals('${servicePrincipalId}')/appRoleAssignedTo`,
    items: assignments,
    show: (assignment) => show(call, assignment),
    properties: [
      ...['id', 'deletedDateTime', 'appRoleId', 'createdDateTime', 'principalDisplayName', 'principalId'],
      ...['principalType', 'resourceDisplayName', 'resourceId'],
    ],
  });
}

function createAssignment(call: Call): Answer {
  const body = readJsonBody(assignmentBody, call.body);
  const configuration = assignable(call);
  const { id, appRoles } = servicePrincipalOf(call);
  if (body.resourceId !== id)
    throw badRequest("Property 'resourceId' must be the service principal of the path.");
  if (!appRoles.some((role) => role.id === body.appRoleId && role.isEnabled)) {
    throw badRequest('Permission being assigned was not found on application.');
  }
  const principal = principalOf(call, body.principalId);
  const taken = configuration.assignments.some(
    ({ principalId, appRoleId }) => principalId === body.principalId && appRoleId === body.appRoleId,
  );
  // The code of a duplicate is UNVERIFIED (facts 4.8).
  if (taken) throw badRequest('Permission being assigned already exists on the object');
  const made: Assignment = {
    id: Buffer.from(newId(call.world) + newId(call.world))
      .toString('base64url')
      .slice(0, 43),
    principalId: body.principalId,
    appRoleId: body.appRoleId,
    createdMs: call.now,
    ...principal,
  };
  configuration.assignments.push(made);
  configuration.assignmentVersion += 1;
  record(call, 'Add app role assignment grant to user', made);
  return {
    status: 201,
    body: { '@odata.context': contextOf(call, id, 'appRoleAssignedTo/$entity'), ...show(call, made) },
  };
}

function principalOf(call: Call, id: string): Pick<Assignment, 'principalType' | 'principalDisplayName'> {
  const user = findUser(call.world, call.tenant, id);
  if (user) return { principalType: 'User', principalDisplayName: user.displayName };
  const group = findGroup(call.tenant, id);
  if (!group) throw notFound(id);
  if (!group.securityEnabled)
    throw badRequest('Only security-enabled groups can be assigned to applications.');
  return { principalType: 'Group', principalDisplayName: group.displayName };
}

function deleteAssignment(call: Call): Answer {
  const configuration = assignable(call);
  const id = call.parameters['appRoleAssignmentId'] ?? '';
  const gone = configuration.assignments.find((assignment) => assignment.id === id);
  if (!gone) throw notFound(id);
  configuration.assignments = configuration.assignments.filter((assignment) => assignment !== gone);
  configuration.assignmentVersion += 1;
  record(call, 'Remove app role assignment from user', gone);
  return { status: 204 };
}

function record(
  call: Call,
  activity: string,
  { principalId, principalDisplayName, principalType }: Assignment,
) {
  const { id, displayName } = servicePrincipalOf(call);
  auditCall(call, {
    category: 'ApplicationManagement',
    activityDisplayName: principalType === 'User' ? activity : activity.replace(/user$/, 'group'),
    operationType: activity.startsWith('Add') ? 'Assign' : 'Unassign',
    targets: [
      { id, displayName, type: 'ServicePrincipal' },
      { id: principalId, displayName: principalDisplayName, type: principalType },
    ],
  });
}

const path = '/v1.0/servicePrincipals/{servicePrincipalId}/appRoleAssignedTo';
const assigns = [
  ['AppRoleAssignment.ReadWrite.All', 'Application.Read.All'],
  ['AppRoleAssignment.ReadWrite.All', 'Application.ReadWrite.All'],
  ['AppRoleAssignment.ReadWrite.All', 'Directory.Read.All'],
] as const;

export const assignmentRoutes: readonly Route[] = [
  {
    method: 'GET',
    path,
    operation: 'appRoleAssignedTo.list',
    permissions: readsApplications,
    throttle: 'directory',
    isWrite: false,
    query: {
      options: ['$select', '$filter', '$top', '$count', '$skiptoken'],
      filter: {
        principalId: ['eq'],
        appRoleId: ['eq'],
        principalType: ['eq'],
        principalDisplayName: ['eq', 'startswith'],
      },
    },
    run: listAssignments,
  },
  {
    ...{ method: 'POST', path, operation: 'appRoleAssignedTo.create', permissions: assigns },
    ...{ throttle: 'directory', isWrite: true },
    run: createAssignment,
  },
  {
    ...{ method: 'DELETE', path: `${path}/{appRoleAssignmentId}`, operation: 'appRoleAssignedTo.delete' },
    ...{ permissions: assigns, throttle: 'directory', isWrite: true },
    run: deleteAssignment,
  },
];
