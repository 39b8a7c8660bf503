import { BotError } from '../errors';
import type { Link, Side } from '../plan/types';
import type { AdaptiveCard } from '../store/ports';

/** Where an effective value comes from. `inherited` = the partner entry leaves it to the default. */
export type PolicyOrigin = 'default' | 'partner' | 'inherited' | 'not set';

export interface PolicyValue {
  readonly value: string;
  readonly origin: PolicyOrigin;
  /** True when cross-tenant synchronization needs another value here. */
  readonly isBlocking: boolean;
}

/** One row: the same switch on both sides; null where that side has no part in it. */
export interface PolicySwitch {
  /** "Identity synchronization", "Automatic redemption", "Inbound trust". */
  readonly title: string;
  readonly meaning: string;
  readonly source: PolicyValue | null;
  readonly target: PolicyValue | null;
}

export interface PolicyView {
  readonly link: Link;
  /** The three switches that matter for synchronization, one row each. */
  readonly switches: readonly PolicySwitch[];
  /** Other effective settings worth seeing. */
  readonly others: readonly PolicySwitch[];
  readonly sourceHasPartner: boolean;
  readonly targetHasPartner: boolean;
  /** With `--raw`: Graph's own field names and JSON values; empty otherwise. */
  readonly raw: readonly { readonly side: Side; readonly path: string; readonly value: string }[];
  /** ISO 8601. */
  readonly readAt: string;
  readonly timeZone?: string;
}

export function policyCard(view: PolicyView): AdaptiveCard {
  throw new BotError('internal', 'drawing a card', 'Try again in a minute.');
}
