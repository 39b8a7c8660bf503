import { BotError } from '../errors';
import type { Link } from '../plan/types';
import type { AdaptiveCard } from '../store/ports';

export interface PendingView {
  readonly plans: readonly {
    readonly id: string;
    readonly link: Link;
    /** "Set up", "Start". */
    readonly title: string;
    readonly requesterName: string;
    /** What it waits for: "Waiting for Fabrikam (Mina)". */
    readonly waitsFor: string;
    /** ISO 8601. */
    readonly expiresAt: string | null;
    /** The person who asks could decide it now. */
    readonly canDecide: boolean;
  }[];
  readonly timeZone?: string;
}

export function pendingCard(view: PendingView): AdaptiveCard {
  throw new BotError('internal', 'drawing a card', 'Try again in a minute.');
}
