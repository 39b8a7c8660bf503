import { z } from 'zod/v4';
import type { GraphRead } from './client';
import { flag, text } from './parse';
import { at, quoted } from './path';

/** The part of a user that decides whether a person may act. */
export const personSchema = z
  .object({
    id: z.string(),
    displayName: text,
    userPrincipalName: text,
    mail: text,
    userType: text,
    accountEnabled: flag,
    creationType: text,
    externalUserState: text,
  })
  .transform((user) => ({ ...user, objectId: user.id, isExternal: isExternal(user) }));

export type DirectoryPerson = z.output<typeof personSchema>;

/**
 * External means guest, whatever `userType` says: cross-tenant sync creates *members* that are external
 * (decisions, Who may). An unreadable `userType` counts as guest (I14).
 */
export function isExternal(user: {
  userPrincipalName: string | null;
  userType: string | null;
  creationType: string | null;
  externalUserState: string | null;
}): boolean {
  return (
    user.userType?.toLowerCase() !== 'member' ||
    (user.userPrincipalName ?? '').toUpperCase().includes('#EXT#') ||
    user.creationType?.toLowerCase() === 'invitation' ||
    Boolean(user.externalUserState)
  );
}

const userReads = ['User.Read.All', 'User.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'];

/** Who this object id is; `undefined` when the tenant has no such user. */
export async function readPerson(graph: GraphRead, objectId: string): Promise<DirectoryPerson | undefined> {
  return graph.find(at`/users/${objectId}`, {
    doing: 'reading who is asking',
    permissions: userReads,
    query: {
      $select: 'id,displayName,userPrincipalName,mail,userType,accountEnabled,creationType,externalUserState',
    },
    schema: personSchema,
  });
}

/** Role template ids that the user holds now, also through role-assignable groups (facts 2.1). Eligible ones do not count. */
export async function listActiveRoles(graph: GraphRead, objectId: string): Promise<readonly string[]> {
  const { items } = await graph.list(
    at`/users/${objectId}/transitiveMemberOf/microsoft.graph.directoryRole`,
    {
      doing: 'reading active administrator roles',
      permissions: userReads,
      query: { $count: 'true', $select: 'id,displayName,roleTemplateId', $top: '999' },
      headers: { ConsistencyLevel: 'eventual' },
      schema: z.object({ roleTemplateId: text }),
      limit: 500,
    },
  );
  return [...new Set(items.flatMap((role) => role.roleTemplateId ?? []))];
}

/** Role template ids that the user could activate in PIM (facts 2.1): to tell people, never to let them. */
export async function listEligibleRoles(graph: GraphRead, objectId: string): Promise<readonly string[]> {
  const { items } = await graph.list('/roleManagement/directory/roleEligibilityScheduleInstances', {
    doing: 'reading eligible administrator roles',
    permissions: [
      'RoleEligibilitySchedule.Read.Directory',
      'RoleManagement.Read.Directory',
      'RoleManagement.Read.All',
    ],
    query: { $filter: `principalId eq ${quoted(objectId)}` },
    schema: z.object({ roleDefinitionId: text, directoryScopeId: text }),
    limit: 500,
  });
  const tenantWide = items.filter((row) => row.directoryScopeId === '/' || row.directoryScopeId === null);
  return [...new Set(tenantWide.flatMap((row) => row.roleDefinitionId ?? []))];
}

/** Whether the user is in the group, directly or through nested groups. */
export async function isMemberOfGroup(graph: GraphRead, objectId: string, groupId: string): Promise<boolean> {
  const { items } = await graph.list(at`/users/${objectId}/transitiveMemberOf`, {
    doing: 'reading group membership',
    permissions: [...userReads, 'GroupMember.Read.All', 'Group.Read.All'],
    query: { $count: 'true', $filter: `id eq ${quoted(groupId)}`, $select: 'id' },
    headers: { ConsistencyLevel: 'eventual' },
    schema: z.object({ id: z.string() }),
    limit: 10,
  });
  return items.some((group) => group.id.toLowerCase() === groupId.toLowerCase());
}
