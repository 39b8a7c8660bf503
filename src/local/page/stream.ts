import type { ChatEvent } from '../protocol';
import { api } from './api';
import { afterEvent, change, present, told } from './model';

const againMs = 1500;
let source: EventSource | null = null;

/** Loads people, conversations and the messages of those that are open. */
async function loadAll(): Promise<void> {
  const state = await api.state();
  change({ state, clock: state.clock && told(state.clock) });
  await Promise.all(Object.keys(present().messages).map(load));
}

/** Loads one conversation; what the stream told meanwhile wins. */
export async function load(conversationId: string): Promise<void> {
  const { messages } = await api.messages(conversationId).catch(() => ({ messages: [] }));
  const known = new Map((present().messages[conversationId] ?? []).map((message) => [message.id, message]));
  const merged = messages.map((message) => {
    const newer = known.get(message.id);
    return newer && newer.revision > message.revision ? newer : message;
  });
  const newest = merged.at(-1)?.id ?? '';
  const late = [...known.values()].filter(({ id }) => id > newest);
  change({ messages: { ...present().messages, [conversationId]: [...merged, ...late] } });
}

function follow(since: number): void {
  source?.close();
  source = new EventSource(`/events?since=${since}`);
  source.onopen = () => change({ connection: 'live' });
  source.onmessage = ({ data }: MessageEvent<string>) => {
    const event = JSON.parse(data) as ChatEvent;
    if (event.type === 'reset') void loadAll().catch(() => undefined);
    else change(afterEvent(event));
  };
  source.onerror = () => {
    change({ connection: 'lost' });
    if (source?.readyState === EventSource.CLOSED) setTimeout(() => void connect(), againMs);
  };
}

/** Loads everything and follows the stream; tries again until the chat's server is there. */
export async function connect(): Promise<void> {
  try {
    await loadAll();
    follow(present().state?.eventId ?? 0);
  } catch {
    change({ connection: 'lost' });
    setTimeout(() => void connect(), againMs);
  }
}
