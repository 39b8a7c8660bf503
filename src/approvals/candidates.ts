import { roleTemplates } from '../graph/role-templates';
import type { Person, PlanContent } from '../plan/types';
import type { RoleHolder } from './directory';
import { coveringRoles, isAffected, stepsIn, type AuthorityPorts } from './authority';

/** Enough to reach somebody; a tenant with more approvers needs no more of them looked up. */
const mostFound = 200;

/**
 * People who may approve for a tenant now, by role or by the tenant's approvers group, without the requester and
 * whoever the plan changes. For asking; authority is read again when one of them decides (I11).
 */
export async function findApprovers(
  { tenants, directory }: AuthorityPorts,
  content: PlanContent,
  tenantId: string,
): Promise<readonly Person[]> {
  const steps = stepsIn(content, tenantId);
  const roles = [
    ...new Set([...steps.flatMap((step) => step.roleTemplateIds), roleTemplates.globalAdministrator]),
  ];
  const holders = await directory.listRoleHolders(tenantId, roles);
  const found = new Map<string, Person>();
  const add = (homeId: string, holder: RoleHolder) => {
    const objectId = holder.objectId.toLowerCase();
    found.set(`${homeId}/${objectId}`, { tenantId: homeId, objectId, displayName: holder.displayName });
  };
  for (const holder of holders) if (coveringRoles(holder.roleTemplateIds, steps)) add(tenantId, holder);
  const group = tenants.find((tenant) => tenant.tenantId === tenantId)?.groups.approvers;
  if (group && tenants.some((tenant) => tenant.tenantId === group.tenantId)) {
    for (const member of await directory.listGroupPeople(group.tenantId, group.groupId))
      add(group.tenantId, member);
  }
  const { requester } = content;
  return [...found.values()]
    .filter((one) => one.tenantId !== requester.tenantId || one.objectId !== requester.objectId)
    .filter((one) => !isAffected(one, content))
    .slice(0, mostFound);
}
