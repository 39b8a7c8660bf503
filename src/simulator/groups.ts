import { membershipTest } from './membership-rule';
import { findUser, listUsers } from './users';
import type { Group, RoleGrant, TenantState, User, World } from './world';

export function findGroup(tenant: TenantState, id: string): Group | null {
  return tenant.groups[id.toLowerCase()] ?? null;
}

/** True for every direct member, dynamic ones included. O(1) in the number of users. */
export function isDirectMember(group: Group, user: User): boolean {
  return group.memberIds.includes(user.id) || isDynamicMember(group, user);
}

function isDynamicMember({ membershipRule }: Group, user: User): boolean {
  return membershipRule !== null && membershipTest(membershipRule)?.(user) === true;
}

/** Direct members: live users first named by id, then dynamic ones, then groups. */
export function* directMembers(world: World, tenant: TenantState, group: Group): Iterable<User | Group> {
  for (const id of group.memberIds) {
    const user = findUser(world, tenant, id);
    if (user) yield user;
  }
  if (group.membershipRule !== null) {
    for (const user of listUsers(world, tenant)) {
      if (isDynamicMember(group, user) && !group.memberIds.includes(user.id)) yield user;
    }
  }
  for (const id of group.memberIds) {
    const nested = findGroup(tenant, id);
    if (nested) yield nested;
  }
}

/** Direct members that are users: what an assignment of the group covers (facts 4.8). */
export function* directUsers(world: World, tenant: TenantState, group: Group): Iterable<User> {
  for (const member of directMembers(world, tenant, group)) if (isUser(member)) yield member;
}

export function isUser(object: User | Group): object is User {
  return 'userPrincipalName' in object;
}

/** Groups that hold this user or group directly or through other groups. */
export function groupsOf(tenant: TenantState, member: User | Group): Group[] {
  const found = new Map<string, Group>();
  const waiting: (User | Group)[] = [member];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    for (const group of Object.values(tenant.groups)) {
      if (found.has(group.id)) continue;
      const holds = isUser(next) ? isDirectMember(group, next) : group.memberIds.includes(next.id);
      if (!holds) continue;
      found.set(group.id, group);
      waiting.push(group);
    }
  }
  return [...found.values()];
}

/** Grants that reach this user now: own ones and those of role-assignable groups that hold the user directly. */
export function grantsOf(tenant: TenantState, user: User): RoleGrant[] {
  const holders = new Set([user.id]);
  for (const group of Object.values(tenant.groups)) {
    if (group.isAssignableToRole && isDirectMember(group, user)) holders.add(group.id);
  }
  return tenant.roles.filter((grant) => holders.has(grant.principalId));
}

/** Template ids of the directory roles active now, tenant-wide or scoped. */
export function activeRoleTemplates(tenant: TenantState, user: User): string[] {
  const active = grantsOf(tenant, user).filter((grant) => grant.kind !== 'eligible');
  return [...new Set(active.map((grant) => grant.roleTemplateId))];
}

/** Service plan AAD_PREMIUM: Entra ID P1 (facts 1.4). */
export const premiumPlanId = '41781fb2-bc02-4b7c-bd55-b576c07bb09d';

/** True when the tenant owns Entra ID P1, alone or in a bundle. */
export function hasPremium(tenant: TenantState): boolean {
  return tenant.skus.some(
    (sku) =>
      sku.capabilityStatus !== 'Suspended' &&
      sku.servicePlans.some((plan) => plan.servicePlanId === premiumPlanId),
  );
}
