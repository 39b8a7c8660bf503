import { BotError } from '../errors';
import type { AdaptiveCard } from '../store/ports';

export interface RefusedView {
  /** "start con>fab", "approve PL-0031". */
  readonly what: string;
  /** Why, one sentence: "You hold no role in Fabrikam that may change this." */
  readonly reason: string;
  /** Who could: "A Security Administrator of Fabrikam, or Mina Moss." */
  readonly whoMay: string;
  /** Roles that the person could activate (PIM). */
  readonly eligibleRoles: readonly string[];
  readonly suggestions?: readonly string[];
}

export function refusedCard(view: RefusedView): AdaptiveCard {
  throw new BotError('internal', 'drawing a card', 'Try again in a minute.');
}
