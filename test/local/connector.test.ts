import {
  CardFactory,
  MessageFactory,
  TeamsInfo,
  TurnContext,
  type Activity,
  type ConversationReference,
} from 'botbuilder';
import { createChat, type Chat } from '../../src/local/chat';
import type { Message, PressOutcome, StateOnPage } from '../../src/local/protocol';
import { startFakeBot, type FakeBot } from '../helpers/fake-bot';
import { startWorldServer, worldFixture, type WorldServer } from '../helpers/world-fixture';

const textCard = (text: string, more: Record<string, unknown> = {}) =>
  CardFactory.adaptiveCard({
    type: 'AdaptiveCard',
    version: '1.5',
    body: [{ type: 'TextBlock', text }],
    ...more,
  });

let world: WorldServer;
let bot: FakeBot;
let chat: Chat;
let turn: (context: TurnContext) => Promise<void>;

beforeEach(async () => {
  turn = async () => undefined;
  world = await startWorldServer();
  bot = await startFakeBot((context) => turn(context));
  chat = await createChat({ port: 0, botUrl: bot.url, simulatorUrl: world.url });
  await until(async () => bot.activities.filter(({ type }) => type === 'installationUpdate').length === 10);
});

afterEach(async () => {
  await Promise.all([chat.close(), bot.close(), world.close()]);
});

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('what was waited for did not happen in 4 s');
}

async function ask<T>(path: string, body?: unknown): Promise<T> {
  const init =
    body === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  return (await (await fetch(`${chat.url}${path}`, init)).json()) as T;
}

const state = () => ask<StateOnPage>('/api/state');
const conversationOf = async (personId: string, kind: 'personal' | 'channel' = 'personal') =>
  (await state()).conversations.find((each) => each.kind === kind && each.memberIds.includes(personId))!.id;
const messagesIn = async (id: string) =>
  (await ask<{ messages: Message[] }>(`/api/conversations/${encodeURIComponent(id)}`)).messages;
const say = (personId: string, conversationId: string, text: string, rootId: string | null = null) =>
  ask<{ id: string }>(`/api/conversations/${encodeURIComponent(conversationId)}/messages`, {
    personId,
    text,
    rootId,
  });
const came = (type: string) => bot.activities.filter((activity) => activity.type === type);

