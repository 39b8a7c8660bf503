import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setClock, simulatedNow } from './clock';
import { Journal, withoutJournal, type JournalMark } from './journal';
import type { World } from './world';

interface Saved {
  readonly journal: JournalMark;
  readonly world: World;
}

const leastDelayMs = 300;
/** Saving takes at most this part of the time. */
const share = 0.1;

/**
 * Keeps a world in a JSON file and a journal beside it. What grows is appended to the journal; the rest is written to a
 * neighbour and renamed, so that a crash at any moment leaves the world as it was last saved.
 */
export class StateFile {
  private timer: NodeJS.Timeout | null = null;
  private delayMs = leastDelayMs;
  private journal: Journal;
  private mark: JournalMark = { generation: 0, bytes: 0 };
  private savedWorld: World | null = null;

  constructor(private readonly path: string) {
    this.journal = new Journal(path);
  }

  /**
   * The saved world with its clock going on from where it stopped; null when there is no file.
   * @throws Error when the file was written by another version
   */
  load(speed: number): World | null {
    const text = readIfThere(this.path);
    if (text === null) return null;
    const { journal, world } = JSON.parse(text) as Partial<Saved>;
    if (world?.version !== 2 || !journal) {
      throw new Error(`${this.path} holds a world of another version: start over with --reset`);
    }
    this.mark = journal;
    this.journal = new Journal(this.path, journal);
    this.journal.restore(world);
    this.savedWorld = world;
    world.clock.speed = speed;
    setClock(world, world.clock.simulatedMs);
    return world;
  }

  /** Saves soon. */
  schedule(world: () => World): void {
    if (this.timer) return;
    this.timer = setTimeout(() => this.save(world()), this.delayMs);
    this.timer.unref();
  }

  /** Saves now. */
  save(world: World): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    const beganMs = performance.now();
    setClock(world, simulatedNow(world));
    mkdirSync(dirname(this.path), { recursive: true });
    const journal = this.journal.save(world, this.savedWorld !== world);
    const next = `${this.path}.${process.pid}.new`;
    const saved: Saved = { journal, world: withoutJournal(world) };
    writeFileSync(next, JSON.stringify(saved), { mode: 0o600 });
    renameSync(next, this.path);
    this.journal.forget(this.mark);
    this.mark = journal;
    this.savedWorld = world;
    this.delayMs = Math.max(leastDelayMs, (performance.now() - beganMs) / share);
  }
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
