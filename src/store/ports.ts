import type { Person } from '../plan/types';

/** Where a message can be sent: a Teams conversation as the bot last saw it. */
export interface ConversationReference {
  readonly conversationId: string;
  readonly kind: 'personal' | 'channel' | 'groupChat';
  readonly serviceUrl: string;
  readonly tenantId: string;
  readonly botId: string;
  /** The person of a personal chat. */
  readonly person: (Person & { readonly teamsUserId: string }) | null;
  /** IANA name, as the person's Teams told it; only of a personal chat. */
  readonly timeZone?: string;
}

export type AdaptiveCard = { readonly type: 'AdaptiveCard'; readonly [key: string]: unknown };

/** What delivering one card came to: outcomes are values, not errors. */
export type Delivery =
  | { readonly outcome: 'sent'; readonly activityId: string }
  | { readonly outcome: 'throttled'; readonly retryAfterSeconds: number }
  | { readonly outcome: 'gone' }
  /** The connector does not take this card, and never will: nothing was sent (400, 413). */
  | { readonly outcome: 'refused'; readonly status: number }
  | { readonly outcome: 'ambiguous' };

/** The port through which jobs post and update cards; `bot` implements it, tests may too. */
export interface Messenger {
  /** Posts a new message; never repeats an ambiguous attempt (teams A5). */
  post(to: ConversationReference, card: AdaptiveCard): Promise<Delivery>;
  /** Replaces a posted card; safe to repeat. */
  update(to: ConversationReference, activityId: string, card: AdaptiveCard): Promise<Delivery>;
}
