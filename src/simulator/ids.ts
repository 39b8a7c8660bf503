import { guid, hashText, lastWord, mix } from './hash';
import type { TenantKey, World } from './world';

/** What generation depends on: `World` fits. */
export type Seed = Pick<World, 'seed' | 'userCount'>;

const bases = new Map<string, number>();

/** The number that everything generated in a tenant starts from. */
export function base(seed: string, tenant: TenantKey): number {
  const key = `${seed}\u0000${tenant}`;
  const known = bases.get(key);
  if (known !== undefined) return known;
  const made = hashText(key);
  if (bases.size > 100) bases.clear();
  bases.set(key, made);
  return made;
}

/** Object id of the generated user at `index`; `indexOfId` reads it back. */
export function idAt(world: Seed, tenant: TenantKey, index: number): string {
  const root = base(world.seed, tenant);
  return guid(mix(root, index, 1), mix(root, index, 2), mix(root, index, 3), (index ^ mix(root, 4)) >>> 0);
}

/** Index of a generated user, or null when the id is none of this tenant's. */
export function indexOfId(world: Seed, tenant: TenantKey, id: string): number | null {
  const index = (lastWord(id) ^ mix(base(world.seed, tenant), 4)) >>> 0;
  return index < world.userCount && idAt(world, tenant, index) === id.toLowerCase() ? index : null;
}

/** Index that a generated name or address carries (`ana.berg0042@…`); callers compare the user itself. */
export function indexOfAddress(world: Seed, address: string): number | null {
  const match = /(\d+)[@_]/.exec(address);
  const index = match ? Number(match[1]) : NaN;
  return index < world.userCount ? index : null;
}
