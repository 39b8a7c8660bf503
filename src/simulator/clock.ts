import { guid, hashText, mix } from './hash';
import type { World } from './world';

/** Simulated now in epoch ms. */
export function simulatedNow(world: World): number {
  const { simulatedMs, realMs, speed } = world.clock;
  return Math.floor(simulatedMs + (Date.now() - realMs) * speed);
}

/** ISO 8601 in UTC without milliseconds, as Graph writes instants. */
export function instant(ms: number): string {
  const second = Math.floor(ms / 1000);
  if (second !== last.second) last = { second, text: `${new Date(ms).toISOString().slice(0, 19)}Z` };
  return last.text;
}

/** The same instant is written several times in a row. */
let last = { second: NaN, text: '' };

/** Fixes the clock at `simulatedMs`; it runs on from there. */
export function setClock(world: World, simulatedMs: number): void {
  world.clock = { ...world.clock, simulatedMs, realMs: Date.now() };
}

/** The next id of this world: unique, and the same for the same seed and history. */
export function newId(world: World): string {
  world.serial += 1;
  if (ids.seed !== world.seed) ids = { seed: world.seed, base: hashText(`${world.seed}/id`) };
  const { base } = ids;
  return guid(
    mix(base, world.serial, 1),
    mix(base, world.serial, 2),
    mix(base, world.serial, 3),
    world.serial,
  );
}

let ids = { seed: '', base: hashText('/id') };

const durationPattern = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

/** Milliseconds of an ISO 8601 duration (days to seconds); null when it is none. */
export function durationMs(text: string): number | null {
  const match = durationPattern.exec(text);
  if (!match || text === 'P' || text.endsWith('T')) return null;
  const [days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0));
  return ((((days ?? 0) * 24 + (hours ?? 0)) * 60 + (minutes ?? 0)) * 60 + (seconds ?? 0)) * 1000;
}
