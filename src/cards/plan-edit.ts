import { BotError } from '../errors';
import type { Link } from '../plan/types';
import type { AdaptiveCard } from '../store/ports';

export interface PlanEditView {
  readonly link: Link;
  /** The draft that is edited; null for a fresh setup. */
  readonly planId: string | null;
  /** As `setup --users` takes it: `group:Pilot, bob@contoso.com`. */
  readonly users: string;
  readonly userType: 'member' | 'guest';
  /** Empty = leave alone. */
  readonly guard: string;
  readonly mail: string;
}

export function planEditCard(view: PlanEditView): AdaptiveCard {
  throw new BotError('internal', 'drawing a card', 'Try again in a minute.');
}
