import { purgeUser } from '../users';
import { tenantKeys, type TenantState, type World } from '../world';
import { beginCycle, finishCycle, nextUserMs, workOnNextUser } from './cycle';
import { atInstant, sceneOf, type Scene } from './scene';
import type { SyncJob } from './state';

const deletedItemsMs = 30 * 86_400_000;

/**
 * Runs everything that is due before `toMs` (simulated epoch ms), in the order of time and each at its own instant;
 * true when something ran. What is due at `toMs` itself waits, so that a change made at that instant still counts.
 */
export function advance(world: World, toMs: number): boolean {
  const purged = purgeDeletedItems(world, toMs);
  let ran = false;
  for (let event = nextEvent(world); event && event.dueMs < toMs; event = nextEvent(world)) {
    const { dueMs, scene } = event;
    atInstant(world, dueMs, () => step(scene, dueMs));
    ran = true;
  }
  return ran || purged;
}

interface Event {
  readonly dueMs: number;
  readonly scene: Scene;
}

function nextEvent(world: World): Event | null {
  let first: { dueMs: number; tenant: TenantState; id: string } | null = null;
  for (const key of tenantKeys) {
    const tenant = world.tenants[key];
    for (const [id, { job }] of Object.entries(tenant.sync.configurations)) {
      const dueMs = job && dueOf(job);
      if (dueMs !== null && (!first || dueMs < first.dueMs)) first = { dueMs, tenant, id };
    }
  }
  if (!first) return null;
  const configuration = first.tenant.sync.configurations[first.id];
  const scene = configuration ? sceneOf(world, first.tenant, configuration) : null;
  if (scene) return { dueMs: first.dueMs, scene };
  // The service principal was deleted: its configuration goes with it.
  delete first.tenant.sync.configurations[first.id];
  return nextEvent(world);
}

function dueOf({ cycle, schedule, nextCycleMs }: SyncJob): number | null {
  if (cycle) return cycle.done < cycle.queue.length ? nextUserMs(cycle) : cycle.endsMs;
  return schedule === 'Active' ? nextCycleMs : null;
}

function step(scene: Scene, nowMs: number): void {
  const { cycle } = scene.job;
  if (!cycle) beginCycle(scene, nowMs);
  else if (cycle.done < cycle.queue.length) workOnNextUser(scene, cycle, nowMs);
  else finishCycle(scene, cycle, nowMs);
}

/** Soft-deleted users go for good after 30 days. The oldest deletion comes first in the list. */
function purgeDeletedItems(world: World, nowMs: number): boolean {
  let purged = false;
  for (const key of tenantKeys) {
    const tenant = world.tenants[key];
    for (const id in tenant.users.deleted) {
      if (Date.parse(tenant.users.deleted[id] ?? '') >= nowMs - deletedItemsMs) break;
      purged = purgeUser(tenant, id) || purged;
    }
  }
  return purged;
}
