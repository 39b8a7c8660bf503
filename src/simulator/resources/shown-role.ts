import { namedGuid } from '../hash';
import type { Shown } from '../odata';
import { roleName } from '../people';
import { badRequest } from '../refusal';
import type { Call } from '../route';
import { showUser, userDefaults } from '../shown-user';
import { findUser } from '../users';
import type { RoleGrant, TenantState } from '../world';
import { showGroup } from './groups';

/** The activated role object of a tenant: its id differs from tenant to tenant, its template does not. */
export function directoryRole(tenant: TenantState, roleTemplateId: string): Shown {
  return {
    '@odata.type': '#microsoft.graph.directoryRole',
    id: namedGuid(tenant.tenantId, 'role', roleTemplateId),
    deletedDateTime: null,
    displayName: roleName(roleTemplateId),
    description: `${roleName(roleTemplateId) ?? 'Custom role'} of this directory.`,
    roleTemplateId,
  };
}

/** A built-in role definition: its id is the template id (facts 2.1). */
export function definition(id: string): Shown {
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

/** A row of roleAssignments, expanded as the query asks. */
export function assignment(call: Call, grant: RoleGrant): Shown {
  const { id, principalId, roleTemplateId, directoryScopeId } = grant;
  return { id, principalId, roleDefinitionId: roleTemplateId, directoryScopeId, ...expanded(call, grant) };
}

/** A row of the schedule instances: active, or eligible (facts 2.1). */
export function instance(call: Call, grant: RoleGrant): Shown {
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
