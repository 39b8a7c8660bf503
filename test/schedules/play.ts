import crypto from 'node:crypto';
import type { Database } from './database';
import { gather } from './evidence';
import { violations } from './invariants';
import type { Plant } from './plants';
import { Random } from './random';
import type { Schedule } from './schedule';
import { World } from './world';

export interface Played {
  readonly found: readonly string[];
  /** Of every call of every port, in order, and of how all plans ended. */
  readonly hash: string;
  readonly trace: readonly string[];
  readonly ends: readonly string[];
}

/** Plays one schedule and checks every invariant. */
export async function play(
  schedule: Schedule,
  database: Database,
  plant: Plant | null = null,
): Promise<Played> {
  const restore = seedIds(schedule.seed);
  database.rewrite = plant?.rewrite ?? ((statement) => statement);
  let putBack = () => undefined as void;
  try {
    const world = new World(schedule, database, plant);
    putBack = world.clock.install();
    const stopped = await world.run().then(
      () => [],
      (error: unknown) => [`I29 it comes to rest: ${(error as Error).message}`],
    );
    database.rewrite = (statement) => statement;
    const evidence = await gather(world);
    const ends = evidence.plans.map(({ id, state, content }) => `${id} ${content.kind} ${state}`);
    world.scheduler.hash.update(ends.join('\n'));
    const found = [...stopped, ...violations(evidence)];
    return { found, ends, hash: world.scheduler.hash.digest('hex'), trace: world.scheduler.trace };
  } finally {
    putBack();
    restore();
  }
}

/** Ids and nonces come from the seed too, for rows are put in order by them. */
function seedIds(seed: number): () => void {
  const random = new Random(seed + 77);
  const real = { randomUUID: crypto.randomUUID, randomBytes: crypto.randomBytes };
  const uuid = () => random.hex().replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  const bytes = (count: number) => Buffer.from(random.hex() + random.hex(), 'hex').subarray(0, count);
  Object.assign(crypto, { randomUUID: uuid, randomBytes: bytes });
  return () => void Object.assign(crypto, real);
}
