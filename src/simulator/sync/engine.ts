import type { World } from '../world';

/** Runs every cycle that is due up to `toMs` (simulated epoch ms); true when something ran. */
export function advance(_world: World, _toMs: number): boolean {
  return false;
}
