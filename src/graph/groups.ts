import { z } from 'zod/v4';
import type { GraphList, GraphRead } from './client';
import { flag, listOf, text } from './parse';
import { at, quoted } from './path';
import { isObjectId } from './users';

export const groupSchema = z.object({
  id: z.string(),
  displayName: text,
  mail: text,
  securityEnabled: flag,
  groupTypes: listOf(z.string()),
  isAssignableToRole: flag,
});

export type Group = z.output<typeof groupSchema>;

export type GroupSearch =
  | { readonly outcome: 'found'; readonly group: Group }
  /** Names are not unique: the person must say which. */
  | { readonly outcome: 'several'; readonly groups: readonly Group[] }
  | { readonly outcome: 'none'; readonly nearest: readonly Group[] };

const reads = ['GroupMember.Read.All', 'Group.Read.All', 'Directory.Read.All', 'Directory.ReadWrite.All'];
const fields = 'id,displayName,mail,securityEnabled,groupTypes,isAssignableToRole';

export async function readGroup(graph: GraphRead, groupId: string): Promise<Group | undefined> {
  return graph.find(at`/groups/${groupId}`, {
    doing: 'reading a group',
    permissions: reads,
    query: { $select: fields },
    schema: groupSchema,
  });
}

/** Finds a group by object id or exact name; otherwise up to five whose name starts alike. */
export async function findGroup(graph: GraphRead, typed: string): Promise<GroupSearch> {
  const word = typed.trim();
  const byId = isObjectId(word) ? await readGroup(graph, word) : undefined;
  if (byId) return { outcome: 'found', group: byId };
  const { items } = await filterGroups(graph, `displayName eq ${quoted(word)}`, 10);
  if (items.length > 1) return { outcome: 'several', groups: items };
  if (items[0]) return { outcome: 'found', group: items[0] };
  for (const prefix of new Set([word, word.slice(0, 3), word.slice(0, 1)])) {
    if (prefix === '') continue;
    const near = await filterGroups(graph, `startsWith(displayName,${quoted(prefix)})`, 5);
    if (near.items.length > 0) return { outcome: 'none', nearest: near.items };
  }
  return { outcome: 'none', nearest: [] };
}

export const groupMemberSchema = z.object({
  '@odata.type': text,
  id: z.string(),
  displayName: text,
  userPrincipalName: text,
  mail: text,
  userType: text,
  accountEnabled: flag,
  creationType: text,
  externalUserState: text,
});

export type GroupMember = z.output<typeof groupMemberSchema>;

/** Direct members, users and others: nested groups are not followed, as assignment does not (facts 4.8). */
export async function listDirectMembers(
  graph: GraphRead,
  groupId: string,
  limit: number,
): Promise<GraphList<GroupMember>> {
  return graph.list(at`/groups/${groupId}/members`, {
    doing: 'reading the members of a group',
    permissions: reads,
    query: {
      $select: 'id,displayName,userPrincipalName,mail,userType,accountEnabled,creationType,externalUserState',
      $top: '999',
    },
    schema: groupMemberSchema,
    limit,
  });
}

/** How many direct user members a group has, counted page by page; nested groups count as nobody. */
export async function countUserMembers(graph: GraphRead, groupId: string): Promise<number> {
  const pages = graph.pages(at`/groups/${groupId}/members`, {
    doing: 'counting the members of a group',
    permissions: reads,
    query: { $select: 'id,userPrincipalName', $top: '999' },
    schema: z.object({ '@odata.type': text, id: z.string(), userPrincipalName: text }),
  });
  let users = 0;
  for await (const page of pages) {
    users += page.filter(
      (member) => member['@odata.type'] === '#microsoft.graph.user' || member.userPrincipalName !== null,
    ).length;
  }
  return users;
}

async function filterGroups(graph: GraphRead, filter: string, limit: number): Promise<GraphList<Group>> {
  return graph.list('/groups', {
    doing: 'looking for a group',
    permissions: reads,
    query: { $filter: filter, $select: fields, $top: String(limit) },
    schema: groupSchema,
    limit,
  });
}
