import { fork, type ChildProcess } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { localParts, type LocalPart } from './local-arguments';

export interface LocalFamily {
  /** Resolves with the chat's address when every part is ready; rejects when one ends before. */
  readonly ready: Promise<string>;
  /** Resolves with the exit code of the first part that ends by itself. */
  readonly firstEnd: Promise<number>;
  /** Ends all parts: SIGTERM, and SIGKILL for what is left after 25 s. */
  stop(): Promise<void>;
}

/** Leaves out the optimizing compiler, which keeps 50 MB for a program that mostly waits (stack, corrections). */
const nodeFlags: Readonly<Record<LocalPart, readonly string[]>> = {
  simulator: [],
  bot: ['--liftoff-only', '--max-semi-space-size=16'],
  chat: [],
};

const stopPatienceMs = 25_000;

interface ReadyMessage {
  readonly ready: string;
}

function isReadyMessage(message: unknown): message is ReadyMessage {
  return typeof message === 'object' && message !== null && 'ready' in message;
}

function readyOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.on('message', (message) => {
      if (isReadyMessage(message)) resolve(message.ready);
    });
    child.once('exit', () => reject(new Error('a part ended')));
  });
}

function endOf(child: ChildProcess): Promise<number> {
  if (child.exitCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
}

async function stopChild(child: ChildProcess): Promise<void> {
  const end = endOf(child);
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
  else return;
  const timeout = new AbortController();
  await Promise.race([
    end,
    pause(stopPatienceMs, undefined, { signal: timeout.signal }).catch(() => undefined),
  ]);
  timeout.abort();
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
}

/** One process per part, so that none stalls another; they end when this process does. */
export function startLocalFamily(entry: string): LocalFamily {
  const children = localParts.map((part) =>
    fork(entry, ['--only', part], { execArgv: [...nodeFlags[part]], env: process.env }),
  );
  const allReady = Promise.all(children.map(readyOf));
  return {
    ready: allReady.then((addresses) => addresses[localParts.indexOf('chat')] ?? ''),
    firstEnd: Promise.race(children.map(endOf)),
    async stop() {
      await Promise.all(children.map(stopChild));
    },
  };
}
