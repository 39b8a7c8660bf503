import { z } from 'zod/v4';
import { threadOf, type Conversation } from './conversation';
import { membersRoutes } from './connector-members';
import type { Directory } from './directory';
import type { EventLog } from './event-log';
import type { Memory } from './memory';
import type { Card } from './protocol';
import { Refusal, type Reply, type Route, type RouteRequest } from './router';

export interface ConnectorOptions {
  readonly memory: Memory;
  readonly directory: Directory;
  readonly events: EventLog;
  readonly serviceUrl: () => string;
}

/** Where Teams stops taking a bot's message (teams A1). */
const messageLimitBytes = 100 * 1024;
const cardType = 'application/vnd.microsoft.card.adaptive';

const activitySchema = z.object({
  type: z.string(),
  text: z.string().nullish(),
  replyToId: z.string().nullish(),
  attachments: z.array(z.object({ contentType: z.string(), content: z.unknown() })).nullish(),
});
const cardSchema = z.looseObject({ type: z.literal('AdaptiveCard') });
const newConversationSchema = z.object({
  members: z.array(z.object({ id: z.string() })).nullish(),
  tenantId: z.string().nullish(),
  activity: z.unknown(),
  channelData: z
    .object({
      channel: z.object({ id: z.string() }).nullish(),
      tenant: z.object({ id: z.string() }).nullish(),
    })
    .nullish(),
});

interface Content {
  readonly type: string;
  readonly replyToId: string | null;
  readonly text: string;
  readonly card: Card | null;
}

function checked<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  throw new Refusal(400, 'BadSyntax', z.prettifyError(result.error));
}

function contentOf(body: unknown, sizeInUtf16: number): Content {
  if (sizeInUtf16 > messageLimitBytes) {
    throw new Refusal(413, 'MessageSizeTooBig', 'Message size too large.');
  }
  const { type, text, replyToId, attachments } = checked(activitySchema, body);
  const [attachment, ...more] = attachments ?? [];
  if (more.length > 0 || (attachment && attachment.contentType !== cardType)) {
    throw new Refusal(400, 'BadArgument', 'This chat shows one Adaptive Card per message.');
  }
  const card = attachment ? checked(cardSchema, attachment.content) : null;
  if (type === 'message' && !text && !card) throw new Refusal(400, 'BadSyntax', 'Activity has no content.');
  return { type, replyToId: replyToId ?? null, text: text ?? '', card };
}

/** Bot Connector v3 as botbuilder calls it, below `/connector`. Ids are those of Teams: `a:…`, `19:…;messageid=…`. */
export function connectorRoutes(options: ConnectorOptions): readonly Route[] {
  const { memory, directory, events, serviceUrl } = options;

  function conversationAt(address: string): { conversation: Conversation; rootId: string | null } {
    const { conversationId, rootId } = threadOf(address);
    const conversation = memory.find(conversationId);
    const isThere = rootId === null || memory.message(conversationId, rootId)?.rootId === null;
    if (!conversation || !isThere) throw new Refusal(404, 'ConversationNotFound', 'Conversation not found.');
    return { conversation, rootId };
  }

  /** In a channel a reply goes below the post that it answers, or below that one's post. */
  function threadFor(
    conversation: Conversation,
    rootId: string | null,
    replyToId: string | null,
  ): string | null {
    if (conversation.kind !== 'channel' || rootId !== null || replyToId === null) return rootId;
    const answered = memory.message(conversation.id, replyToId);
    return answered ? (answered.rootId ?? answered.id) : null;
  }

  function post({ params, body, sizeInUtf16 }: RouteRequest): Reply {
    const { conversation, rootId } = conversationAt(params.conversation ?? '');
    const { type, text, card, replyToId } = contentOf(body, sizeInUtf16);
    const thread = threadFor(conversation, rootId, replyToId ?? params.activity ?? null);
    if (type === 'typing') {
      events.publish({ type: 'typing', conversationId: conversation.id, rootId: thread });
      return { status: 201, body: { id: '' } };
    }
    if (type !== 'message') throw new Refusal(400, 'BadArgument', `A bot cannot send ${type} here.`);
    const { id } = memory.post(conversation, { rootId: thread, from: null, text, card });
    return { status: 201, body: { id } };
  }

  function own({ params }: RouteRequest): { conversation: Conversation; id: string } {
    const { conversation } = conversationAt(params.conversation ?? '');
    const message = memory.message(conversation.id, params.activity ?? '');
    if (!message) throw new Refusal(404, 'ActivityNotFoundInConversation', 'The activity does not exist.');
    if (message.from !== null) throw new Refusal(403, 'BotNotMessageOwner', 'A person wrote this message.');
    return { conversation, id: message.id };
  }

  function create({ body, sizeInUtf16 }: RouteRequest): Reply {
    const { channelData, members, tenantId, activity } = checked(newConversationSchema, body);
    if (channelData?.channel) {
      const { conversation } = conversationAt(channelData.channel.id);
      const { text, card } = contentOf(activity, sizeInUtf16);
      const { id } = memory.post(conversation, { rootId: null, from: null, text, card });
      const address = `${conversation.id};messageid=${id}`;
      return { status: 201, body: { id: address, activityId: id, serviceUrl: serviceUrl() } };
    }
    const tenant = tenantId ?? channelData?.tenant?.id ?? '';
    const person = directory.find(tenant, members?.[0]?.id ?? '');
    const chat = memory
      .all()
      .find(({ kind, memberIds }) => kind === 'personal' && memberIds[0] === person?.id);
    if (!person || !chat) throw new Refusal(403, 'ConversationCreateFailed', 'Nobody with this id is here.');
    const sent = activity
      ? post({ params: { conversation: chat.id }, query: new URLSearchParams(), body: activity, sizeInUtf16 })
      : null;
    const activityId = (sent?.body as { id: string } | undefined)?.id;
    return { status: 201, body: { id: chat.id, activityId, serviceUrl: serviceUrl() } };
  }

  const activities = '/connector/v3/conversations/(?<conversation>[^/]+)/activities';
  const one = new RegExp(`^${activities}/(?<activity>[^/]+)$`);
  return [
    { method: 'POST', path: /^\/connector\/v3\/conversations$/, answer: create },
    { method: 'POST', path: new RegExp(`^${activities}$`), answer: post },
    { method: 'POST', path: one, answer: post },
    {
      method: 'PUT',
      path: one,
      answer(request) {
        const { conversation, id } = own(request);
        const { text, card } = contentOf(request.body, request.sizeInUtf16);
        memory.edit(conversation, id, { text, card });
        return { status: 200, body: { id } };
      },
    },
    {
      method: 'DELETE',
      path: one,
      answer(request) {
        const { conversation, id } = own(request);
        memory.remove(conversation, id);
        return { status: 200, body: {} };
      },
    },
    ...membersRoutes({ memory, directory, conversationAt }),
  ];
}
