import { BotError } from '../errors';
import type { Link } from '../plan/types';
import type { AdaptiveCard } from '../store/ports';

export interface VerifyView {
  readonly link: Link;
  /** What was compared: "Bob Baker". */
  readonly subject: string;
  /** True when everything that is mapped is equal. */
  readonly isEqual: boolean;
  /** "Found in both tenants; 14 of 14 attributes are equal." */
  readonly verdict: string;
  readonly remedy: string | null;
  /** Identity on each side; null where the user does not exist. */
  readonly source: {
    readonly userPrincipalName: string;
    readonly objectId: string;
    readonly userType: string;
  } | null;
  readonly target: {
    readonly userPrincipalName: string;
    readonly objectId: string;
    readonly userType: string;
  } | null;
  readonly rows: readonly {
    readonly attribute: string;
    readonly source: string;
    readonly target: string;
    readonly isEqual: boolean;
    /** Where it comes from: "direct", "constant", "expression". */
    readonly mapping: string;
  }[];
  /** ISO 8601. */
  readonly readAt: string;
  readonly timeZone?: string;
}

export function verifyCard(view: VerifyView): AdaptiveCard {
  throw new BotError('internal', 'drawing a card', 'Try again in a minute.');
}
