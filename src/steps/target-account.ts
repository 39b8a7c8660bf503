import { listAssignments } from '../graph/app-role-assignments';
import { hasSmsSignIn, listPhoneMethods } from '../graph/authentication-methods';
import { listDeletedUsersByMail } from '../graph/deleted-users';
import { isExternal } from '../graph/directory';
import { listDirectMembers } from '../graph/groups';
import { readOrganization } from '../graph/organization';
import { readSecrets, secretOf } from '../graph/synchronization-secrets';
import {
  expectedPrincipalName,
  findUserByPrincipalName,
  listUsersByMail,
  readUser,
  type User,
} from '../graph/users';
import { BotError } from '../errors';
import type { StepContext } from '../plan/types';

/** What trying a user would find in the target. */
export interface TargetAccount {
  readonly state: 'absent' | 'there' | 'soft-deleted';
  /** Sign-in name in the target; `null` when absent. */
  readonly name: string | null;
}

const mostMembers = 2_000;

/** The account that synchronization made of a user, by its sign-in name or mail; soft-deleted ones by mail (facts 5.5, 6.4). */
export async function findTargetAccount(context: StepContext, userId: string): Promise<TargetAccount> {
  const user = await readUser(context.source, userId);
  if (!user) return { state: 'absent', name: null };
  const live = await liveAccount(context, user);
  if (live) return { state: 'there', name: live.userPrincipalName };
  const deleted = user.mail ? await listDeletedUsersByMail(context.target, user.mail) : [];
  const gone = deleted.find(isExternal);
  return gone ? { state: 'soft-deleted', name: gone.userPrincipalName } : { state: 'absent', name: null };
}

async function liveAccount({ target }: StepContext, user: User): Promise<User | undefined> {
  const { initialDomain } = await readOrganization(target);
  const expected =
    initialDomain && user.userPrincipalName
      ? expectedPrincipalName(user.userPrincipalName, initialDomain)
      : null;
  const byName = expected ? await findUserByPrincipalName(target, expected) : undefined;
  if (byName) return byName;
  const byMail = user.mail ? await listUsersByMail(target, user.mail) : [];
  return byMail.find(isExternal);
}

/**
 * Why a user is out of scope now, or `null`: not assigned (nested groups do not count), or SMS sign-in is on. Filters
 * of the configuration are not evaluated here (facts 4.8, 5.1).
 */
export async function outOfScopeReason(
  { source }: StepContext,
  servicePrincipalId: string,
  userId: string,
): Promise<string | null> {
  if (!(await isAssigned(source, servicePrincipalId, userId))) return 'not assigned';
  return (await hasSms(source, userId)) ? 'SMS sign-in is on' : null;
}

async function isAssigned(
  source: StepContext['source'],
  servicePrincipalId: string,
  userId: string,
): Promise<boolean> {
  const saved = await readable(() => readSecrets(source, servicePrincipalId));
  if (saved && secretOf(saved, 'SyncAll')?.toLowerCase() === 'true') return true;
  const { items } = await listAssignments(source, servicePrincipalId);
  if (items.some(({ principalId }) => principalId === userId)) return true;
  for (const { principalId, principalType } of items) {
    if (principalType?.toLowerCase() !== 'group') continue;
    const members = await listDirectMembers(source, principalId, mostMembers);
    if (members.items.some(({ id }) => id === userId)) return true;
  }
  return false;
}

async function hasSms(source: StepContext['source'], userId: string): Promise<boolean> {
  const methods = await readable(() => listPhoneMethods(source, userId));
  return methods !== null && hasSmsSignIn(methods);
}

/** What may not be read is not known: the engine decides then, as it does anyway. */
async function readable<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    const isRefused =
      error instanceof BotError && ['permission-missing', 'consent-missing'].includes(error.code);
    if (isRefused) return null;
    throw error;
  }
}
