import { z } from 'zod/v4';
import type { GraphList, GraphRead } from './client';
import { flag, listOf, text } from './parse';
import { at, quoted } from './path';

export const userSchema = z.object({
  id: z.string(),
  displayName: text,
  userPrincipalName: text,
  mail: text,
  userType: text,
  accountEnabled: flag,
  creationType: text,
  externalUserState: text,
  showInAddressList: flag,
  onPremisesSyncEnabled: flag,
  identities: listOf(z.object({ signInType: text, issuer: text, issuerAssignedId: text })),
  proxyAddresses: listOf(z.string()),
});

export type User = z.output<typeof userSchema>;

const reads = ['User.Read.All', 'User.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'];
const fields = [
  'id',
  'displayName',
  'userPrincipalName',
  'mail',
  'userType',
  'accountEnabled',
  'creationType',
  'externalUserState',
  'showInAddressList',
  'onPremisesSyncEnabled',
  'identities',
  'proxyAddresses',
].join(',');

export async function readUser(graph: GraphRead, userId: string): Promise<User | undefined> {
  return graph.find(at`/users/${userId}`, {
    doing: 'reading a user',
    permissions: reads,
    query: { $select: fields },
    schema: userSchema,
  });
}

/** What looking a person up by what was typed gives: an exact hit, or the nearest names. */
export type UserSearch =
  | { readonly outcome: 'found'; readonly user: User }
  /** Several users share that mail address. */
  | { readonly outcome: 'several'; readonly users: readonly User[] }
  | { readonly outcome: 'none'; readonly nearest: readonly User[] };

/**
 * Finds a user by object id, UPN or mail address, exactly; otherwise up to five whose UPN or name starts alike.
 * Equal mail of two users is a real case (facts 5.5), so it is told and not guessed.
 */
export async function findUser(graph: GraphRead, typed: string): Promise<UserSearch> {
  const word = typed.trim();
  const byId = isObjectId(word) ? await readUser(graph, word) : undefined;
  if (byId) return { outcome: 'found', user: byId };
  const byName = await filterUsers(graph, `userPrincipalName eq ${quoted(word)}`, 2);
  if (byName.items[0]) return { outcome: 'found', user: byName.items[0] };
  const byMail = await filterUsers(graph, `mail eq ${quoted(word)}`, 10);
  if (byMail.items.length > 1) return { outcome: 'several', users: byMail.items };
  if (byMail.items[0]) return { outcome: 'found', user: byMail.items[0] };
  return { outcome: 'none', nearest: await nearestUsers(graph, word) };
}

/** The synchronized copy of a source user in the target, by mail (facts 6.4); all that have that mail. */
export async function listUsersByMail(graph: GraphRead, mail: string): Promise<readonly User[]> {
  return (await filterUsers(graph, `mail eq ${quoted(mail)}`, 25)).items;
}

/** The user with exactly this UPN. */
export async function findUserByPrincipalName(
  graph: GraphRead,
  userPrincipalName: string,
): Promise<User | undefined> {
  return (await filterUsers(graph, `userPrincipalName eq ${quoted(userPrincipalName)}`, 2)).items[0];
}

/** UPN that cross-tenant sync gives in the target: `ann_alpha.example#EXT#@beta.onmicrosoft.com` (facts 6.4). */
export function expectedPrincipalName(sourcePrincipalName: string, targetInitialDomain: string): string {
  return `${sourcePrincipalName.replace('@', '_')}#EXT#@${targetInitialDomain}`;
}

async function nearestUsers(graph: GraphRead, word: string): Promise<readonly User[]> {
  const start = word.split('@')[0]?.slice(0, 64) ?? '';
  for (const length of [start.length, 3, 1]) {
    const prefix = start.slice(0, length);
    if (prefix === '') continue;
    const filter = `startsWith(userPrincipalName,${quoted(prefix)}) or startsWith(displayName,${quoted(prefix)})`;
    const { items } = await filterUsers(graph, filter, 5);
    if (items.length > 0) return items;
  }
  return [];
}

async function filterUsers(graph: GraphRead, filter: string, limit: number): Promise<GraphList<User>> {
  return graph.list('/users', {
    doing: 'looking for a user',
    permissions: reads,
    query: { $filter: filter, $select: fields, $top: String(limit) },
    schema: userSchema,
    limit,
  });
}

export function isObjectId(word: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(word);
}

/** Everybody whose `userType` is Member, external ones included; `limit` bounds it. */
export async function listMembers(graph: GraphRead, limit: number): Promise<GraphList<User>> {
  return graph.list('/users', {
    doing: 'reading the members of the tenant',
    permissions: reads,
    query: {
      $filter: "userType eq 'Member'",
      $select: 'id,displayName,userPrincipalName,userType,creationType,externalUserState',
      $top: '999',
    },
    schema: userSchema,
    limit,
  });
}

/** These users, in batches of 20; those that are gone are left out. */
export async function readUsersOf(graph: GraphRead, userIds: readonly string[]): Promise<readonly User[]> {
  const answers = await graph.batchGet(
    userIds.map((userId) => at`/users/${userId}` + '?$select=id,displayName,userPrincipalName,userType'),
    { doing: 'reading users', permissions: reads, schema: userSchema },
  );
  return answers.flatMap(({ value }) => value ?? []);
}
