import { setTimeout as pause } from 'node:timers/promises';
import { watchPulse } from '../../src/bot/pulse';

const tooLongMs = 2_000;

test('is there while nothing blocks the process, missing once after it was blocked, and there again', async () => {
  const isLive = watchPulse(tooLongMs, 20);
  expect(isLive()).toBe(true);
  await pause(100);
  expect(isLive()).toBe(true);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, tooLongMs + 500);
  expect(isLive()).toBe(false);
  await pause(50);
  expect(isLive()).toBe(true);
});
