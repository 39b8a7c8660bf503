import { request as httpRequest } from 'node:http';
import {
  cardSaying,
  foreignTenantId,
  messageFrom,
  personId,
  pressFrom,
  startEdge,
  type Edge,
} from '../helpers/edge';

let edge: Edge;

beforeAll(async () => {
  edge = await startEdge();
});
afterAll(() => edge.close());

function heard(): number {
  return edge.incoming.length;
}

test('answers a message with a card in the conversation it came from', async () => {
  const response = await edge.post(messageFrom(edge.connector.serviceUrl, { text: '  whoami ' }));
  expect(response.status).toBe(200);
  expect(edge.incoming.at(-1)).toMatchObject({
    content: { type: 'text', text: 'whoami' },
    person: { objectId: personId },
  });
  expect(edge.connector.requests.at(-1)?.path).toContain('/v3/conversations/a%3Achat/activities');
  expect(edge.incoming.at(-1)?.conversation).toMatchObject({
    conversationId: 'a:chat',
    person: { objectId: personId },
  });
});

test('answers a press in the response itself', async () => {
  const posts = edge.connector.requests.length;
  const response = await edge.post(
    pressFrom(edge.connector.serviceUrl, 'command', { command: 'status a&gt;b' }),
  );
  expect(response.status).toBe(200);
  await expect(response.json()).resolves.toEqual({
    statusCode: 200,
    type: 'application/vnd.microsoft.card.adaptive',
    value: cardSaying('echo'),
  });
  expect(edge.incoming.at(-1)).toMatchObject({
    pressedActivityId: 'pressed-card',
    content: { type: 'command', command: 'status a>b' },
  });
  expect(edge.connector.requests).toHaveLength(posts);
});

test('reads a decision, with its inputs and nothing else', async () => {
  const data = {
    ...{ decision: 'reject', planId: 'PL-0031', revision: 2, nonce: 'n0nce', verb: 'decide' },
    ...{ reason: 'Too early', operation: { evil: true } },
  };
  await edge.post(pressFrom(edge.connector.serviceUrl, 'decide', data));
  expect(edge.incoming.at(-1)?.content).toEqual({
    ...{ type: 'decision', decision: 'reject', planId: 'PL-0031', revision: 2, nonce: 'n0nce' },
    inputs: { reason: 'Too early' },
  });
});

test('takes what Teams asks on its own for a refresh, whatever its verb says', async () => {
  const data = { decision: 'approve', planId: 'PL-0031', revision: 2, nonce: 'n0nce' };
  const value = { action: { type: 'Action.Execute', verb: 'decide', data }, trigger: 'automatic' };
  await edge.post(pressFrom(edge.connector.serviceUrl, 'decide', {}, { value }));
  expect(edge.incoming.at(-1)?.content).toEqual({ type: 'refresh', planId: 'PL-0031' });
});

test('reads a button of an older client, which comes as a message', async () => {
  const value = { verb: 'command', command: 'links' };
  await edge.post(messageFrom(edge.connector.serviceUrl, { text: undefined, value, replyToId: 'card-1' }));
  expect(edge.incoming.at(-1)).toMatchObject({
    content: { type: 'command', command: 'links' },
    pressedActivityId: 'card-1',
  });
  expect(edge.connector.requests.at(-1)).toMatchObject({
    method: 'PUT',
    path: expect.stringContaining('card-1'),
  });
});

test('says welcome when it is installed', async () => {
  await edge.post(messageFrom(edge.connector.serviceUrl, { type: 'installationUpdate', action: 'add' }));
  expect(edge.connector.sent()).toContain('welcome');
});

