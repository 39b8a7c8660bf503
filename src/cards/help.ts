import { BotError } from '../errors';
import type { AdaptiveCard } from '../store/ports';

export interface HelpView {
  /** In the order of reading; a group without commands is left out. */
  readonly groups: readonly {
    readonly title: string;
    readonly commands: readonly { readonly usage: string; readonly summary: string }[];
  }[];
  /** Commands worth a button, at most five, ready to run: `check con>fab`. */
  readonly suggestions: readonly string[];
}

export function helpCard(view: HelpView): AdaptiveCard {
  throw new BotError('internal', 'drawing a card', 'Try again in a minute.');
}
