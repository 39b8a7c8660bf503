import { boundTo } from '../filter-match';
import { grantsOf, groupsOf } from '../groups';
import { collectionAnswer, filterOf, isAdvanced, type Shown } from '../odata';
import { roleTemplates } from '../people';
import { badRequest, Refusal } from '../refusal';
import type { Answer, Call, QueryRules, Route } from '../route';
import { findUser } from '../users';
import type { RoleGrant } from '../world';
import { showGroup } from './groups';
import { assignment, definition, directoryRole, instance } from './shown-role';
import { readsUsers, userOfPath } from './users';

const readsRoles = ['RoleManagement.Read.Directory', 'RoleManagement.Read.All', 'Directory.Read.All'];

/** Active tenant-wide roles of the user in the path; scoped ones are no membership. */
function rolesOfUser(call: Call): Shown[] {
  const grants = grantsOf(call.tenant, userOfPath(call));
  const active = grants.filter((grant) => grant.kind !== 'eligible' && grant.directoryScopeId === '/');
  return [...new Set(active.map(({ roleTemplateId }) => roleTemplateId))].map((id) =>
    directoryRole(call.tenant, id),
  );
}

function memberOf(call: Call): Answer {
  const groups = groupsOf(call.tenant, userOfPath(call)).map((group) => ({
    '@odata.type': '#microsoft.graph.group',
    ...showGroup(group),
  }));
  return collectionAnswer(call, {
    context: 'directoryObjects',
    items: [...rolesOfUser(call), ...groups],
    show: (object) => object,
  });
}

function memberOfRoles(call: Call): Answer {
  if (!isAdvanced(call)) {
    throw badRequest('Request with OData type cast needs ConsistencyLevel: eventual and $count=true.');
  }
  const roles = rolesOfUser(call).map(({ '@odata.type': _, ...role }) => role);
  return collectionAnswer(call, { context: 'directoryRoles', items: roles, show: (role) => role });
}

function listDirectoryRoles(call: Call): Answer {
  const held = new Set(
    call.tenant.roles.filter(({ kind }) => kind !== 'eligible').map((grant) => grant.roleTemplateId),
  );
  const roles = [...held].map((id) => directoryRole(call.tenant, id));
  return collectionAnswer(call, {
    context: 'directoryRoles',
    items: roles.map(({ '@odata.type': _, ...role }) => role),
    show: (role) => role,
  });
}

const listGrants =
  (context: string, eligible: boolean, show: (call: Call, grant: RoleGrant) => Shown) =>
  (call: Call): Answer =>
    collectionAnswer(call, {
      context: `roleManagement/directory/${context}`,
      items: call.tenant.roles.filter((grant) => (grant.kind === 'eligible') === eligible),
      show: (grant) => show(call, grant),
    });

/** Direct and group-inherited rows; the latter carry the group's id (facts 2.1). */
function transitive(call: Call): Answer {
  if (!isAdvanced(call))
    throw new Refusal(404, 'Request_ResourceNotFound', 'The resource could not be found.');
  const [id, ...others] = boundTo(filterOf(call), 'principalId') ?? [];
  if (id === undefined || others.length) throw badRequest('The $filter must be principalId eq one id.');
  const user = findUser(call.world, call.tenant, id.toLowerCase());
  const grants = user ? grantsOf(call.tenant, user).filter(({ kind }) => kind !== 'eligible') : [];
  const rows = grants.map((grant) => assignment(call, grant));
  // The filter chose the user; rows of groups carry other ids, so it is not applied to them again.
  const query = new Map([...call.query].filter(([name]) => name !== '$filter'));
  return collectionAnswer(
    { ...call, query },
    { context: 'roleManagement/directory/transitiveRoleAssignments', items: rows, show: (row) => row },
  );
}

const root = '/v1.0/roleManagement/directory';
const get = { method: 'GET', throttle: 'directory', isWrite: false } as const;
const byPrincipal: QueryRules = {
  options: ['$select', '$filter', '$expand', '$top', '$skiptoken'],
  filter: { principalId: ['eq', 'in'], roleDefinitionId: ['eq', 'in'], directoryScopeId: ['eq'] },
};

export const roleRoutes: readonly Route[] = [
  {
    ...get,
    ...{ path: '/v1.0/users/{userId}/transitiveMemberOf', operation: 'users.transitiveMemberOf', cost: 2 },
    permissions: [...readsUsers, 'GroupMember.Read.All'],
    query: {
      options: ['$select', '$filter', '$top', '$count', '$search', '$orderby', '$skiptoken'],
      filter: { displayName: ['eq', 'startswith'], id: ['eq'] },
      orderby: ['displayName'],
      search: ['displayName'],
      advancedOnly: true,
    },
    run: memberOf,
  },
  {
    ...get,
    path: '/v1.0/users/{userId}/transitiveMemberOf/microsoft.graph.directoryRole',
    ...{ operation: 'users.transitiveRoles', cost: 2, permissions: readsUsers },
    query: { options: ['$select', '$top', '$count', '$skiptoken'] },
    run: memberOfRoles,
  },
  {
    ...get,
    ...{ path: '/v1.0/directoryRoles', operation: 'directoryRoles.list', permissions: readsRoles },
    query: { options: ['$select', '$filter'], filter: { roleTemplateId: ['eq'], displayName: ['eq'] } },
    run: listDirectoryRoles,
  },
  {
    ...get,
    ...{ path: `${root}/roleDefinitions`, operation: 'roleDefinitions.list', permissions: readsRoles },
    query: {
      options: ['$select', '$filter', '$top', '$skiptoken'],
      filter: { id: ['eq', 'in'], templateId: ['eq'], displayName: ['eq', 'startswith'], isBuiltIn: ['eq'] },
    },
    run: (call) =>
      collectionAnswer(call, {
        context: 'roleManagement/directory/roleDefinitions',
        items: Object.values(roleTemplates),
        show: definition,
      }),
  },
  {
    ...get,
    ...{ path: `${root}/roleAssignments`, operation: 'roleAssignments.list', permissions: readsRoles },
    query: byPrincipal,
    run: listGrants('roleAssignments', false, assignment),
  },
  {
    ...get,
    ...{ path: `${root}/roleAssignmentScheduleInstances`, operation: 'roleAssignmentScheduleInstances.list' },
    permissions: [
      'RoleAssignmentSchedule.Read.Directory',
      'RoleManagement.Read.Directory',
      'RoleManagement.Read.All',
    ],
    query: byPrincipal,
    run: listGrants('roleAssignmentScheduleInstances', false, instance),
  },
  {
    ...get,
    ...{
      path: `${root}/roleEligibilityScheduleInstances`,
      operation: 'roleEligibilityScheduleInstances.list',
    },
    permissions: [
      'RoleEligibilitySchedule.Read.Directory',
      'RoleManagement.Read.Directory',
      'RoleManagement.Read.All',
    ],
    query: byPrincipal,
    run: listGrants('roleEligibilityScheduleInstances', true, instance),
  },
  {
    ...get,
    path: '/beta/roleManagement/directory/transitiveRoleAssignments',
    ...{ operation: 'transitiveRoleAssignments.list', permissions: readsRoles },
    query: { options: ['$select', '$filter', '$count'], filter: { principalId: ['eq'] } },
    run: transitive,
  },
];
