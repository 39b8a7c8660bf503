import { sha256Of } from './sha256-of';
import type { Leavers, NamedUser } from '../plan/types';
import { passes, type ScopingFilter } from './filters';
import type { Member } from './members';

/** Most leavers that a change names; beyond them only the number is told. */
export const mostNamed = 1_000;

/** Who is in scope by assignment, and which filters then decide. */
export interface Rule {
  readonly isAssigned: (member: Member) => boolean;
  readonly filters: readonly ScopingFilter[];
}

/** `null` when a filter decides that is not worked out here. SMS sign-in is not looked at: it only skips (facts 5.1). */
export function isInScope(member: Member, { isAssigned, filters }: Rule): boolean | null {
  return !member.isExternal && isAssigned(member) ? passes(filters, member) : false;
}

/** Users who are (or may be) in scope by one rule and are not by the other. */
export function leaversOf(members: readonly Member[], before: Rule, after: Rule): readonly Member[] {
  return members.filter((member) => {
    if (isInScope(member, before) === false) return false;
    return isInScope(member, after) === false;
  });
}

/** For a change: how many, and who, in the order of names. */
export function leaversFor(members: readonly Member[]): Leavers {
  const ordered = members.toSorted((a, b) =>
    a.displayName < b.displayName ? -1 : a.displayName > b.displayName ? 1 : 0,
  );
  return { count: members.length, named: ordered.slice(0, mostNamed).map(namedUser) };
}

export function namedUser({ userId, displayName, userPrincipalName }: Member): NamedUser {
  return { userId, displayName, userPrincipalName };
}

/** One text for the same set of people: somebody more or less makes an approved plan stale (I6). */
export function fingerprint(members: readonly Member[]): string {
  return sha256Of(members.map(({ userId }) => userId.toLowerCase()).toSorted());
}
