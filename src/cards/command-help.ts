import { BotError } from '../errors';
import type { Tier } from '../plan/types';
import type { AdaptiveCard } from '../store/ports';

export interface CommandHelpView {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly usage: string;
  readonly summary: string;
  /** Consequences and limits, one to three sentences. */
  readonly details: string;
  readonly tier: 'R' | Tier;
  /** "Anyone who may see the tenant", "People with the Security Administrator role". */
  readonly who: string;
  readonly options: readonly { readonly usage: string; readonly summary: string }[];
  /** Lines that can be typed as they stand; those of a read get a button. */
  readonly examples: readonly string[];
}

export function commandHelpCard(view: CommandHelpView): AdaptiveCard {
  throw new BotError('internal', 'drawing a card', 'Try again in a minute.');
}
