import type { TenantState, World } from './world';

/** Objects in the directory and how many it takes, as `organization.directorySizeQuota` tells them. */
export function directoryQuota(world: World, tenant: TenantState): { used: number; total: number } {
  const used = world.userCount + Object.keys(tenant.users.created).length;
  return { used, total: tenant.directoryQuota ?? Math.max(300_000, 2 * world.userCount) };
}

/** No more objects fit. Counts only where a quota was set: the default is never reached. */
export function isFull(world: World, tenant: TenantState): boolean {
  if (tenant.directoryQuota === undefined) return false;
  const { used, total } = directoryQuota(world, tenant);
  return used >= total;
}
