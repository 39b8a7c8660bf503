import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { build } from '../helpers/local-mode';

beforeAll(() => build(), 120_000);

/** A process whose stop never ends, and that does `act` once it runs. */
async function ending(act: string): Promise<{ code: number | null; seconds: number; output: string }> {
  const stopping = JSON.stringify(resolve(__dirname, '../../lib/wiring/stopping'));
  const script = `
    require(${stopping}).stopOnSignals('bot', () => new Promise(() => undefined));
    setInterval(() => undefined, 1000);
    ${act}`;
  const began = performance.now();
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise<number | null>((done) => child.once('exit', done));
  return { code, seconds: (performance.now() - began) / 1000, output };
}

test.concurrent.each([
  ['uncaughtException', `setImmediate(() => { throw new Error('a canary'); });`],
  ['unhandledRejection', `void Promise.reject(new Error('a canary'));`],
])('an %s is logged and ends a process that cannot stop after ten seconds', async (event, act) => {
  const { code, seconds, output } = await ending(act);
  expect(code).toBe(1);
  expect(seconds).toBeGreaterThan(9);
  expect(seconds).toBeLessThan(13);
  expect(output).toContain(`"event":"${event}"`);
});

test.concurrent('a second signal ends it at once', async () => {
  const signal = `process.kill(process.pid, 'SIGTERM');`;
  const { code, seconds } = await ending(
    `setTimeout(() => { ${signal} }, 100); setTimeout(() => { ${signal} }, 600);`,
  );
  expect(code).toBe(1);
  expect(seconds).toBeLessThan(5);
});
