import type { CycleCounts, LinkSnapshot, SwitchName, Trouble } from './snapshot';
import { switchNames } from './snapshot';

/** What two looks at a link, one after the other, say has happened. Each is one notice, or changes an open one. */
export type WatchEvent =
  | { readonly kind: 'first-cycle'; readonly counts: CycleCounts; readonly troubled: readonly Trouble[] }
  | { readonly kind: 'job-changed'; readonly from: LinkSnapshot['job']; readonly to: LinkSnapshot['job'] }
  | {
      readonly kind: 'quarantined';
      readonly reason: string;
      readonly since: string | null;
      readonly nextAttempt: string | null;
    }
  | { readonly kind: 'healed'; readonly counts: CycleCounts | null }
  | { readonly kind: 'newly-troubled'; readonly troubled: readonly Trouble[] }
  | { readonly kind: 'no-longer-troubled'; readonly userIds: readonly string[] }
  | { readonly kind: 'switched-off'; readonly switches: readonly SwitchName[] }
  | { readonly kind: 'switched-on'; readonly switches: readonly SwitchName[] };

/**
 * Compares two looks; pure. After a first look only what is wrong now is told: a quarantine, and switches that are
 * off although the job runs. What was in trouble before anybody watched is known, not new.
 */
export function eventsBetween(before: LinkSnapshot | null, after: LinkSnapshot): readonly WatchEvent[] {
  if (!before)
    return [...quarantineEvents(null, after), ...(after.job === 'on' ? switchEvents(null, after) : [])];
  const isFirst = !before.isPastFirstCycle && after.isPastFirstCycle && after.cycle !== null;
  return [
    ...jobEvents(before, after),
    ...quarantineEvents(before, after),
    ...(isFirst ? [firstCycle(after)] : troubleEvents(before, after)),
    ...switchEvents(before, after),
  ];
}

const noCounts = { created: 0, updated: 0, deleted: 0, skipped: 0, failed: 0, isComplete: true };

function firstCycle(after: LinkSnapshot): WatchEvent {
  const counts = after.cycle?.counts ?? noCounts;
  return { kind: 'first-cycle', counts, troubled: after.troubled };
}

function jobEvents(before: LinkSnapshot, after: LinkSnapshot): WatchEvent[] {
  return before.job === after.job ? [] : [{ kind: 'job-changed', from: before.job, to: after.job }];
}

/** The reason is told again when it changes, the next attempt too: the same incident, a newer card. */
function quarantineEvents(before: LinkSnapshot | null, after: LinkSnapshot): WatchEvent[] {
  const [was, is] = [before?.quarantine ?? null, after.quarantine];
  if (is && (is.reason !== was?.reason || is.nextAttempt !== was.nextAttempt)) {
    return [{ kind: 'quarantined', ...is }];
  }
  return was && !is ? [{ kind: 'healed', counts: after.cycle?.counts ?? null }] : [];
}

function troubleEvents(before: LinkSnapshot, after: LinkSnapshot): WatchEvent[] {
  const known = new Set(before.troubled.map(({ userId }) => userId));
  const now = new Set(after.troubled.map(({ userId }) => userId));
  const fresh = after.troubled.filter(({ userId }) => !known.has(userId));
  const gone = [...known].filter((userId) => !now.has(userId));
  return [
    ...(gone.length > 0 ? [{ kind: 'no-longer-troubled', userIds: gone } as const] : []),
    ...(fresh.length > 0 ? [{ kind: 'newly-troubled', troubled: fresh } as const] : []),
  ];
}

function switchEvents(before: LinkSnapshot | null, after: LinkSnapshot): WatchEvent[] {
  const wasOff = (name: SwitchName) => before?.switches[name] === false;
  const isOff = (name: SwitchName) => after.switches[name] === false;
  const off = switchNames.filter(
    (name) => isOff(name) && !wasOff(name) && (before === null || before.switches[name] === true),
  );
  const on = switchNames.filter((name) => wasOff(name) && after.switches[name] === true);
  return [
    ...(off.length > 0 ? [{ kind: 'switched-off', switches: off } as const] : []),
    ...(on.length > 0 ? [{ kind: 'switched-on', switches: on } as const] : []),
  ];
}
