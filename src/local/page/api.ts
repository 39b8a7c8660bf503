import type { ClockOnPage, Message, Press, PressOutcome, StateOnPage } from '../protocol';

async function ask<T>(path: string, body?: unknown): Promise<T> {
  const answer = await fetch(
    path,
    body === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
  );
  const said = (await answer.json()) as T & { error?: { message: string } };
  if (!answer.ok) throw new Error(said.error?.message ?? `The chat answered ${answer.status}.`);
  return said;
}

interface OnMessage {
  readonly personId: string;
  readonly conversationId: string;
  readonly messageId: string;
}

/** The calls of the page to its server. Each throws an Error with a sentence for people. */
export const api = {
  state: () => ask<StateOnPage>('/api/state'),
  messages: (conversationId: string) =>
    ask<{ messages: Message[] }>(`/api/conversations/${encodeURIComponent(conversationId)}`),
  send: (personId: string, conversationId: string, text: string, rootId: string | null) =>
    ask<{ id: string }>(`/api/conversations/${encodeURIComponent(conversationId)}/messages`, {
      ...{ personId, text, rootId },
    }),
  retry: (on: OnMessage) => ask('/api/retry', on),
  press: (press: Press) => ask<PressOutcome>('/api/press', press),
  refresh: (on: OnMessage) => ask<PressOutcome>('/api/refresh', on),
  read: (on: OnMessage) => ask('/api/read', on),
  clock: () => ask<ClockOnPage>('/api/clock'),
  advance: (advance: string) => ask<ClockOnPage>('/api/clock', { advance }),
};
