import type { ChangeRun, Decision, Hold } from '../plan/types';
import type { Db } from './db';
import { listDecisions } from './decisions';

/** Where the voices of now let the plan go no further; `null` when all of them are for the whole of it. */
export async function findHoldPoint(
  tx: Db,
  { planId, revision }: { readonly planId: string; readonly revision: number },
): Promise<number | null> {
  return holdPointOf(await listDecisions(tx, planId, revision));
}

/** The least that any voice allows: what one of them did not approve is approved by nobody. */
function holdPointOf(decisions: readonly Decision[]): number | null {
  const limits = decisions.flatMap(({ onlyFirst }) => (onlyFirst === undefined ? [] : [onlyFirst]));
  return limits.length === 0 ? null : Math.min(...limits);
}

/** What the cards of a plan say about it, and when it may be continued. */
export function holdOf(
  decisions: readonly Decision[],
  runs: readonly ChangeRun[],
  { state, windowEndsAt }: { readonly state: string; readonly windowEndsAt: Date | null },
): Hold | undefined {
  const after = holdPointOf(decisions);
  if (after === null) return undefined;
  const done = runs.filter((run) => run.state === 'verified' || run.state === 'already-done').length;
  return {
    after,
    waitsFor: decisions.filter(({ onlyFirst }) => onlyFirst !== undefined).map(({ person }) => person),
    isReached: state === 'applying' && done >= after && runs.length === done,
    until: windowEndsAt?.toISOString() ?? null,
  };
}
