import type { AdaptiveCard, ConversationReference } from '../store/ports';
import type { Person } from '../plan/types';

/** Everything the bot's edge knows about one message or press, checked and normalised. No SDK type in sight. */
export interface Incoming {
  readonly activityId: string;
  /** From the activity (I9, I14): (tenantId, aadObjectId). The name is what Teams says, for display only. */
  readonly person: Person & { readonly teamsUserId: string };
  readonly conversation: ConversationReference;
  /** Activity id of the card that was pressed, when it was a press. */
  readonly pressedActivityId: string | null;
  readonly content:
    | { readonly type: 'text'; readonly text: string }
    /** Any button but a decision: handled exactly as if the person had typed it. */
    | {
        readonly type: 'command';
        readonly command: string;
        readonly inputs: Readonly<Record<string, string>>;
      }
    /** [Approve], [Reject], [Submit]…: carries only these (I4). */
    | {
        readonly type: 'decision';
        readonly decision: string;
        readonly planId: string;
        readonly revision: number;
        readonly nonce: string;
        readonly inputs: Readonly<Record<string, string>>;
      }
    /** Teams asks for the present card of this person; never changes state (I33). */
    | { readonly type: 'refresh'; readonly planId: string };
}

/** What the edge does with an answer: reply in the turn (or as the invoke response), later replace it. */
export interface Answer {
  /** Card to show now. For a press it replaces the pressed card for this person, unless `asMessage`. */
  readonly card: AdaptiveCard;
  readonly asMessage?: boolean;
  /** The same message was answered before, by this process or an earlier one (I20): nothing is sent. */
  readonly isRepeat?: boolean;
  /** The final card, when `card` only says that work goes on; the edge updates the same message. */
  readonly later?: Promise<AdaptiveCard>;
  /**
   * Called by the edge with the id of the message that shows `card`, as soon as Teams gave it one: for a press that
   * replaces its card that is the pressed card. So that the same message can be updated by later events (I32).
   */
  readonly onShown?: (activityId: string) => Promise<void>;
}

/** The one door between the Teams edge and everything behind it. Never throws: errors are cards. */
export interface Steward {
  answer(incoming: Incoming): Promise<Answer>;
  /** Somebody installed the bot or opened its chat: remember the conversation and welcome them once. */
  installed(conversation: ConversationReference): Promise<AdaptiveCard | null>;
}
