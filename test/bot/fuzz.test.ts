import fc from 'fast-check';
import { messageFrom, pressFrom, startEdge, type Edge } from '../helpers/edge';

let edge: Edge;
beforeAll(async () => {
  edge = await startEdge();
});
afterAll(() => edge.close());

const strange = fc.oneof(
  fc.constantFrom(null, 0, -1, true, '', 'x', [], {}, [null], { id: null }, { type: {} }, '__proto__'),
  fc.jsonValue({ maxDepth: 4 }),
);

const fields = [
  ...['type', 'id', 'name', 'channelId', 'serviceUrl', 'from', 'recipient', 'conversation', 'channelData'],
  ...['text', 'value', 'entities', 'membersAdded', 'replyToId', 'timestamp', 'attachments', 'deliveryMode'],
  ...['locale', 'localTimestamp', 'expiration', 'action', 'relatesTo', 'callerId'],
];

const change = fc.dictionary(fc.constantFrom(...fields), strange, { maxKeys: 3 });
const kinds = [
  'message',
  'invoke',
  'conversationUpdate',
  'installationUpdate',
  'typing',
  'event',
  'messageReaction',
];

test('answers 500 mutated activities with a card or a 4xx, and lives on', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...kinds), change, strange, async (type, changes, data) => {
      const { serviceUrl } = edge.connector;
      const base =
        type === 'invoke' ? pressFrom(serviceUrl, 'command', data) : messageFrom(serviceUrl, { type });
      const response = await edge.post({ ...base, ...changes });
      await response.arrayBuffer();
      expect(response.status).toBeGreaterThanOrEqual(200);
      expect(response.status).toBeLessThan(500);
    }),
    { numRuns: 500 },
  );
  expect((await fetch(`${edge.url}/livez`)).status).toBe(200);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
}, 120_000);
