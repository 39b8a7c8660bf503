/** What the chat's server and its page say to each other. Types only: both sides compile this file. */

export type Card = Readonly<Record<string, unknown>>;

/** `{tenantKey}:{key}`, as it stands in the page's address. */
export type PersonId = string;

export interface TenantOnPage {
  readonly key: string;
  readonly tenantId: string;
  readonly displayName: string;
}

export interface PersonOnPage {
  readonly id: PersonId;
  readonly displayName: string;
  readonly tenantKey: string;
  readonly userPrincipalName: string;
  readonly teamsUserId: string;
  readonly roles: readonly string[];
  readonly eligibleRoles: readonly string[];
  readonly isGuest: boolean;
  /** Key of the tenant that a guest comes from; the own tenant otherwise. */
  readonly homeTenantKey: string;
}

/** The card that one person sees instead of everybody's, since they pressed it or it was refreshed for them. */
export interface PersonalCard {
  readonly card: Card;
  /** Everybody's card changed since: shown without buttons until the refresh came back. */
  readonly stale: boolean;
}

export interface Message {
  /** Milliseconds since 1970 as text, rising; the activity id. */
  readonly id: string;
  readonly conversationId: string;
  /** The post of a channel that this one answers; null for a post and in a personal chat. */
  readonly rootId: string | null;
  /** Who wrote it; null is the bot. */
  readonly from: PersonId | null;
  /** ISO 8601. */
  readonly at: string;
  readonly updatedAt: string | null;
  /** Id of the event that last changed it. */
  readonly revision: number;
  /** `revision` when everybody's card or text was last set. */
  readonly contentRevision: number;
  readonly text: string;
  readonly card: Card | null;
  readonly personal: Readonly<Record<PersonId, PersonalCard>>;
  readonly delivery: 'sending' | 'sent' | 'failed';
}

export interface ConversationOnPage {
  readonly id: string;
  readonly kind: 'personal' | 'channel';
  readonly tenantKey: string;
  readonly name: string;
  readonly teamName: string | null;
  readonly memberIds: readonly PersonId[];
  /** Newest message each person has seen. */
  readonly reads: Readonly<Record<PersonId, string>>;
  /** Id and author of the kept messages, oldest first: enough to count what is unread. */
  readonly messages: readonly (readonly [id: string, from: PersonId | null])[];
}

/** The clock of the simulated tenants: ISO 8601, and simulated seconds per second. */
export interface ClockOnPage {
  readonly now: string;
  readonly speed: number;
}

/** `GET /api/state`. */
export interface StateOnPage {
  readonly eventId: number;
  readonly botName: string;
  /** False while the simulated tenants do not answer yet. */
  readonly isReady: boolean;
  /** Null when unknown. */
  readonly clock: ClockOnPage | null;
  readonly tenants: readonly TenantOnPage[];
  readonly people: readonly PersonOnPage[];
  readonly conversations: readonly ConversationOnPage[];
}

/** One line of `GET /events`; the id of the event is the SSE id. */
export type ChatEvent =
  | { readonly type: 'message'; readonly message: Message }
  | { readonly type: 'removed'; readonly conversationId: string; readonly messageId: string }
  | {
      readonly type: 'read';
      readonly conversationId: string;
      readonly personId: PersonId;
      readonly messageId: string;
    }
  | { readonly type: 'typing'; readonly conversationId: string; readonly rootId: string | null }
  | { readonly type: 'clock'; readonly clock: ClockOnPage }
  /** People or conversations changed, or too much was missed: load everything again. */
  | { readonly type: 'reset' };

/** What a button sends: `POST /api/press`. */
export interface Press {
  readonly personId: PersonId;
  readonly conversationId: string;
  readonly messageId: string;
  readonly action: {
    readonly type: 'Action.Execute' | 'Action.Submit';
    readonly id?: string;
    readonly verb?: string;
    readonly data: unknown;
  };
}

/** What came of a press or a refresh. */
export type PressOutcome =
  | { readonly outcome: 'replaced' }
  | { readonly outcome: 'sent' }
  | { readonly outcome: 'message'; readonly text: string }
  | { readonly outcome: 'error'; readonly text: string }
  /** A refresh that is not due. */
  | { readonly outcome: 'skipped' };
