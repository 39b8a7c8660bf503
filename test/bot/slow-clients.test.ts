import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { messageFrom, startEdge, type Edge } from '../helpers/edge';
import { tellFigure } from '../helpers/figures';

/** Clients that open a request and never end it (slowloris), and clients that are gone without a word. */
const slow = 200;

let edge: Edge;
const open = new Set<Socket>();
beforeAll(async () => {
  edge = await startEdge();
});
afterAll(async () => {
  for (const socket of open) socket.destroy();
  await edge.close();
});

/** Says `head`, then one more piece of it every second, for ever; resolves with what it was answered when it is closed. */
async function dawdle(head: string, piece: string): Promise<{ answer: string; seconds: number }> {
  const began = performance.now();
  const socket = connect({ port: Number(new URL(edge.url).port), host: '127.0.0.1' });
  open.add(socket);
  let answer = '';
  socket.on('data', (bytes) => (answer += bytes.toString()));
  socket.on('error', () => undefined); // closed under our hands: that is what is wanted
  socket.write(head);
  const timer = setInterval(() => socket.write(piece), 1_000);
  await new Promise((resolve) => socket.once('close', resolve));
  clearInterval(timer);
  open.delete(socket);
  return { answer, seconds: (performance.now() - began) / 1000 };
}

const host = () => `Host: ${new URL(edge.url).host}\r\n`;
const unfinishedHead = () => dawdle(`POST /api/messages HTTP/1.1\r\n${host()}`, 'X-More: 1\r\n');
const unfinishedBody = () =>
  dawdle(
    `POST /api/messages HTTP/1.1\r\n${host()}Content-Type: application/json\r\nContent-Length: 100000\r\n\r\n{`,
    ' ',
  );
const silence = () => dawdle('', '');

test(`${slow} slow clients are sent away in time, and nobody else waits for them`, async () => {
  const kinds = [unfinishedHead, unfinishedBody, silence];
  const clients = Promise.all(Array.from({ length: slow }, (_, index) => kinds[index % kinds.length]!()));
  await pause(500);
  const waits: number[] = [];
  for (let count = 0; count < 100; count += 1) {
    const began = performance.now();
    expect((await edge.post(messageFrom(edge.connector.serviceUrl))).status).toBe(200);
    waits.push(performance.now() - began);
  }
  const p99 = waits.toSorted((a, b) => a - b)[98]!;
  const ended = await clients;
  const longest = Math.max(...ended.map(({ seconds }) => seconds));
  const figure = `${slow} sent away within ${longest.toFixed(1)} s, p99 of others ${p99.toFixed(0)} ms`;
  tellFigure(__filename, 'slow clients', figure);
  expect(ended.filter(({ answer }) => answer.startsWith('HTTP/1.1 2'))).toEqual([]);
  // 10 s for a request, looked at every second; Node by itself would look after 30 s.
  expect(longest).toBeLessThan(25);
  expect(p99).toBeLessThan(5_000);
}, 60_000);
