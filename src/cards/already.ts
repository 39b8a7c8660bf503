import { BotError } from '../errors';
import type { Link, PlanState } from '../plan/types';
import type { AdaptiveCard } from '../store/ports';

/** A button of an old card: nothing was changed; this is how things stand. */
export interface AlreadyView {
  readonly planId: string;
  readonly link: Link | null;
  readonly state: PlanState;
  /** "Mina Moss approved it at 10:04 UTC." */
  readonly sentence: string;
}

export function alreadyCard(view: AlreadyView): AdaptiveCard {
  throw new BotError('internal', 'drawing a card', 'Try again in a minute.');
}