test('lets the same activity have its effect once', async () => {
  const before = heard();
  const press = pressFrom(edge.connector.serviceUrl, 'command', { command: 'help' });
  const answers = await Promise.all([edge.post(press), edge.post(press), edge.post(press)]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(heard()).toBe(before + 1);
});

describe('refuses before anything hears of it', () => {
  const tenant = (id: string) => ({ tenant: { id } });
  test.each([
    [
      'a tenant outside the list',
      { conversation: { id: 'a:x', tenantId: foreignTenantId }, channelData: tenant(foreignTenantId) },
    ],
    ['two tenants in one activity', { channelData: tenant(foreignTenantId) }],
    ['no tenant', { channelData: {} }],
    ['nobody', { from: { id: '29:ghost', name: 'Ghost' } }],
    ['an object id that is none', { from: { id: '29:ghost', aadObjectId: 'admin' } }],
  ])('%s', async (_name, change) => {
    const before = heard();
    expect((await edge.post(messageFrom(edge.connector.serviceUrl, change))).status).toBe(200);
    const pressed = await edge.post(
      pressFrom(edge.connector.serviceUrl, 'command', { command: 'x' }, change),
    );
    expect(await pressed.text()).toMatch(/not\\*-allowed/);
    expect(heard()).toBe(before);
  });

  test.each([
    ['broken JSON', '{"type":', 400],
    ['a list', [], 400],
    ['no type', { id: 'x' }, 400],
    ['a type that is no text', messageFrom('http://127.0.0.1/', { type: 7 }), 400],
    ['no sender', messageFrom('http://127.0.0.1/', { from: undefined }), 400],
    ['no conversation', messageFrom('http://127.0.0.1/', { conversation: null }), 400],
    ['an address elsewhere', messageFrom('https://smba.trafficmanager.net/emea/'), 403],
    ['keys that reach a prototype', '{"type":"message","value":{"a":[{"__proto__":{"polluted":1}}]}}', 400],
    ['an invoke without action', pressFrom('http://127.0.0.1/', 'x', {}, { value: {} }), 400],
    ['an invoke of another kind', pressFrom('http://127.0.0.1/', 'x', {}, { name: 'task/fetch' }), 400],
    ['a body beyond 256 KB', messageFrom('http://127.0.0.1/', { text: 'x'.repeat(300_000) }), 413],
  ])('%s', async (_name, body, status) => {
    const before = heard();
    const response = await edge.post(body);
    expect(response.status).toBe(status);
    expect(await response.text()).not.toMatch(/Error|at |zod|Unexpected/);
    expect(heard()).toBe(before);
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data'])(
    '%s',
    async (type) => {
      const response = await edge.post(messageFrom('http://127.0.0.1/'), { 'content-type': type });
      expect(response.status).toBe(415);
    },
  );

  test('a chunked body beyond 256 KB', async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const headers = { 'content-type': 'application/json' };
      const post = httpRequest(`${edge.url}/api/messages`, { method: 'POST', headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      post.on('error', reject);
      for (let written = 0; written < 5; written += 1) post.write(`"${'x'.repeat(100_000)}"`);
      post.end();
    });
    expect(status).toBe(413);
  });

  test('a page that came under a foreign name', async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const headers = { host: 'evil.example:3978' };
      httpRequest(`${edge.url}/livez`, { headers }, (response) => resolve(response.statusCode))
        .on('error', reject)
        .end();
    });
    expect(status).toBe(403);
  });
});

test('shows the answer of the consent page as text, never as HTML', async () => {
  const page = await startEdge({
    onConsent: async ({ error }) => ({ status: 400, title: '<b>No</b>', text: `"${error}" & more` }),
  });
  const response = await fetch(`${page.url}/consent?error=%3Cscript%3E`);
  const html = await response.text();
  await page.close();
  expect(response.status).toBe(400);
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(html).not.toMatch(/<b>|<script>/);
  expect(html).toContain('&#60;script&#62;');
});

test('is not live after it stood still for too long', async () => {
  let isLive = false;
  const other = await startEdge({ isLive: () => isLive });
  expect((await fetch(`${other.url}/livez`)).status).toBe(503);
  isLive = true;
  expect((await fetch(`${other.url}/livez`)).status).toBe(200);
  await other.close();
});

test('is live, and ready only while its store answers', async () => {
  let isReady = true;
  const other = await startEdge({ isReady: async () => isReady });
  expect((await fetch(`${other.url}/livez`)).status).toBe(200);
  expect((await fetch(`${other.url}/readyz`)).status).toBe(200);
  isReady = false;
  expect((await fetch(`${other.url}/readyz`)).status).toBe(503);
  await other.close();
});
