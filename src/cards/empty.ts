import { BotError } from '../errors';
import type { AdaptiveCard } from '../store/ports';

export interface EmptyView {
  /** "Links", "Pending". */
  readonly title: string;
  /** "No links yet." */
  readonly sentence: string;
  /** "`setup con>fab` plans the first one." */
  readonly nextStep: string;
  readonly suggestions: readonly string[];
}

export function emptyCard(view: EmptyView): AdaptiveCard {
  throw new BotError('internal', 'drawing a card', 'Try again in a minute.');
}
