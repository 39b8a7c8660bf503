import { BotError } from '../errors';
import type { GraphRead } from '../graph/client';
import { listDirectMembers, readGroup } from '../graph/groups';
import { allUsers, readSmsMethodPolicy, type SmsMethodPolicy } from '../graph/sms-method-policy';
import { reasonOf } from './unread';
import type { Source, SmsTarget } from './types';

/** Most members of one group that are read to find who may sign in by SMS. */
const memberLimit = 20_000;
const nestedLimit = 50;

/** Who may sign in by SMS at all; `isAllowed` is null when that does not narrow anything. */
export type SmsReach = Source<{
  readonly targets: readonly SmsTarget[];
  readonly isAllowed: ((userId: string) => boolean) | null;
}>;

/**
 * Whom the SMS method policy lets sign in by SMS (facts 5.2). Nested groups are followed here: whether Entra does is
 * not documented, and a user too many costs one question, a user too few would be missed.
 */
export async function readSmsReach(graph: GraphRead): Promise<SmsReach> {
  let policy: SmsMethodPolicy;
  try {
    policy = await readSmsMethodPolicy(graph);
  } catch (error) {
    if (!(error instanceof BotError)) throw error;
    return { outcome: 'unread', reason: reasonOf(error) };
  }
  const { isEnabled, signInTargets, excludedTargets } = policy;
  if (!isEnabled || signInTargets.length === 0)
    return { outcome: 'read', targets: [], isAllowed: () => false };
  const targets: SmsTarget[] = [];
  for (const { id, targetType } of signInTargets) targets.push(await nameTarget(graph, id, targetType));
  const isEverybody = targets.some((target) => target.isEverybody);
  const included = isEverybody ? null : await idsOf(graph, signInTargets);
  const excluded = (await idsOf(graph, excludedTargets)) ?? new Set<string>();
  if (!included && excluded.size === 0) return { outcome: 'read', targets, isAllowed: null };
  return {
    outcome: 'read',
    targets,
    isAllowed: (userId) =>
      !excluded.has(userId.toLowerCase()) && (included === null || included.has(userId.toLowerCase())),
  };
}

async function nameTarget(graph: GraphRead, id: string, targetType: string | null): Promise<SmsTarget> {
  if (id === allUsers) return { id, name: 'all users', isEverybody: true };
  if (targetType?.toLowerCase() === 'user') return { id, name: id, isEverybody: false };
  const group = await readGroup(graph, id);
  return { id, name: group?.displayName ?? id, isEverybody: false };
}

/** Object ids of the users behind these targets; null when there are too many to read. */
async function idsOf(
  graph: GraphRead,
  targets: SmsMethodPolicy['signInTargets'],
): Promise<ReadonlySet<string> | null> {
  const users = new Set<string>();
  const waiting = targets
    .filter(({ targetType }) => targetType?.toLowerCase() !== 'user')
    .map(({ id }) => id);
  for (const { id, targetType } of targets)
    if (targetType?.toLowerCase() === 'user') users.add(id.toLowerCase());
  const seen = new Set(waiting);
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { items, isComplete } = await listDirectMembers(graph, next, memberLimit);
    if (!isComplete || seen.size > nestedLimit) return null;
    for (const member of items) {
      if (member['@odata.type'] !== '#microsoft.graph.group') users.add(member.id.toLowerCase());
      else if (!seen.has(member.id)) {
        seen.add(member.id);
        waiting.push(member.id);
      }
    }
  }
  return users;
}
