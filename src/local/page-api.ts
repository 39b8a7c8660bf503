import { z } from 'zod/v4';
import { botName, type Conversation } from './conversation';
import type { Directory } from './directory';
import type { EventLog } from './event-log';
import type { Memory } from './memory';
import type { Pressing } from './pressing';
import type { ConversationOnPage, StateOnPage } from './protocol';
import { Refusal, type Route } from './router';
import { advanceClock, readClock } from './simulated-clock';
import { memberOf, type Sending, type SendingOptions } from './sending';

export interface PageApiOptions extends SendingOptions {
  readonly memory: Memory;
  readonly directory: Directory;
  readonly events: EventLog;
  readonly sending: Sending;
  readonly pressing: Pressing;
  readonly simulatorUrl: string;
  /** Looks whether people or roles changed. */
  readonly lookAgain: () => Promise<void>;
}

const id = z.string().min(1).max(200);
const messageBody = z.object({ personId: id, text: z.string(), rootId: id.nullable() });
const onMessage = z.object({ personId: id, conversationId: id, messageId: id });
const pressBody = onMessage.extend({
  action: z.object({
    type: z.enum(['Action.Execute', 'Action.Submit']),
    id: z.string().optional(),
    verb: z.string().optional(),
    data: z.unknown(),
  }),
});
const clockBody = z.object({ advance: z.string().max(20) });

function checked<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  throw new Refusal(400, 'BadSyntax', z.prettifyError(result.error));
}

function notReached(): never {
  throw new Refusal(502, 'SimulatorNotReached', 'The simulated tenants do not answer.');
}

function onPage(conversation: Conversation): ConversationOnPage {
  const { kind, tenantKey, name, team, memberIds, reads, messages } = conversation;
  return {
    ...{ id: conversation.id, kind, tenantKey, name, teamName: team?.name ?? null, memberIds, reads },
    messages: messages.map((message) => [message.id, message.from] as const),
  };
}

/** What the page asks and does, below `/api`. */
export function pageRoutes(options: PageApiOptions): readonly Route[] {
  const { memory, directory, events, sending, pressing, simulatorUrl, lookAgain } = options;

  async function state(): Promise<StateOnPage> {
    await lookAgain().catch(() => undefined);
    const { tenants, people } = directory.world();
    const here = new Set(people.map((person) => person.id));
    const conversations = memory
      .all()
      .filter(({ memberIds }) => memberIds.some((member) => here.has(member)));
    return {
      ...{ eventId: events.lastId(), botName, isReady: directory.isReady(), tenants },
      people: people.map(({ key: _key, aadObjectId: _object, tenantId: _tenant, ...person }) => person),
      clock: directory.isReady() ? await readClock(simulatorUrl).catch(() => null) : null,
      conversations: conversations.map(onPage),
    };
  }

  return [
    { method: 'GET', path: /^\/api\/state$/, answer: async () => ({ status: 200, body: await state() }) },
    {
      method: 'GET',
      path: /^\/api\/conversations\/(?<conversation>[^/]+)$/,
      answer({ params }) {
        const conversation = memory.find(params.conversation ?? '');
        if (!conversation) throw new Refusal(404, 'NotFound', 'There is no such conversation.');
        return { status: 200, body: { messages: conversation.messages } };
      },
    },
    {
      method: 'POST',
      path: /^\/api\/conversations\/(?<conversation>[^/]+)\/messages$/,
      answer({ params, body }) {
        const { personId, text, rootId } = checked(messageBody, body);
        return {
          status: 201,
          body: { id: sending.send(personId, params.conversation ?? '', text, rootId).id },
        };
      },
    },
    {
      method: 'POST',
      path: /^\/api\/retry$/,
      answer({ body }) {
        const { personId, conversationId, messageId } = checked(onMessage, body);
        memberOf(options, personId, conversationId);
        sending.retry(conversationId, messageId);
        return { status: 202, body: {} };
      },
    },
    {
      method: 'POST',
      path: /^\/api\/press$/,
      answer: async ({ body }) => ({ status: 200, body: await pressing.press(checked(pressBody, body)) }),
    },
    {
      method: 'POST',
      path: /^\/api\/refresh$/,
      async answer({ body }) {
        const { personId, conversationId, messageId } = checked(onMessage, body);
        return { status: 200, body: await pressing.refresh(personId, conversationId, messageId) };
      },
    },
    {
      method: 'POST',
      path: /^\/api\/read$/,
      answer({ body }) {
        const { personId, conversationId, messageId } = checked(onMessage, body);
        memory.read(memberOf(options, personId, conversationId).conversation, personId, messageId);
        return { status: 200, body: {} };
      },
    },
    {
      method: 'GET',
      path: /^\/api\/clock$/,
      answer: async () => ({ status: 200, body: await readClock(simulatorUrl).catch(notReached) }),
    },
    {
      method: 'POST',
      path: /^\/api\/clock$/,
      async answer({ body }) {
        const { advance } = checked(clockBody, body);
        const clock = await advanceClock(simulatorUrl, advance).catch(notReached);
        events.publish({ type: 'clock', clock });
        return { status: 200, body: clock };
      },
    },
  ];
}
