import { z } from 'zod/v4';
import { BotError } from '../errors';
import type { AppRoleAssignment } from '../graph/app-role-assignments';
import type { GraphRead } from '../graph/client';
import { isExternal } from '../graph/directory';
import { flag, text } from '../graph/parse';
import { at } from '../graph/path';

/** Most users of one scope that are read by name. */
export const mostMembers = 10_000;

/** A user of the source as the engine's scope sees it. */
export interface Member {
  readonly userId: string;
  readonly displayName: string;
  readonly userPrincipalName: string;
  /** External users and internal guests are never synchronized (facts 5.4). */
  readonly isExternal: boolean;
  readonly isEnabled: boolean;
  /** What was asked for besides, by Graph's names. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Object ids, lower case, of the assignments that bring the user in. */
  readonly via: readonly string[];
}

/** An assigned group and what of it counts (facts 4.8). */
export interface AssignedGroup {
  readonly groupId: string;
  readonly displayName: string;
  readonly userCount: number;
  /** Groups inside it: their members are not in scope through it. */
  readonly nestedCount: number;
  /** Deleted, but still assigned. */
  readonly isGone: boolean;
}

export interface Members {
  readonly users: readonly Member[];
  readonly groups: readonly AssignedGroup[];
  /** `false` when there are more than `mostMembers`: nobody who is missing may be called out of scope. */
  readonly isComplete: boolean;
}

const memberSchema = z.looseObject({
  '@odata.type': text,
  id: z.string(),
  displayName: text,
  userPrincipalName: text,
  userType: text,
  accountEnabled: flag,
  creationType: text,
  externalUserState: text,
});

type Answer = z.output<typeof memberSchema>;

const base = ['id', 'displayName', 'userPrincipalName', 'userType', 'accountEnabled'];
const external = ['creationType', 'externalUserState'];
const userReads = ['User.Read.All', 'User.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'];
const groupReads = ['GroupMember.Read.All', 'Group.Read.All', 'Directory.Read.All'];

/** Assigned users and the direct members of assigned groups, each once; `attributes` by Graph's names. */
export async function readMembers(
  graph: GraphRead,
  assignments: readonly AppRoleAssignment[],
  attributes: readonly string[],
): Promise<Members> {
  const found = new Map<string, Member>();
  const add = (answer: Answer, via: string) => {
    const known = found.get(answer.id);
    if (known) found.set(answer.id, { ...known, via: [...known.via, via] });
    else found.set(answer.id, memberOf(answer, [via]));
  };
  const isGroup = (row: AppRoleAssignment) => row.principalType?.toLowerCase() === 'group';
  for (const user of await readUsers(
    graph,
    assignments.filter((row) => !isGroup(row)),
    attributes,
  )) {
    add(user, user.id.toLowerCase());
  }
  const groups: AssignedGroup[] = [];
  let isComplete = true;
  for (const row of assignments.filter(isGroup)) {
    const members = await membersOf(graph, row.principalId, attributes);
    const users = members?.items.filter(isUser) ?? [];
    for (const user of users) add(user, row.principalId.toLowerCase());
    isComplete = isComplete && members?.isComplete !== false;
    groups.push({
      groupId: row.principalId,
      displayName: row.principalDisplayName ?? row.principalId,
      userCount: users.length,
      nestedCount: (members?.items.length ?? 0) - users.length,
      isGone: members === undefined,
    });
  }
  return { users: [...found.values()], groups, isComplete };
}

/** Every user of the tenant, for `SyncAll` (facts 4.3). */
export async function readEverybody(graph: GraphRead, attributes: readonly string[]): Promise<Members> {
  const { items, isComplete } = await graph.list('/users', {
    doing: 'reading everybody in the tenant',
    permissions: userReads,
    query: { $select: selected(attributes), $top: '999' },
    schema: memberSchema,
    limit: mostMembers,
  });
  return { users: items.map((user) => memberOf(user, [])), groups: [], isComplete };
}

async function readUsers(
  graph: GraphRead,
  rows: readonly AppRoleAssignment[],
  attributes: readonly string[],
): Promise<readonly Answer[]> {
  const paths = rows.map((row) => `${at`/users/${row.principalId}`}?$select=${selected(attributes)}`);
  const answers = await graph.batchGet(paths, {
    doing: 'reading the assigned users',
    permissions: userReads,
    schema: memberSchema,
  });
  return answers.flatMap(({ status, value }) => {
    if (value) return [value];
    // A deleted user may still be assigned; anything else must not look like nobody.
    if (status === 404) return [];
    throw new BotError('graph-unreadable', 'reading the assigned users', 'Ask again in a minute.', {
      status,
    });
  });
}

/** `undefined` when the group is gone. */
async function membersOf(graph: GraphRead, groupId: string, attributes: readonly string[]) {
  try {
    return await graph.list(at`/groups/${groupId}/members`, {
      doing: 'reading the members of a group',
      permissions: groupReads,
      query: { $select: selected(attributes), $top: '999' },
      schema: memberSchema,
      limit: mostMembers,
    });
  } catch (error) {
    if (error instanceof BotError && error.code === 'not-found') return undefined;
    throw error;
  }
}

function isUser(answer: Answer): boolean {
  return answer['@odata.type'] === '#microsoft.graph.user' || answer.userPrincipalName !== null;
}

function memberOf(answer: Answer, via: readonly string[]): Member {
  return {
    userId: answer.id,
    displayName: answer.displayName ?? answer.userPrincipalName ?? answer.id,
    userPrincipalName: answer.userPrincipalName ?? '',
    isExternal: isExternal(answer),
    isEnabled: answer.accountEnabled !== false,
    values: answer,
    via,
  };
}

function selected(attributes: readonly string[]): string {
  return [...new Set([...base, ...external, ...attributes])].join(',');
}
