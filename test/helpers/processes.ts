import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '../..');

export interface Running {
  readonly child: ChildProcess;
  readonly output: () => string;
  /** Sends the signal and waits for the end; gives the exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'sync-steward-'));
}

/** Starts the built program (`lib/local.js`) as a real process, as `npm run local` does. */
export function startLocal(args: readonly string[], env: Record<string, string>): Running {
  const child = spawn(process.execPath, [join(root, 'lib/local.js'), ...args], {
    cwd: root,
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', LOG_LEVEL: 'warn', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  child.stdout?.on('data', (chunk: Buffer) => (text = (text + chunk.toString()).slice(-20_000)));
  child.stderr?.on('data', (chunk: Buffer) => (text = (text + chunk.toString()).slice(-20_000)));
  const ended = new Promise<number | null>((done) => child.once('exit', (code) => done(code)));
  return {
    child,
    output: () => text,
    stop: async (signal = 'SIGTERM') => {
      child.kill(signal);
      return ended;
    },
  };
}

/** Waits until the address answers 200. @throws with the process's output when it does not */
export async function untilReady(url: string, running: Running, timeoutMs = 120_000): Promise<void> {
  const end = Date.now() + timeoutMs;
  while (Date.now() < end) {
    if ((await statusOf(url)) === 200) return;
    if (running.child.exitCode !== null) break;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`${url} did not become ready; the process said:\n${running.output()}`);
}

/** What `/readyz` of a process answers; 0 when nobody does. */
export function readyStatus(url: string): Promise<number> {
  return statusOf(`${url}/readyz`);
}

/** Waits until `/readyz` answers so, a minute at most. */
export async function untilStatus(url: string, wanted: number): Promise<void> {
  const end = Date.now() + 60_000;
  let status = 0;
  while (Date.now() < end) {
    status = await readyStatus(url);
    if (status === wanted) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`${url}/readyz is ${status}, not ${wanted}`);
}

async function statusOf(url: string): Promise<number> {
  return fetch(url).then(
    (response) => response.status,
    () => 0,
  );
}
