import { z } from 'zod/v4';
import { tenantKeys, type World } from '../world';

const optionsBody = z
  .strictObject({
    assignmentDelaySeconds: z.number().min(0),
    replicationMs: z.number().min(0),
    onDemandAnswer: z.enum(['mixed', 'list', 'object']),
  })
  .partial();

/**
 * `POST /_control/sync`: how slow and in which of the documented shapes the engine answers, in every tenant.
 * @returns the options as they are now
 * @throws ZodError for anything else
 */
export function changeSyncOptions(world: World, body: unknown) {
  const changes = optionsBody.parse(body);
  const given = Object.entries(changes).filter(([, value]) => value !== undefined);
  for (const key of tenantKeys) Object.assign(world.tenants[key].sync.options, Object.fromEntries(given));
  return world.tenants[tenantKeys[0] ?? 'con'].sync.options;
}
