import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createChat, type Chat } from '../../src/local/chat';
import type { ChatEvent, Message, StateOnPage } from '../../src/local/protocol';
import { startFakeBot, type FakeBot } from '../helpers/fake-bot';
import { startWorldServer, type WorldServer } from '../helpers/world-fixture';

let world: WorldServer;
let bot: FakeBot;
let folder: string;
let chat: Chat;

const pageDir = resolve(__dirname, '../../src/local/page');
const open = (port = 0) =>
  createChat({
    ...{ port, botUrl: bot.url, simulatorUrl: world.url, pageDir },
    stateFile: join(folder, 'chat.json'),
  });

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'chat-'));
  world = await startWorldServer();
  bot = await startFakeBot(async (turn) => {
    if (turn.activity.type === 'message') await turn.sendActivity('noted');
  });
  chat = await open();
});

afterEach(async () => {
  await chat.close();
  await Promise.all([bot.close(), world.close()]);
  rmSync(folder, { recursive: true });
});

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 250; tries += 1) {
    if (await isSo()) return;
    await new Promise((next) => setTimeout(next, 20));
  }
  throw new Error('what was waited for did not happen in 5 s');
}

async function state(): Promise<StateOnPage> {
  let found: StateOnPage | null = null;
  await until(async () => {
    found = (await (await fetch(`${chat.url}/api/state`)).json()) as StateOnPage;
    return found.conversations.length > 0;
  });
  return found!;
}

const chatOf = async (person: string) =>
  (await state()).conversations.find(({ kind, memberIds }) => kind === 'personal' && memberIds[0] === person)!
    .id;

async function messagesIn(id: string): Promise<Message[]> {
  const answer = await fetch(`${chat.url}/api/conversations/${encodeURIComponent(id)}`);
  return ((await answer.json()) as { messages: Message[] }).messages;
}

