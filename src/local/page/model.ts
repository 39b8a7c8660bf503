import { useEffect, useReducer } from 'preact/hooks';
import type {
  ChatEvent,
  ClockOnPage,
  ConversationOnPage,
  Message,
  PersonId,
  PersonOnPage,
  StateOnPage,
} from '../protocol';

interface ToldClock {
  readonly simulatedMs: number;
  readonly speed: number;
  readonly toldAtMs: number;
}

/** Remembers when the simulated time was told, so that it can go on by itself. */
export function told({ now, speed }: ClockOnPage): ToldClock {
  return { simulatedMs: Date.parse(now), speed, toldAtMs: Date.now() };
}

/** Everything the page shows. Changed only through `change`. */
export interface Model {
  readonly state: StateOnPage | null;
  readonly connection: 'connecting' | 'live' | 'lost';
  /** Messages of the conversations that were opened, oldest first. */
  readonly messages: Readonly<Record<string, readonly Message[]>>;
  /** People whose panes are open, left to right. */
  readonly panes: readonly PersonId[];
  /** The pane that a narrow screen shows. */
  readonly front: PersonId | null;
  /** Conversation that each pane shows; its chat with the bot when missing. */
  readonly tabs: Readonly<Record<PersonId, string>>;
  /** Until when the bot types, by conversation. */
  readonly typingUntil: Readonly<Record<string, number>>;
  /** Simulated time and when it was told. */
  readonly clock: ToldClock | null;
  /** A line for everybody at the screen, said once. */
  readonly notice: string;
}

let model: Model = {
  ...{ state: null, connection: 'connecting', messages: {}, panes: [], front: null, tabs: {} },
  ...{ typingUntil: {}, clock: null, notice: '' },
};
const listeners = new Set<() => void>();

export function present(): Model {
  return model;
}

export function change(next: Partial<Model>): void {
  model = { ...model, ...next };
  listeners.forEach((listener) => listener());
}

/** The model; the component is drawn again when it changes. */
export function useModel(): Model {
  const [, draw] = useReducer<number, void>((count) => count + 1, 0);
  useEffect(() => {
    const listener = () => draw();
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }, []);
  return model;
}

/** A number that changes every few seconds, for relative times. */
export function useNow(everyMs: number): number {
  const [now, tick] = useReducer<number, void>(() => Date.now(), Date.now());
  useEffect(() => {
    const timer = setInterval(() => tick(), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}

export function personOf(id: PersonId | null): PersonOnPage | undefined {
  return model.state?.people.find((person) => person.id === id);
}

/** Chat with the bot first, then channels. */
export function conversationsOf(id: PersonId): readonly ConversationOnPage[] {
  const own = model.state?.conversations.filter(({ memberIds }) => memberIds.includes(id)) ?? [];
  return [...own].sort((one, other) => other.kind.localeCompare(one.kind));
}

/** How many messages of others came after the newest one that was seen. */
export function unreadCount(conversation: ConversationOnPage, id: PersonId): number {
  const seen = conversation.reads[id] ?? '';
  return conversation.messages.filter(([messageId, from]) => from !== id && messageId > seen).length;
}

function withConversation(
  id: string,
  next: (conversation: ConversationOnPage) => ConversationOnPage,
): Partial<Model> {
  if (!model.state) return {};
  const conversations = model.state.conversations.map((each) => (each.id === id ? next(each) : each));
  return { state: { ...model.state, conversations } };
}

function withMessage(message: Message): Partial<Model> {
  const loaded = model.messages[message.conversationId];
  const summary = withConversation(message.conversationId, (conversation) => {
    const isKnown = conversation.messages.some(([id]) => id === message.id);
    const messages = isKnown
      ? conversation.messages
      : [...conversation.messages, [message.id, message.from] as const];
    const isOwn = message.from !== null && !isKnown;
    const reads = isOwn ? { ...conversation.reads, [message.from]: message.id } : conversation.reads;
    return { ...conversation, messages, reads };
  });
  const typingUntil =
    message.from === null ? { ...model.typingUntil, [message.conversationId]: 0 } : model.typingUntil;
  if (!loaded) return { ...summary, typingUntil };
  const known = loaded.find(({ id }) => id === message.id);
  if (known && known.revision >= message.revision) return summary;
  const next = known ? loaded.map((each) => (each === known ? message : each)) : [...loaded, message];
  return { ...summary, typingUntil, messages: { ...model.messages, [message.conversationId]: next } };
}

function withoutMessage(conversationId: string, messageId: string): Partial<Model> {
  const isKept = (id: string) => id !== messageId;
  const loaded = model.messages[conversationId]?.filter(
    ({ id, rootId }) => isKept(id) && rootId !== messageId,
  );
  return {
    ...withConversation(conversationId, (conversation) => ({
      ...conversation,
      messages: conversation.messages.filter(([id]) => isKept(id)),
    })),
    ...(loaded ? { messages: { ...model.messages, [conversationId]: loaded } } : {}),
  };
}

/** How long "is typing" stays without a message. */
const typingMs = 8000;

/** What the model becomes by one event of the stream; `reset` is the stream's own business. */
export function afterEvent(event: ChatEvent): Partial<Model> {
  switch (event.type) {
    case 'message':
      return withMessage(event.message);
    case 'removed':
      return withoutMessage(event.conversationId, event.messageId);
    case 'read':
      return withConversation(event.conversationId, (conversation) => ({
        ...conversation,
        reads: { ...conversation.reads, [event.personId]: event.messageId },
      }));
    case 'typing':
      return { typingUntil: { ...model.typingUntil, [event.conversationId]: Date.now() + typingMs } };
    case 'clock':
      return { clock: told(event.clock) };
    case 'reset':
      return {};
  }
}
