import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setClock, simulatedNow } from './clock';
import type { World } from './world';

/** Keeps a world in a JSON file: written whole to a neighbour and renamed, at most every `delayMs`. */
export class StateFile {
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly path: string,
    private readonly world: () => World,
    private readonly delayMs = 300,
  ) {}

  /** The saved world with its clock going on from where it stopped; null when there is no file. */
  static load(path: string, speed: number): World | null {
    const text = readIfThere(path);
    if (text === null) return null;
    const world = JSON.parse(text) as World;
    if (world.version !== 1) throw new Error(`${path} holds a world of version ${String(world.version)}`);
    world.clock.speed = speed;
    setClock(world, world.clock.simulatedMs);
    return world;
  }

  /** Saves soon. */
  schedule(): void {
    if (this.timer) return;
    this.timer = setTimeout(() => this.save(), this.delayMs);
    this.timer.unref();
  }

  /** Saves now. */
  save(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    const world = this.world();
    setClock(world, simulatedNow(world));
    mkdirSync(dirname(this.path), { recursive: true });
    const next = `${this.path}.${process.pid}.new`;
    writeFileSync(next, JSON.stringify(world), { mode: 0o600 });
    renameSync(next, this.path);
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
