import { BotError } from '../errors';
import type { Link, PlanState } from '../plan/types';
import type { AdaptiveCard } from '../store/ports';

export interface HistoryView {
  readonly plans: readonly {
    readonly id: string;
    readonly link: Link;
    readonly title: string;
    readonly state: PlanState;
    readonly requesterName: string;
    readonly approverNames: readonly string[];
    /** ISO 8601; when it ended, or when it was made. */
    readonly at: string;
  }[];
  /** All that match; more than are listed. */
  readonly total: number;
  readonly timeZone?: string;
}

export function historyCard(view: HistoryView): AdaptiveCard {
  throw new BotError('internal', 'drawing a card', 'Try again in a minute.');
}
