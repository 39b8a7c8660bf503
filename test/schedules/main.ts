import { createHash } from 'node:crypto';
import { Database } from './database';
import { plants, scheduleFor } from './plants';
import { play } from './play';
import { makeSchedule } from './schedule';
import { shrink } from './shrink';

/** What a run of many schedules came to; one line of JSON on standard output. */
export interface Report {
  readonly played: number;
  readonly steps: number;
  /** How often plans of a kind came to an end of a kind. */
  readonly ends: Readonly<Record<string, number>>;
  /** Of all traces: the same seeds give the same one in every process. */
  readonly hash: string;
  /** Seeds that did not play the same way a second time in this process: there must be none. */
  readonly unsteady: readonly number[];
  readonly violations: readonly {
    readonly seed: number;
    readonly found: readonly string[];
    readonly shrunk: unknown;
  }[];
}

/** Violations that are shrunk and told; after them the run ends, for the rest would tell the same. */
const mostTold = 3;
/** Each so-many-th seed is played twice. */
const twiceEvery = 40;

async function main(seeds: readonly number[]): Promise<Report> {
  const database = await Database.open();
  const ends: Record<string, number> = {};
  const hash = createHash('sha256');
  const found: Report['violations'][number][] = [];
  const unsteady: number[] = [];
  let steps = 0;
  let count = 0;
  for (const seed of seeds) {
    if (found.length >= mostTold) break;
    count += 1;
    const schedule = makeSchedule(seed);
    const played = await play(schedule, database);
    steps += played.trace.length;
    for (const end of played.ends) {
      const name = end.replace(/^\S+ /, '');
      ends[name] = (ends[name] ?? 0) + 1;
    }
    hash.update(played.hash);
    if (seed % twiceEvery === 0 && (await play(schedule, database)).hash !== played.hash) unsteady.push(seed);
    if (played.found.length > 0) {
      const invariant = played.found[0]?.split(':')[0] ?? '';
      const shrunk = await shrink(schedule, invariant, database);
      found.push({ seed, found: played.found, shrunk });
    }
    if (process.env['SEED']) process.stderr.write(`${played.trace.join('\n')}\n`);
  }
  await database.close();
  return { played: count, steps, ends, hash: hash.digest('hex'), unsteady, violations: found };
}

/** Plays schedules with each planted bug until one breaks what it should. @returns the seed, null when none did */
async function findPlants(most: number, name: string): Promise<Readonly<Record<string, number | null>>> {
  const database = await Database.open();
  const found: Record<string, number | null> = {};
  for (const plant of plants.filter((one) => one.name.includes(name))) {
    found[plant.name] = null;
    for (let seed = plant.from; seed < plant.from + most && found[plant.name] === null; seed += 1) {
      const played = await play(scheduleFor(plant, seed), database, plant);
      if (played.found.some((one) => plant.breaks.test(one))) found[plant.name] = seed;
    }
    process.stderr.write(`${plant.name}: ${String(found[plant.name])}\n`);
  }
  await database.close();
  return found;
}

/** `1-250`, or `50,400,800`. */
function seedsOf(text: string): readonly number[] {
  const [from = 1, to] = text.split('-').map(Number);
  if (to === undefined) return text.split(',').map(Number);
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

const [what = '1-100', most = '200', name = ''] = process.argv.slice(2);
const work = what === 'plants' ? findPlants(Number(most), name) : main(seedsOf(what));
work.then(
  (report) => process.stdout.write(`${JSON.stringify(report)}\n`, () => process.exit(0)),
  (error: Error) => {
    process.stderr.write(`${error.stack}\n`);
    process.exit(1);
  },
);