describe('the connector with botbuilder', () => {
  it('takes a reply, an update and a deletion', async () => {
    let sentId = '';
    turn = async (context) => {
      if (context.activity.type !== 'message') return;
      sentId = (await context.sendActivity(MessageFactory.attachment(textCard('one'))))!.id;
      const update = { ...MessageFactory.attachment(textCard('two')), id: sentId } as Activity;
      await context.updateActivity(update);
      const second = await context.sendActivity('to be deleted');
      await context.deleteActivity(second!.id);
    };
    const chatId = await conversationOf('con:priya');
    await say('con:priya', chatId, 'hello');
    await until(async () => (await messagesIn(chatId))[0]?.delivery === 'sent');

    const [own, card, ...more] = await messagesIn(chatId);
    expect(own).toMatchObject({ from: 'con:priya', text: 'hello' });
    expect(card).toMatchObject({ id: sentId, from: null, card: { body: [{ text: 'two' }] } });
    expect(card?.updatedAt).not.toBeNull();
    expect(more).toEqual([]);
  });

  it('says who wrote as Teams does', async () => {
    const chatId = await conversationOf('con:priya');
    await say('con:priya', chatId, 'whoami');
    await until(async () => came('message').length === 1);
    const priya = worldFixture.people[0]!;
    expect(came('message')[0]).toMatchObject({
      channelId: 'msteams',
      text: 'whoami',
      textFormat: 'plain',
      serviceUrl: `${chat.url}/connector`,
      from: { id: expect.stringMatching(/^29:1/), name: priya.displayName, aadObjectId: priya.aadObjectId },
      recipient: { id: expect.stringMatching(/^28:/) },
      conversation: { id: chatId, conversationType: 'personal', tenantId: priya.tenantId },
      channelData: { tenant: { id: priya.tenantId } },
    });
  });

  it('reaches the bot from a channel only with a mention, as a thread', async () => {
    turn = async (context) => {
      if (context.activity.type === 'message') await context.sendActivity('noted');
    };
    const channelId = await conversationOf('con:priya', 'channel');
    await say('con:priya', channelId, 'just between us');
    const { id } = await say('con:priya', channelId, '@Sync Steward status');
    await until(async () => (await messagesIn(channelId)).length === 3);

    expect(came('message')).toHaveLength(1);
    const [activity] = came('message');
    expect(activity).toMatchObject({
      text: '<at>Sync Steward</at> status',
      conversation: { id: `${channelId};messageid=${id}`, conversationType: 'channel', isGroup: true },
      channelData: { channel: { id: channelId }, team: { id: expect.stringMatching(/^19:/) } },
    });
    expect(activity!.entities).toContainEqual({
      ...{ type: 'mention', text: '<at>Sync Steward</at>' },
      mentioned: { id: activity!.recipient.id, name: 'Sync Steward' },
    });
    expect((await messagesIn(channelId))[2]).toMatchObject({ from: null, text: 'noted', rootId: id });
  });

  it('lets the bot write first, to a person and as a new post of a channel', async () => {
    let reference: Partial<ConversationReference> = {};
    turn = async (context) => {
      reference = TurnContext.getConversationReference(context.activity);
    };
    const chatId = await conversationOf('fab:mina');
    await say('fab:mina', chatId, 'hi');
    await until(async () => reference.conversation?.id === chatId);
    await bot.adapter.continueConversationAsync('', reference as ConversationReference, async (context) => {
      await context.sendActivity('later');
    });
    expect((await messagesIn(chatId))[1]).toMatchObject({ from: null, text: 'later' });

    const channelId = await conversationOf('fab:mina', 'channel');
    const parameters = {
      isGroup: true,
      channelData: { channel: { id: channelId } },
      activity: MessageFactory.text('news'),
    };
    let threadId = '';
    await bot.adapter.createConversationAsync(
      '',
      'msteams',
      `${chat.url}/connector`,
      '',
      parameters as never,
      async (context) => {
        threadId = context.activity.conversation.id;
      },
    );
    const [post] = await messagesIn(channelId);
    expect(post).toMatchObject({ from: null, text: 'news', rootId: null });
    expect(threadId).toBe(`${channelId};messageid=${post!.id}`);
  });

  it('tells members by id, by object id and in pages', async () => {
    const seen: unknown[] = [];
    const gil = worldFixture.people.find(({ key }) => key === 'gil')!;
    turn = async (context) => {
      if (context.activity.type !== 'message') return;
      seen.push(await TeamsInfo.getMember(context, context.activity.from.id));
      seen.push(await TeamsInfo.getMember(context, gil.aadObjectId));
      seen.push((await TeamsInfo.getPagedMembers(context)).members.length);
      seen.push((await TeamsInfo.getTeamDetails(context)).id);
    };
    const channelId = await conversationOf('con:omar', 'channel');
    await say('con:omar', channelId, '@sync steward who is here');
    await until(async () => seen.length === 4);
    expect(seen[0]).toMatchObject({ name: 'Omar Haddad', userRole: 'user', tenantId: gil.tenantId });
    expect(seen[1]).toMatchObject({ aadObjectId: gil.aadObjectId, userRole: 'guest' });
    expect(seen[2]).toBe(6);
    expect(seen[3]).toMatch(/^19:/);
  });

  it.each([
    ['an unknown conversation', 'a:1nobody/activities', { type: 'message', text: 'x' }, 404],
    ['an unknown thread', 'CHAT;messageid=1/activities', { type: 'message', text: 'x' }, 404],
    ['an empty message', 'CHAT/activities', { type: 'message' }, 400],
    ['another kind of activity', 'CHAT/activities', { type: 'event', text: 'x' }, 400],
    [
      'a message over 100 KB in UTF-16',
      'CHAT/activities',
      { type: 'message', text: 'x'.repeat(52_000) },
      413,
    ],
    ['a body over 256 KB', 'CHAT/activities', { type: 'message', text: 'x'.repeat(300_000) }, 413],
  ])('refuses %s', async (_what, path, body, status) => {
    const chatId = await conversationOf('con:priya');
    const url = `${chat.url}/connector/v3/conversations/${path.replace('CHAT', chatId)}`;
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ error: { code: expect.any(String) } });
  });
});

