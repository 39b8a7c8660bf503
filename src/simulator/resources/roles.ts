import { grantsOf, groupsOf } from '../groups';
import { namedGuid } from '../hash';
import { collectionAnswer, filterOf, isAdvanced, type Shown } from '../odata';
import { boundTo } from '../filter-match';
import { roleName, roleTemplates } from '../people';
import { badRequest, Refusal } from '../refusal';
import type { Answer, Call, QueryRules, Route } from '../route';
import { showGroup } from './groups';
import { showUser, userDefaults } from '../shown-user';
import { findUser } from '../users';
import type { RoleGrant, TenantState } from '../world';
import { readsUsers, userOfPath } from './users';

const readsRoles = ['RoleManagement.Read.Directory', 'RoleManagement.Read.All', 'Directory.Read.All'];

/** The activated role object of a tenant: its id differs from tenant to tenant, its template does not. */
function directoryRole(tenant: TenantState, roleTemplateId: string): Shown {
  return {
    '@odata.type': '#microsoft.graph.directoryRole',
    id: namedGuid(tenant.tenantId, 'role', roleTemplateId),
    deletedDateTime: null,
    displayName: roleName(roleTemplateId),
    description: `${roleName(roleTemplateId) ?? 'Custom role'} of this directory.`,
    roleTemplateId,
  };
}

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

function definition(id: string): Shown {
  return {
    id,
    templateId: id,
    displayName: roleName(id),
    description: `${roleName(id) ?? 'Custom role'} of this directory.`,
    isBuiltIn: true,
    isEnabled: true,
    resourceScopes: ['/'],
    rolePermissions: [],
    version: '1',
  };
}

function expansions({ query }: Call): readonly string[] {
  const names =
    query
      .get('$expand')
      ?.split(',')
      .map((name) => name.trim()) ?? [];
  const unknown = names.find((name) => name !== 'principal' && name !== 'roleDefinition');
  if (unknown !== undefined) throw badRequest(`Could not find a property named '${unknown}' to expand.`);
  return names;
}

function expanded(call: Call, grant: RoleGrant): Shown {
  const names = expansions(call);
  return {
    ...(names.includes('roleDefinition') ? { roleDefinition: definition(grant.roleTemplateId) } : {}),
    ...(names.includes('principal') ? { principal: principal(call, grant.principalId) } : {}),
  };
}

function principal(call: Call, id: string): Shown {
  const group = call.tenant.groups[id];
  if (group) return { '@odata.type': '#microsoft.graph.group', ...showGroup(group) };
  const user = findUser(call.world, call.tenant, id);
  const shown = user ? showUser(call.world, call.tenant, user) : { id };
  const kept = Object.entries(shown).filter(([name]) => userDefaults.includes(name));
  return { '@odata.type': '#microsoft.graph.user', ...Object.fromEntries(kept) };
}

function assignment(call: Call, grant: RoleGrant): Shown {
  const { id, principalId, roleTemplateId, directoryScopeId } = grant;
  return { id, principalId, roleDefinitionId: roleTemplateId, directoryScopeId, ...expanded(call, grant) };
}

function instance(call: Call, grant: RoleGrant): Shown {
  const origin =
    grant.kind === 'eligible'
      ? { roleEligibilityScheduleId: grant.id }
      : {
          assignmentType: grant.kind === 'activated' ? 'Activated' : 'Assigned',
          roleAssignmentOriginId: grant.id,
          roleAssignmentScheduleId: grant.id,
        };
  return {
    ...assignment(call, grant),
    appScopeId: null,
    startDateTime: grant.startDateTime,
    endDateTime: grant.endDateTime,
    memberType: 'Direct',
    ...origin,
  };
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
