import type { Freeze, PlanRecord } from '../plan/types';
import { sentence, text, type Text } from './text';
import { when } from './when';

/** "All links are frozen since 23 Nov 2026, 10:04 UTC by Jo Doe: “strange sign-ins”." */
export function frozenWords({ scope, by, since, reason }: Freeze, timeZone?: string): Text {
  const what = scope === 'all' ? text`All links are frozen` : text`This link is frozen`;
  const end = /[.!?]$/.test(reason) ? '' : text`.`;
  return text`**${what}** since ${when(since, timeZone)} by ${by.displayName}: “${sentence(reason)}”${end}`;
}

/** First of what a plan's card says while a freeze holds it; none otherwise. */
export function freezeLines({ freeze, state, content, hold }: PlanRecord): Text[] {
  if (!freeze) return [];
  const words = frozenWords(freeze);
  if (content.kind === 'unfreeze') return [words];
  if (hold?.isReached) return [text`${words} It cannot be continued before that is lifted.`];
  if (state === 'applying') return [text`${words} It stops after the change that is running.`];
  return state === 'approved'
    ? [text`${words} It begins when that is lifted, if its time is not over by then.`]
    : [text`${words} It can be decided, but does not begin before that is lifted.`];
}