describe('a pressed card', () => {
  const refreshing = (userIds: string[], text: string) =>
    textCard(text, {
      refresh: { action: { type: 'Action.Execute', verb: 'refresh', data: { planId: 'PL-0001' } }, userIds },
    });

  async function cardFor(
    personId: string,
    card = textCard('base'),
  ): Promise<{ conversationId: string; messageId: string; personId: string }> {
    turn = async (context) => {
      if (context.activity.type === 'message') await context.sendActivity(MessageFactory.attachment(card));
    };
    const conversationId = await conversationOf(personId, 'channel');
    await say(personId, conversationId, '@Sync Steward card');
    await until(async () => (await messagesIn(conversationId)).length === 2);
    return { conversationId, messageId: (await messagesIn(conversationId))[1]!.id, personId };
  }

  const answerWith =
    (body: unknown, status = 200) =>
    async (context: TurnContext) => {
      if (context.activity.type === 'invoke') {
        await context.sendActivity({ type: 'invokeResponse', value: { status, body } });
      }
    };
  const cardAnswer = (text: string) => ({
    statusCode: 200,
    type: 'application/vnd.microsoft.card.adaptive',
    value: textCard(text).content,
  });
  const press = (on: object, verb = 'decide') =>
    ask<PressOutcome>('/api/press', {
      ...on,
      action: { type: 'Action.Execute', verb, data: { planId: 'PL-0001', reason: 'ok' } },
    });

  it('is replaced for the one who pressed', async () => {
    const on = await cardFor('con:priya');
    turn = answerWith(cardAnswer('only for you'));
    expect(await press(on)).toEqual({ outcome: 'replaced' });
    const message = (await messagesIn(on.conversationId))[1]!;
    expect(message.card).toMatchObject({ body: [{ text: 'base' }] });
    expect(message.personal).toEqual({
      'con:priya': { card: cardAnswer('only for you').value, stale: false },
    });
    expect(came('invoke')[0]).toMatchObject({
      name: 'adaptiveCard/action',
      replyToId: on.messageId,
      value: {
        action: { type: 'Action.Execute', verb: 'decide', data: { planId: 'PL-0001', reason: 'ok' } },
        trigger: 'manual',
      },
    });
  });

  it('shows what the bot says, and errors', async () => {
    const on = await cardFor('con:priya');
    turn = answerWith({
      statusCode: 200,
      type: 'application/vnd.microsoft.activity.message',
      value: 'Noted.',
    });
    expect(await press(on)).toEqual({ outcome: 'message', text: 'Noted.' });
    turn = answerWith({
      statusCode: 400,
      type: 'application/vnd.microsoft.error',
      value: { code: 'X', message: 'Not yours.' },
    });
    expect(await press(on)).toEqual({ outcome: 'error', text: 'Not yours.' });
    turn = async () => undefined;
    expect(await press(on)).toMatchObject({ outcome: 'error' });
    await bot.close();
    expect(await press(on)).toEqual({ outcome: 'error', text: expect.stringContaining('not running') });
  });

  it('comes as a message with its value when it is a Submit', async () => {
    const on = await cardFor('con:priya');
    const action = { type: 'Action.Submit', data: { command: 'status', reason: 'x' } };
    expect(await ask('/api/press', { ...on, action })).toEqual({ outcome: 'sent' });
    const last = came('message').at(-1)!;
    expect(last).toMatchObject({ value: { command: 'status', reason: 'x' }, replyToId: on.messageId });
    expect(last.text).toBeUndefined();
  });

  it('is refused to somebody who is not in the conversation', async () => {
    const on = await cardFor('con:priya');
    const invokes = came('invoke').length;
    expect(await press({ ...on, personId: 'fab:mina' })).toMatchObject({ error: { code: 'NotFound' } });
    expect(came('invoke')).toHaveLength(invokes);
  });

  it('is refreshed for those it names: at first, then only when it changed', async () => {
    const people = (await state()).people;
    const mri = (id: string) => people.find((person) => person.id === id)!.teamsUserId;
    const on = await cardFor('con:omar', refreshing([mri('con:omar')], 'base'));
    turn = answerWith({
      statusCode: 200,
      type: 'application/vnd.microsoft.card.adaptive',
      value: refreshing([mri('con:omar')], 'yours').content,
    });
    const refresh = (personId = 'con:omar') => ask<PressOutcome>('/api/refresh', { ...on, personId });

    expect(await refresh('con:priya')).toEqual({ outcome: 'skipped' });
    expect(await refresh()).toEqual({ outcome: 'replaced' });
    expect(came('invoke')[0]).toMatchObject({
      value: { trigger: 'automatic', action: { verb: 'refresh', data: { planId: 'PL-0001' } } },
    });
    expect(await refresh()).toEqual({ outcome: 'skipped' });

    const update = { ...MessageFactory.attachment(refreshing([mri('con:omar')], 'new')), type: 'message' };
    const url = `${chat.url}/connector/v3/conversations/${on.conversationId}/activities/${on.messageId}`;
    await fetch(url, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(update),
    });
    expect((await messagesIn(on.conversationId))[1]!.personal['con:omar']).toMatchObject({ stale: true });
    expect(await refresh()).toEqual({ outcome: 'replaced' });
    expect((await messagesIn(on.conversationId))[1]!.personal['con:omar']).toMatchObject({ stale: false });
    expect(await refresh()).toEqual({ outcome: 'skipped' });
  });

  it('belongs to everybody again when an update does not ask for a refresh', async () => {
    const on = await cardFor('con:priya');
    turn = answerWith(cardAnswer('only for you'));
    await press(on);
    const url = `${chat.url}/connector/v3/conversations/${on.conversationId}/activities/${on.messageId}`;
    const update = { ...MessageFactory.attachment(textCard('done')), type: 'message' };
    await fetch(url, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(update),
    });
    const message = (await messagesIn(on.conversationId))[1]!;
    expect(message.personal).toEqual({});
    expect(message.card).toMatchObject({ body: [{ text: 'done' }] });
  });
});
