import { z } from 'zod/v4';
import type { GraphRead } from './client';
import { isExternal } from './directory';
import { flag, text } from './parse';
import { at, quoted } from './path';

/** Somebody who holds one of the roles now, and through what. */
export interface RoleHolder {
  readonly objectId: string;
  readonly displayName: string;
  readonly userPrincipalName: string;
  readonly roleTemplateIds: readonly string[];
}

const principal = z.object({
  '@odata.type': text,
  id: z.string(),
  displayName: text,
  userPrincipalName: text,
  userType: text,
  accountEnabled: flag,
  creationType: text,
  externalUserState: text,
});

type Principal = z.output<typeof principal>;

export const roleAssignmentSchema = z.object({
  roleDefinitionId: text,
  principalId: text,
  directoryScopeId: text,
  principal: principal.nullish().catch(null),
});

/**
 * People who hold any of these roles tenant-wide now, groups expanded, external and disabled people left out.
 * For finding whom to ask; whether one of them may decide is read again at the press (I11).
 */
export async function listRoleHolders(
  graph: GraphRead,
  roleTemplateIds: readonly string[],
): Promise<readonly RoleHolder[]> {
  const found = new Map<string, RoleHolder>();
  for (const roleTemplateId of new Set(roleTemplateIds)) {
    for (const person of await holdersOf(graph, roleTemplateId)) {
      const before = found.get(person.id)?.roleTemplateIds ?? [];
      found.set(person.id, {
        objectId: person.id,
        displayName: person.displayName ?? person.userPrincipalName ?? person.id,
        userPrincipalName: person.userPrincipalName ?? '',
        roleTemplateIds: [...new Set([...before, roleTemplateId])],
      });
    }
  }
  return [...found.values()];
}

/** Members of a group who may act: internal and enabled; for groups that count like a role. */
export async function listGroupPeople(graph: GraphRead, groupId: string): Promise<readonly RoleHolder[]> {
  return (await peopleOfGroup(graph, groupId)).map((person) => ({
    objectId: person.id,
    displayName: person.displayName ?? person.userPrincipalName ?? person.id,
    userPrincipalName: person.userPrincipalName ?? '',
    roleTemplateIds: [],
  }));
}

async function holdersOf(graph: GraphRead, roleTemplateId: string): Promise<readonly Principal[]> {
  const { items } = await graph.list('/roleManagement/directory/roleAssignments', {
    doing: 'reading who holds an administrator role',
    permissions: ['RoleManagement.Read.Directory', 'RoleManagement.Read.All', 'Directory.Read.All'],
    query: { $filter: `roleDefinitionId eq ${quoted(roleTemplateId)}`, $expand: 'principal' },
    schema: roleAssignmentSchema,
    limit: 1000,
  });
  const people: Principal[] = [];
  for (const { directoryScopeId, principal: holder, principalId } of items) {
    if (directoryScopeId !== '/') continue;
    if (holder?.['@odata.type'] === '#microsoft.graph.group') {
      people.push(...(await peopleOfGroup(graph, principalId ?? holder.id)));
    } else if (holder && isUser(holder) && lacksProperties(holder)) {
      people.push(...(await readUser(graph, holder.id)));
    } else if (holder && mayAct(holder)) people.push(holder);
  }
  return people;
}

async function readUser(graph: GraphRead, userId: string): Promise<readonly Principal[]> {
  const user = await graph.find(at`/users/${userId}`, {
    doing: 'reading who holds an administrator role',
    permissions: ['User.Read.All', 'Directory.Read.All'],
    query: { $select: personFields },
    schema: principal,
  });
  return user && mayAct({ ...user, '@odata.type': '#microsoft.graph.user' }) ? [user] : [];
}

async function peopleOfGroup(graph: GraphRead, groupId: string): Promise<readonly Principal[]> {
  const { items } = await graph.list(at`/groups/${groupId}/members`, {
    doing: 'reading the members of a group',
    permissions: ['GroupMember.Read.All', 'Group.Read.All', 'Directory.Read.All'],
    query: { $select: personFields, $top: '999' },
    schema: principal,
    limit: 2000,
  });
  return items.filter(mayAct);
}

const personFields =
  'id,displayName,userPrincipalName,userType,accountEnabled,creationType,externalUserState';

/** Internal, enabled people only: no service principals, groups, guests (I13). */
function mayAct(holder: Principal): boolean {
  return (
    holder['@odata.type'] === '#microsoft.graph.user' && holder.accountEnabled === true && !isExternal(holder)
  );
}

function isUser(holder: Principal): boolean {
  return holder['@odata.type'] === '#microsoft.graph.user';
}

/** An expanded principal carries Graph's default properties only. */
function lacksProperties(holder: Principal): boolean {
  return holder.accountEnabled === null || holder.userType === null;
}
