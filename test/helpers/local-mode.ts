import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const root = join(__dirname, '../..');

/** Compiles `src` when it changed; what `npm run local` does first. */
export function build(): void {
  execFileSync(process.execPath, ['scripts/ensure.mjs', '--build'], { cwd: root });
}

export interface LocalRun {
  readonly process: ChildProcess;
  /** Everything it printed so far. */
  output(): string;
  /** Waits until the output has these words; fails with the output when it ends or 60 s pass. */
  says(words: string): Promise<void>;
  /** Process ids of its parts. */
  parts(): readonly number[];
  /** Resolves with its exit code. */
  end(): Promise<number | null>;
}

/** The program behind `npm run local`, as people start it, with these settings. */
export function runLocal(env: Readonly<Record<string, string>>, args: readonly string[] = []): LocalRun {
  const child = spawn(process.execPath, ['lib/local.js', ...args], {
    cwd: root,
    env: { PATH: process.env.PATH, LOG_LEVEL: 'error', ...env },
  });
  let output = '';
  child.stdout.on('data', (chunk) => (output += String(chunk)));
  child.stderr.on('data', (chunk) => (output += String(chunk)));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return {
    process: child,
    output: () => output,
    async says(words) {
      for (const giveUpAt = Date.now() + 60_000; Date.now() < giveUpAt && child.exitCode === null;) {
        if (output.includes(words)) return;
        await pause(50);
      }
      if (!output.includes(words)) throw new Error(`It never said "${words}":\n${output}`);
    },
    parts: () => childrenOf(child.pid ?? 0),
    end: () => ended,
  };
}

function childrenOf(pid: number): readonly number[] {
  try {
    const text = execFileSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' });
    return text.split('\n').map(Number).filter(Boolean);
  } catch {
    return [];
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
