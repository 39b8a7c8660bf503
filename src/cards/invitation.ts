import { BotError } from '../errors';
import type { Tenant } from '../plan/types';
import type { AdaptiveCard } from '../store/ports';

export interface InvitationView {
  readonly tenant: Tenant;
  /** `F-7K2`. */
  readonly code: string;
  /** ISO 8601. */
  readonly expiresAt: string;
  readonly timeZone?: string;
}

export function invitationCard(view: InvitationView): AdaptiveCard {
  throw new BotError('internal', 'drawing a card', 'Try again in a minute.');
}
