import type { GraphRead } from './client';
import { quoted } from './path';
import { userSchema, type User } from './users';

const fields = 'id,displayName,userPrincipalName,mail,userType,creationType,externalUserState';

/** Users in the recycle bin of a tenant with that mail address, kept 30 days (facts 5.5). */
export async function listDeletedUsersByMail(graph: GraphRead, mail: string): Promise<readonly User[]> {
  const { items } = await graph.list('/directory/deletedItems/microsoft.graph.user', {
    doing: 'looking for a deleted user',
    permissions: ['User.Read.All', 'User.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'],
    query: { $filter: `mail eq ${quoted(mail)}`, $select: fields },
    schema: userSchema,
    limit: 25,
  });
  return items;
}
