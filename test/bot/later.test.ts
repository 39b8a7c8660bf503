import { setTimeout as pause } from 'node:timers/promises';
import type { Answer } from '../../src/commands/command';
import { cardSaying, homeTenantId, messageFrom, pressFrom, startEdge, type Edge } from '../helpers/edge';

let edge: Edge | null = null;
afterEach(async () => {
  await edge?.close();
  edge = null;
});

async function answering(answer: () => Promise<Answer>): Promise<Edge> {
  edge = await startEdge({ answer, answerWithinMs: 150 });
  return edge;
}

/** An answer that is not there before it is released: whoever waits for it would wait for ever. */
function held(): { readonly answer: Promise<Answer>; readonly release: () => void } {
  let release: () => void = () => undefined;
  const answer = new Promise<Answer>((resolve) => {
    release = () => resolve({ card: cardSaying('slow answer') });
  });
  return { answer, release };
}

async function until(isTrue: () => boolean): Promise<void> {
  for (let tries = 0; tries < 500 && !isTrue(); tries += 1) await pause(20);
  expect(isTrue()).toBe(true);
}

test('puts the final card into the message that said it works', async () => {
  const later = pause(50).then(() => cardSaying('final'));
  const { post, connector } = await answering(async () => ({ card: cardSaying('working'), later }));
  expect((await post(messageFrom(connector.serviceUrl))).status).toBe(200);
  await until(() => connector.requests.length === 2);
  expect(connector.requests.map(({ method }) => method)).toEqual(['POST', 'PUT']);
  expect(connector.requests[1]?.path).toMatch(/\/activities\/m1$/);
  expect(connector.sent()).toContain('final');
});

test('replaces the pressed card of a personal chat when the work is done', async () => {
  const later = pause(50).then(() => cardSaying('final'));
  const { post, connector } = await answering(async () => ({ card: cardSaying('working'), later }));
  const response = await post(pressFrom(connector.serviceUrl, 'command', { command: 'check' }));
  expect(JSON.stringify(await response.json())).toContain('working');
  await until(() => connector.requests.length === 1);
  expect(connector.requests[0]).toMatchObject({
    method: 'PUT',
    path: expect.stringMatching(/pressed-card$/),
  });
});

test('never shows one person’s answer in the place of a channel’s card', async () => {
  const later = Promise.resolve(cardSaying('final'));
  const { post, connector } = await answering(async () => ({ card: cardSaying('working'), later }));
  const conversation = { id: '19:c;messageid=1', conversationType: 'channel', tenantId: homeTenantId };
  await post(pressFrom(connector.serviceUrl, 'command', { command: 'check' }, { conversation }));
  await until(() => connector.requests.length === 1);
  expect(connector.requests[0]?.method).toBe('POST');
});

test('answers a press in time though the answer is slow, and brings it afterwards', async () => {
  const slow = held();
  const { post, connector } = await answering(() => slow.answer);
  const response = await post(pressFrom(connector.serviceUrl, 'command', { command: 'check' }));
  expect(JSON.stringify(await response.json())).toContain('Working on it');
  expect(connector.sent()).not.toContain('slow answer');
  slow.release();
  await until(() => connector.sent().includes('slow answer'));
});

test('answers a message in time though the answer is slow', async () => {
  const slow = held();
  const { post, connector } = await answering(() => slow.answer);
  expect((await post(messageFrom(connector.serviceUrl))).status).toBe(200);
  expect(connector.sent()).not.toContain('slow answer');
  slow.release();
  await until(() => connector.sent().includes('slow answer'));
});

test('posts a new message for an answer that must not replace the pressed card', async () => {
  const { post, connector } = await answering(async () => ({ card: cardSaying('beside'), asMessage: true }));
  const response = await post(pressFrom(connector.serviceUrl, 'command', { command: 'check' }));
  await expect(response.json()).resolves.toMatchObject({
    type: 'application/vnd.microsoft.activity.message',
  });
  await until(() => connector.requests.length === 1);
  expect(connector.requests[0]?.method).toBe('POST');
});

test.each([
  ['a fault', () => Promise.reject(new Error('secret detail'))],
  [
    'a late fault',
    async () => ({ card: cardSaying('w'), later: Promise.reject(new Error('secret detail')) }),
  ],
])('turns %s into an error card without its details', async (_name, answer: () => Promise<Answer>) => {
  const { post, connector } = await answering(answer);
  expect((await post(messageFrom(connector.serviceUrl))).status).toBe(200);
  await until(() => connector.sent().includes('internal'));
  expect(connector.sent()).not.toContain('secret detail');
});
