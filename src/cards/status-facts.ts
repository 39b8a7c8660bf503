import { type Leaf, sentence, text } from './text';
import type { StatusView } from './status';
import { distance, when } from './when';
import { counted } from './words';

export function lastCycleOf(view: StatusView): Leaf {
  const end = view.lastCycle?.endedAt ?? view.lastCycle?.startedAt;
  return end ? text`${when(end, view.timeZone)}, ${distance(end, new Date(view.readAt))}` : text`none yet`;
}

export function nextCycleOf(view: StatusView): Leaf {
  const every = view.intervalMinutes === null ? '' : text` (every ${view.intervalMinutes} min)`;
  return view.nextCycleAt
    ? text`${when(view.nextCycleAt, view.timeZone)}, ${distance(view.nextCycleAt, new Date(view.readAt))}${every}`
    : '';
}

export function progressOf({ progress }: StatusView): Leaf {
  if (!progress) return '';
  return progress.total === null
    ? counted(progress.done, 'user')
    : text`${progress.done} of ${counted(progress.total, 'user')}`;
}

/** A cycle that failed as a whole, when no quarantine says so already. */
export function failureOf({ cycleFailure, quarantine }: StatusView): Leaf {
  if (!cycleFailure || quarantine) return '';
  const { code, cause, remedy } = cycleFailure;
  const why = cause === null ? text`with ${code}` : text`(${code}): ${sentence(cause)}`;
  return text`The last cycle failed ${why}${remedy === null ? '' : text` ${sentence(remedy)}`}`;
}

export function quarantineOf(view: StatusView) {
  const { quarantine } = view;
  if (!quarantine) return [];
  return [
    {
      reason:
        quarantine.cause === null
          ? text`Reason, not in the catalogue: ${sentence(quarantine.reason)}`
          : text`${sentence(quarantine.cause)} (${quarantine.reason})`,
      said: quarantine.said === null ? '' : text`Microsoft says: ${sentence(quarantine.said)}`,
      since: quarantine.since ? text`Since ${when(quarantine.since, view.timeZone)}.` : '',
      next: quarantine.nextAttemptAt
        ? text`Next attempt ${when(quarantine.nextAttemptAt, view.timeZone)}.`
        : '',
      end: quarantine.disabledAt
        ? text`If nothing changes, Microsoft switches the job off ${when(quarantine.disabledAt, view.timeZone)} (${distance(quarantine.disabledAt, new Date(view.readAt))}).`
        : '',
      remedy: sentence(quarantine.remedy),
    },
  ];
}
