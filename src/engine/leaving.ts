import type { DeletionGuard } from './deletion-guard';

/** What decides how the service treats those who leave. */
export interface LeavingRules {
  readonly targetName: string;
  readonly guard: DeletionGuard | 'unreadable';
  /** `Delete` is among the actions of the mapping (facts 4.9). */
  readonly isDeleting: boolean;
}

/** What happens to `count` users who leave the scope, one sentence each; no names (facts 4.9, 4.10, 9.2). */
export function leavingNotes(
  count: number,
  { targetName, guard, isDeleting }: LeavingRules,
): readonly string[] {
  if (count === 0) return ['Nobody loses an account: everybody concerned stays in scope another way.'];
  const users = count === 1 ? '1 user leaves' : `${count.toLocaleString('en-GB')} users leave`;
  if (!isDeleting) {
    return [
      `${users} the scope. Their accounts in ${targetName} stay: deleting is switched off in the mapping. They are not updated any more.`,
    ];
  }
  return [
    `${users} the scope. Those who have an account in ${targetName} lose it: it is deleted softly, can be restored there for 30 days, and is gone for good after that.`,
    guardNote(count, guard),
  ];
}

function guardNote(count: number, guard: DeletionGuard | 'unreadable'): string {
  if (guard === 'unreadable')
    return 'The deletion guard is not readable, so nobody can say whether it stops this.';
  if (guard.limit === null) return 'The deletion guard is off: nothing stops these deletions.';
  const limit = guard.isDefault ? `${guard.limit}, the service’s own` : String(guard.limit);
  return count >= guard.limit
    ? `The deletion guard (${limit}) is reached: the job stops in quarantine, and nothing is deleted until somebody allows it.`
    : `The deletion guard (${limit}) is not reached: nothing stops these deletions.`;
}
