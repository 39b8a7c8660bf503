import type { Freeze, PlanRecord } from '../plan/types';
import { sentence, text, type Text } from './text';
import { when } from './when';

/** "All links are frozen since 23 Nov 2026, 10:04 UTC by Jo Doe: strange sign-ins"; foreign words, not escaped yet. */
export function frozenWords({ scope, by, since, reason }: Freeze): string {
  const what = scope === 'all' ? 'All links are' : 'This link is';
  return `${what} frozen since ${when(since).plain} by ${by.displayName}: ${reason}`;
}

/** First of what a plan's card says while a freeze holds it; none otherwise. */
export function freezeLines({ freeze, state, content }: PlanRecord): Text[] {
  if (!freeze || content.kind === 'unfreeze') return [];
  const next =
    state === 'applying'
      ? 'It stops after the change that is running.'
      : state === 'approved'
        ? 'It begins when that is lifted, if its time is not over by then.'
        : 'It can be decided, but does not begin before that is lifted.';
  return [text`**${sentence(frozenWords(freeze))}** ${next}`];
}
