import { countUserMembers, findGroup } from '../graph/groups';
import { isExternal } from '../graph/directory';
import type { GraphRead } from '../graph/client';
import { findUser } from '../graph/users';
import type { DesiredAssignment, DesiredState, Link } from '../plan/types';
import type { AdaptiveCard } from '../store/ports';
import { badInput, unknownGroup, unknownUser } from './not-found-views';
import { linkName } from './tenant-names';

/** Either the value or the card that says why there is none. */
export type OrCard<T> = { readonly value: T } | { readonly card: AdaptiveCard };

const mostNames = 50;

/** What the options of `setup` wish, on top of what was applied last: additive, never narrowing. */
export async function desiredOf(
  options: Readonly<Record<string, string>>,
  current: DesiredState | null,
  link: Link,
  source: GraphRead,
): Promise<OrCard<DesiredState>> {
  const again = (name: string) => `setup ${linkName(link)} --users ${name}`;
  const added = await assignmentsOf(namesIn(options['users'] ?? ''), link, source, again);
  if ('card' in added) return added;
  const before = current?.assignments ?? [];
  const fresh = added.value.filter((one) => !before.some((old) => old.principalId === one.principalId));
  const kept = before.map((old) => added.value.find((one) => one.principalId === old.principalId) ?? old);
  return {
    value: {
      userType:
        options['type'] === 'guest'
          ? 'guest'
          : options['type'] === 'member'
            ? 'member'
            : (current?.userType ?? 'member'),
      assignments: [...kept, ...fresh],
      deletionGuard: options['guard'] ? Number(options['guard']) : (current?.deletionGuard ?? null),
      notificationMail: options['mail'] ?? current?.notificationMail ?? null,
    },
  };
}

function namesIn(typed: string): readonly string[] {
  return typed
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
}

/**
 * `group:Pilot` and sign-in names: every one must be found exactly; the first that is not ends it. `again` is the line
 * that asks anew with another name.
 */
export async function assignmentsOf(
  names: readonly string[],
  link: Link,
  source: GraphRead,
  again: (name: string) => string,
): Promise<OrCard<readonly DesiredAssignment[]>> {
  if (names.length > mostNames) {
    return {
      card: badInput('reading whom to assign', `Name ${mostNames} at most, or put them into a group.`, []),
    };
  }
  const found = new Map<string, DesiredAssignment>();
  for (const name of names) {
    const isGroup = name.slice(0, 6).toLowerCase() === 'group:';
    const one = isGroup
      ? await groupAssignment(name.slice(6).trim(), link, source)
      : await userAssignment(
          name.toLowerCase().startsWith('user:') ? name.slice(5).trim() : name,
          link,
          source,
          again,
        );
    if ('card' in one) return one;
    found.set(one.value.principalId, one.value);
  }
  return { value: [...found.values()] };
}

async function groupAssignment(
  name: string,
  link: Link,
  source: GraphRead,
): Promise<OrCard<DesiredAssignment>> {
  const found = await findGroup(source, name);
  if (found.outcome !== 'found') return { card: unknownGroup(name, found, link.source) };
  const { group } = found;
  if (group.securityEnabled !== true) {
    const doing = `assigning the group “${group.displayName ?? name}”`;
    return { card: badInput(doing, 'Choose a security group: Entra assigns no other kind.', []) };
  }
  return {
    value: {
      principalId: group.id,
      principalType: 'Group',
      displayName: group.displayName ?? group.id,
      userCount: await countUserMembers(source, group.id),
    },
  };
}

async function userAssignment(
  name: string,
  link: Link,
  source: GraphRead,
  again: (name: string) => string,
): Promise<OrCard<DesiredAssignment>> {
  const found = await findUser(source, name);
  if (found.outcome !== 'found') {
    return { card: unknownUser(name, found, link.source, again) };
  }
  const { user } = found;
  if (isExternal(user)) {
    const doing = `assigning ${user.displayName ?? name}`;
    return { card: badInput(doing, 'Choose an internal user: external ones are not synchronized.', []) };
  }
  return {
    value: {
      principalId: user.id,
      principalType: 'User',
      displayName: user.displayName ?? user.userPrincipalName ?? user.id,
      userCount: 1,
    },
  };
}

/** As `--users` takes it again: names where they say enough, object ids otherwise. */
export function usersText(assignments: readonly DesiredAssignment[]): string {
  return assignments
    .map(({ principalType, displayName, principalId }) => {
      if (principalType === 'User') return principalId;
      return `group:${displayName.includes(',') ? principalId : displayName}`;
    })
    .join(', ');
}