function say(id: string, text: string): Promise<Response> {
  return fetch(`${chat.url}/api/conversations/${encodeURIComponent(id)}/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ personId: 'con:priya', text, rootId: null }),
  });
}

/** Reads the stream until `count` events came. */
async function events(since: number, count: number): Promise<{ id: number; event: ChatEvent }[]> {
  const stop = new AbortController();
  const answer = await fetch(`${chat.url}/events?since=${since}`, { signal: stop.signal });
  const found: { id: number; event: ChatEvent }[] = [];
  let text = '';
  for await (const chunk of answer.body as unknown as AsyncIterable<Uint8Array>) {
    text += Buffer.from(chunk).toString();
    const lines = [...text.matchAll(/id: (\d+)\ndata: (.*)\n\n/g)];
    if (lines.length >= count) {
      found.push(...lines.map(([, id, json]) => ({ id: Number(id), event: JSON.parse(json!) as ChatEvent })));
      break;
    }
  }
  stop.abort();
  return found;
}

describe('a restart', () => {
  it('goes on where it was', async () => {
    const id = await chatOf('con:priya');
    await say(id, 'before');
    await until(async () => (await messagesIn(id)).length === 2);
    await until(async () => (await messagesIn(id))[0]!.delivery === 'sent');
    const before = await messagesIn(id);
    const { eventId } = await state();
    await chat.close();
    chat = await open();
    expect(await chatOf('con:priya')).toBe(id);
    expect(await messagesIn(id)).toEqual(before);
    expect((await state()).eventId).toBeGreaterThan(eventId);
    await say(id, 'after');
    await until(async () => (await messagesIn(id)).length === 4);
  });

  it('tells the bot again where it is installed, but not that it joined', async () => {
    const count = (type: string) => bot.activities.filter((activity) => activity.type === type).length;
    await until(() => count('installationUpdate') === 10 && count('conversationUpdate') === 10);
    await chat.close();
    chat = await open();
    await until(() => count('installationUpdate') === 20);
    expect(count('conversationUpdate')).toBe(10);
  });

  it('keeps a state file aside that it cannot read', async () => {
    await chat.close();
    writeFileSync(join(folder, 'chat.json'), '{ half');
    chat = await open();
    expect((await state()).conversations).toHaveLength(10);
    expect(readFileSync(join(folder, 'chat.json.unreadable'), 'utf8')).toBe('{ half');
  });
});

describe('without the others', () => {
  it('waits for the simulator and the bot', async () => {
    await chat.close();
    const late = bot.url;
    await bot.close();
    chat = await createChat({ port: 0, botUrl: late, simulatorUrl: 'http://127.0.0.1:1', pageDir });
    const answer = (await (await fetch(`${chat.url}/api/state`)).json()) as StateOnPage;
    expect(answer).toMatchObject({ isReady: false, people: [], clock: null });
  });

  it('says that a message was not delivered, and delivers it when asked again', async () => {
    const id = await chatOf('con:priya');
    await bot.close();
    await say(id, 'hello');
    await until(async () => (await messagesIn(id))[0]?.delivery === 'failed');
    const port = Number(new URL(bot.url).port);
    const { createServer } = await import('node:http');
    const late = createServer((_request, response) => response.end('{}')).listen(port, '127.0.0.1');
    const retry = { personId: 'con:priya', conversationId: id, messageId: (await messagesIn(id))[0]!.id };
    const headers = { 'content-type': 'application/json' };
    await fetch(`${chat.url}/api/retry`, { method: 'POST', headers, body: JSON.stringify(retry) });
    await until(async () => (await messagesIn(id))[0]?.delivery === 'sent');
    late.closeAllConnections();
    await new Promise((closed) => late.close(closed));
  });

  it('says which port is taken', async () => {
    const port = Number(new URL(chat.url).port);
    await expect(open(port)).rejects.toMatchObject({
      code: 'bad-settings',
      doing: `starting the chat on port ${port}`,
    });
  });
});

describe('the stream', () => {
  it('goes on after the last event that was seen', async () => {
    const id = await chatOf('con:priya');
    const { eventId } = await state();
    await say(id, 'hello');
    await until(async () => (await messagesIn(id)).length === 2);
    const first = await events(eventId, 1);
    const rest = await events(first[0]!.id, 1);
    expect(first[0]!.event).toMatchObject({ type: 'message', message: { text: 'hello' } });
    expect(rest[0]!.id).toBe(first[0]!.id + 1);
  });

  it('asks to load everything again after too long or another life', async () => {
    await state();
    expect((await events(999_999, 1))[0]!.event).toEqual({ type: 'reset' });
  });
});

describe('the door', () => {
  function status(
    path: string,
    options: { method?: string; headers?: Record<string, string>; body?: string } = {},
  ) {
    const url = new URL(chat.url);
    return new Promise<number>((answered, failed) => {
      const { method = 'GET', headers = {}, body } = options;
      const asked = request({ host: url.hostname, port: url.port, path, method, headers }, (response) => {
        response.resume();
        answered(response.statusCode ?? 0);
      });
      asked.on('error', failed);
      asked.end(body);
    });
  }

  it.each([
    ['another host name', '/api/state', { headers: { host: 'evil.example' } }, 403],
    ['a page of another site', '/api/state', { headers: { origin: 'http://evil.example' } }, 403],
    ['a form', '/api/clock', { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{}' }, 415],
    [
      'something that is not JSON',
      '/api/clock',
      { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{' },
      400,
    ],
    ['a file outside the page', '/page/..%2f..%2f..%2fpackage', {}, 404],
    ['another method', '/api/state', { method: 'DELETE' }, 405],
  ])('is closed to %s', async (_what, path, options, expected) => {
    expect(await status(path, options)).toBe(expected);
  });

  it('gives the page with a policy that names its one inline script', async () => {
    const answer = await fetch(chat.url);
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/script-src 'self' 'sha256-[A-Za-z0-9+/=]{44}';/);
    expect(policy).not.toContain('unsafe');
    expect(answer.headers.get('etag')).toBeTruthy();
  });
});
