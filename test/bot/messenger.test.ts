import { createMessenger } from '../../src/bot/messenger';
import type { ConversationReference } from '../../src/store/ports';
import { cardSaying, homeTenantId } from '../helpers/edge';
import { startScriptedConnector, type ScriptedConnector } from '../helpers/scripted-connector';

let connector: ScriptedConnector;
const messenger = createMessenger({ mode: 'local', token: async () => null, timeoutMs: 300 });
const card = cardSaying('hello');

beforeEach(async () => {
  connector = await startScriptedConnector();
});
afterEach(() => connector.close());

function chat(serviceUrl = connector.serviceUrl): ConversationReference {
  return {
    ...{ conversationId: '19:room@thread;messageid=7', kind: 'channel', serviceUrl },
    ...{ tenantId: homeTenantId, botId: '28:bot', person: null },
  };
}

test('posts one activity that holds the card alone, and gives its id', async () => {
  await expect(messenger.post(chat(), card)).resolves.toEqual({ outcome: 'sent', activityId: 'm1' });
  expect(connector.requests[0]?.path).toBe(
    '/connector/v3/conversations/19%3Aroom%40thread%3Bmessageid%3D7/activities',
  );
  expect(connector.requests[0]?.body).toMatchObject({
    type: 'message',
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }],
  });
  expect(connector.requests[0]?.body).not.toHaveProperty('text');
});

test('updates a posted card under its id', async () => {
  await expect(messenger.update(chat(), 'm 7', card)).resolves.toEqual({
    outcome: 'sent',
    activityId: 'm 7',
  });
  expect(connector.requests[0]).toMatchObject({
    method: 'PUT',
    path: expect.stringMatching(/\/activities\/m%207$/),
  });
});

test.each([
  ['500', { status: 500 }, { outcome: 'ambiguous' }],
  ['502', { status: 502 }, { outcome: 'ambiguous' }],
  ['503', { status: 503 }, { outcome: 'ambiguous' }],
  ['504', { status: 504 }, { outcome: 'ambiguous' }],
  ['a reset', 'reset', { outcome: 'ambiguous' }],
  ['silence', 'silence', { outcome: 'ambiguous' }],
  [
    '429 with seconds',
    { status: 429, headers: { 'retry-after': '7' } },
    { outcome: 'throttled', retryAfterSeconds: 7 },
  ],
  ['429 without', { status: 429 }, { outcome: 'throttled', retryAfterSeconds: 2 }],
  [
    '429 for a day',
    { status: 429, headers: { 'retry-after': '86400' } },
    { outcome: 'throttled', retryAfterSeconds: 120 },
  ],
  ['412', { status: 412 }, { outcome: 'throttled', retryAfterSeconds: 2 }],
  ['403', { status: 403 }, { outcome: 'gone' }],
  ['404', { status: 404 }, { outcome: 'gone' }],
  ['400', { status: 400 }, { outcome: 'refused', status: 400 }],
  ['413', { status: 413 }, { outcome: 'refused', status: 413 }],
  ['409', { status: 409 }, { outcome: 'ambiguous' }],
  ['a redirect', { status: 307, headers: { location: '/elsewhere' } }, { outcome: 'ambiguous' }],
] as const)('sends exactly one request when the connector answers %s', async (_name, script, delivery) => {
  connector.script(script);
  await expect(messenger.post(chat(), card)).resolves.toEqual(delivery);
  expect(connector.requests).toHaveLength(1);
});

test('may be asked again when nobody listened', async () => {
  const { serviceUrl } = connector;
  await connector.close();
  await expect(messenger.post(chat(serviceUrl), card)).resolves.toMatchObject({ outcome: 'throttled' });
  connector = await startScriptedConnector();
});

test('sends nothing to an address outside its list', async () => {
  const strict = createMessenger({ mode: 'production', token: async () => 'secret' });
  await expect(strict.post(chat(), card)).resolves.toEqual({ outcome: 'gone' });
  await expect(messenger.post(chat('https://example.org/'), card)).resolves.toEqual({ outcome: 'gone' });
  expect(connector.requests).toHaveLength(0);
});

test('sends nothing without its token, and may be asked again', async () => {
  const locked = createMessenger({ mode: 'local', token: () => Promise.reject(new Error('no token')) });
  await expect(locked.post(chat(), card)).resolves.toMatchObject({ outcome: 'throttled' });
  expect(connector.requests).toHaveLength(0);
});
