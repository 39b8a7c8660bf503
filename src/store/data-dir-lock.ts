import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { uptime } from 'node:os';
import { BotError } from '../errors';

/** Who holds a data folder: enough to tell a live holder from a dead one, also when pids repeat. */
interface Holder {
  readonly pid: number;
  /** Changes with every start of the machine. */
  readonly bootId: string;
  /** When the process started, in the kernel's ticks; empty where there is no /proc. */
  readonly startTicks: string;
}

export interface DataDirLock {
  release(): void;
}

const held = new Set<string>();

/**
 * Takes the folder for this process alone (I38). A lock is stolen only from a dead process, never from one that
 * is merely slow (safety D1).
 *
 * @throws BotError `storage-locked`, naming the holder; the program then ends with exit code 78
 */
export function lockDataDir(dataDir: string): DataDirLock {
  mkdirSync(dataDir, { recursive: true });
  const path = join(dataDir, 'database.lock');
  if (held.has(path)) throw lockedBy(dataDir, process.pid);
  if (!createExclusively(path)) stealFromDead(path, dataDir);
  held.add(path);
  return {
    release() {
      if (!held.delete(path)) return;
      if (readHolder(path)?.pid === process.pid) rmSync(path, { force: true });
    },
  };
}

/** Only one process at a time may judge an old lock, so that two cannot both replace it. */
function stealFromDead(path: string, dataDir: string): void {
  const guard = `${path}.steal`;
  if (!createExclusively(guard)) {
    const judge = readHolder(guard);
    if (judge && isAlive(judge)) throw lockedBy(dataDir, judge.pid);
    rmSync(guard, { force: true });
    throw lockedBy(dataDir, judge?.pid ?? 0);
  }
  try {
    const holder = readHolder(path);
    if (holder && isAlive(holder)) throw lockedBy(dataDir, holder.pid);
    rmSync(path, { force: true });
    if (!createExclusively(path)) throw lockedBy(dataDir, readHolder(path)?.pid ?? 0);
  } finally {
    rmSync(guard, { force: true });
  }
}

function createExclusively(path: string): boolean {
  try {
    const file = openSync(path, 'wx', 0o600);
    const me: Holder = { pid: process.pid, bootId: bootId(), startTicks: startTicks(process.pid) };
    writeSync(file, JSON.stringify(me));
    closeSync(file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function readHolder(path: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}

function isAlive({ pid, bootId: boot, startTicks: ticks }: Holder): boolean {
  if (boot !== bootId() || startTicks(pid) !== ticks) return false;
  if (pid === process.pid) return false; // we do not hold it (see `held`): a leftover of an equal pid
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    // Without /proc: the minute of the machine's start, near enough to be the same for all of its processes.
    return `start-${Math.round((Date.now() / 1000 - uptime()) / 60)}`;
  }
}

function startTicks(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

function lockedBy(dataDir: string, pid: number): BotError {
  return new BotError(
    'storage-locked',
    `opening the database in ${dataDir}, which process ${pid} holds`,
    `Stop process ${pid}, or set another DATA_DIR.`,
  );
}
