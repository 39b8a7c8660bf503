import { BotError } from '../errors';
import type { AdaptiveCard } from '../store/ports';

export interface WelcomeView {
  readonly personName: string;
  readonly tenantName: string;
  /** What is worth doing first, at most five, ready to run. */
  readonly suggestions: readonly string[];
}

export function welcomeCard(view: WelcomeView): AdaptiveCard {
  throw new BotError('internal', 'drawing a card', 'Try again in a minute.');
}
