import { BotError } from '../errors';
import type { Tenant } from '../plan/types';
import type { AdaptiveCard } from '../store/ports';

export interface ConsentPack {
  /** "Read", "Write", "Phone fix". */
  readonly name: string;
  readonly isRequired: boolean;
  readonly state: 'granted' | 'missing' | 'unknown';
  readonly permissions: readonly {
    readonly name: string;
    readonly why: string;
    readonly isGranted: boolean | null;
  }[];
  /** The admin-consent address; null when the person shall not be offered it. */
  readonly consentUrl: string | null;
}

export interface ConnectView {
  readonly tenant: Tenant;
  readonly packs: readonly ConsentPack[];
  readonly probes: {
    readonly passed: number;
    readonly total: number;
    /** Probes that did not pass, with what to do. */
    readonly faults: readonly { readonly name: string; readonly reason: string }[];
  };
  /** What Entra answered on the consent page when it was not a yes; null otherwise. */
  readonly consentFault: string | null;
  /** ISO 8601; when the links end. */
  readonly expiresAt: string | null;
  readonly timeZone?: string;
}

export function connectCard(view: ConnectView): AdaptiveCard {
  throw new BotError('internal', 'drawing a card', 'Try again in a minute.');
}
