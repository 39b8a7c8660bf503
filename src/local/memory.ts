import { conversationsOf, pruned, type Conversation } from './conversation';
import type { EventLog } from './event-log';
import type { Card, Message, PersonId } from './protocol';
import type { World } from './world';

/** Everything that outlives a restart, as it stands in the state file. */
export interface ChatState {
  readonly version: 1;
  lastEventId: number;
  lastMessageId: number;
  readonly conversations: Record<string, Conversation>;
}

export function newState(): ChatState {
  return { version: 1, lastEventId: 0, lastMessageId: 0, conversations: {} };
}

export interface NewMessage {
  readonly rootId: string | null;
  /** Null is the bot. */
  readonly from: PersonId | null;
  readonly text: string;
  readonly card: Card | null;
}

/** The chat's conversations. Each change is told to the open pages and then kept. */
export interface Memory {
  all(): readonly Conversation[];
  find(conversationId: string): Conversation | undefined;
  message(conversationId: string, messageId: string): Message | undefined;
  /** Makes the conversations that are missing, and brings members up to date. Gives the new ones. */
  adopt(world: World): readonly Conversation[];
  post(conversation: Conversation, message: NewMessage): Message;
  /** Replaces what everybody sees; cards that are one person's own become stale or go. */
  edit(conversation: Conversation, messageId: string, content: { text: string; card: Card | null }): void;
  /** Sets or removes (null) the card that one person sees. */
  personalize(conversation: Conversation, messageId: string, person: PersonId, card: Card | null): void;
  setDelivery(conversation: Conversation, messageId: string, delivery: Message['delivery']): void;
  remove(conversation: Conversation, messageId: string): void;
  read(conversation: Conversation, person: PersonId, messageId: string): void;
}

/** Does a card ask to be refreshed for this person (MRI)? */
export function isRefreshedFor(card: Card | null, teamsUserId: string): boolean {
  const refresh = card?.refresh as { userIds?: unknown } | undefined;
  return Array.isArray(refresh?.userIds) && refresh.userIds.includes(teamsUserId);
}

export interface MemoryOptions {
  readonly state: ChatState;
  readonly events: EventLog;
  /** The MRI of a person; empty when unknown. */
  readonly teamsUserIdOf: (person: PersonId) => string;
  readonly onChange: () => void;
}

export function createMemory({ state, events, teamsUserIdOf, onChange }: MemoryOptions): Memory {
  function changed(): void {
    state.lastEventId = events.lastId();
    onChange();
  }

  function find(conversationId: string): Conversation | undefined {
    return Object.hasOwn(state.conversations, conversationId)
      ? state.conversations[conversationId]
      : undefined;
  }

  function replace(
    conversation: Conversation,
    messageId: string,
    next: (message: Message, revision: number) => Message,
  ): void {
    const before = conversation.messages.find(({ id }) => id === messageId);
    if (!before) return;
    events.publish((revision) => {
      const message = { ...next(before, revision), revision };
      conversation.messages = conversation.messages.map((each) => (each.id === messageId ? message : each));
      return { type: 'message', message };
    });
    changed();
  }

  /** A person's own card survives a new card for everybody until the refresh that this one asks for. */
  function stillShown(message: Message, card: Card | null): Message['personal'] {
    const kept = Object.entries(message.personal).filter(([id]) => isRefreshedFor(card, teamsUserIdOf(id)));
    return Object.fromEntries(kept.map(([id, personal]) => [id, { card: personal.card, stale: true }]));
  }

  return {
    all: () => Object.values(state.conversations),
    find,
    message: (conversationId, messageId) => find(conversationId)?.messages.find(({ id }) => id === messageId),
    adopt(world) {
      const wanted = conversationsOf(world);
      const added = wanted.filter(({ id }) => !Object.hasOwn(state.conversations, id));
      wanted.forEach((conversation) => {
        const known = state.conversations[conversation.id];
        if (known) known.memberIds = conversation.memberIds;
        else state.conversations[conversation.id] = conversation;
      });
      events.publish({ type: 'reset' });
      changed();
      return added;
    },
    post(conversation, { rootId, from, text, card }) {
      state.lastMessageId = Math.max(Date.now(), state.lastMessageId + 1);
      const id = String(state.lastMessageId);
      const revision = events.lastId() + 1;
      const message: Message = {
        ...{ id, conversationId: conversation.id, rootId, from, text, card },
        ...{
          revision,
          contentRevision: revision,
          at: new Date().toISOString(),
          updatedAt: null,
          personal: {},
        },
        delivery: from === null ? 'sent' : 'sending',
      };
      conversation.messages = pruned([...conversation.messages, message]);
      if (from !== null) conversation.reads[from] = id;
      events.publish({ type: 'message', message });
      changed();
      return message;
    },
    edit(conversation, messageId, { text, card }) {
      replace(conversation, messageId, (message, contentRevision) => ({
        ...message,
        ...{ text, card, contentRevision, updatedAt: new Date().toISOString() },
        personal: stillShown(message, card),
      }));
    },
    personalize(conversation, messageId, person, card) {
      replace(conversation, messageId, (message) => {
        const { [person]: _, ...others } = message.personal;
        return { ...message, personal: card ? { ...others, [person]: { card, stale: false } } : others };
      });
    },
    setDelivery(conversation, messageId, delivery) {
      replace(conversation, messageId, (message) => ({ ...message, delivery }));
    },
    remove(conversation, messageId) {
      conversation.messages = conversation.messages.filter(
        ({ id, rootId }) => id !== messageId && rootId !== messageId,
      );
      events.publish({ type: 'removed', conversationId: conversation.id, messageId });
      changed();
    },
    read(conversation, person, messageId) {
      if ((conversation.reads[person] ?? '') >= messageId) return;
      conversation.reads[person] = messageId;
      events.publish({ type: 'read', conversationId: conversation.id, personId: person, messageId });
      changed();
    },
  };
}
