import { BotError } from '../errors';
import type { Link } from '../plan/types';
import type { AdaptiveCard } from '../store/ports';

export interface LinksView {
  readonly links: readonly {
    readonly link: Link;
    /** "running", "paused", "not set up", "quarantined", "not readable". */
    readonly state: string;
    /** How it is doing: shown as a word and as a colour. */
    readonly health: 'good' | 'warning' | 'attention' | 'none';
    /** One sentence of detail: "Last cycle 3 minutes ago: 11 created". Empty when there is none. */
    readonly detail: string;
  }[];
  /** The first link that could be set up, for the empty state; null when fewer than two tenants are known. */
  readonly firstLink: Link | null;
}

export function linksCard(view: LinksView): AdaptiveCard {
  throw new BotError('internal', 'drawing a card', 'Try again in a minute.');
}
