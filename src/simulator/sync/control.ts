import { z } from 'zod/v4';
import { simulatedNow } from '../clock';
import { plainError, type HttpAnswer } from '../http';
import type { Runtime } from '../runtime';
import { tenantKeys, type World } from '../world';
import { enterQuarantine } from './quarantine';
import { sceneOf } from './scene';
import { showJob } from './shown-job';
import { quarantineReasons } from './state';

const optionsBody = z
  .strictObject({
    assignmentDelaySeconds: z.number().min(0),
    replicationMs: z.number().min(0),
    onDemandAnswer: z.enum(['mixed', 'list', 'object']),
    groupRows: z.boolean(),
    masksNotifications: z.boolean(),
    escrow: z.strictObject({
      least: z.int().min(1),
      share: z.number().min(0).max(1),
      base: z.int().min(0),
      total: z.int().min(1),
    }),
  })
  .partial();

/**
 * `POST /_control/sync`: how slow and in which of the documented shapes the engine answers, and from how many failures
 * it quarantines a job, in every tenant.
 * @returns the options as they are now
 * @throws ZodError for anything else
 */
export function changeSyncOptions(world: World, body: unknown) {
  const changes = optionsBody.parse(body);
  const given = Object.entries(changes).filter(([, value]) => value !== undefined);
  for (const key of tenantKeys) Object.assign(world.tenants[key].sync.options, Object.fromEntries(given));
  return world.tenants[tenantKeys[0] ?? 'con'].sync.options;
}

const quarantineBody = z.strictObject({
  tenant: z.enum(tenantKeys),
  /** Needed only when the tenant has several jobs. */
  servicePrincipalId: z.string().optional(),
  reason: z.enum(quarantineReasons),
  error: z.strictObject({ code: z.string(), message: z.string() }).optional(),
});

/**
 * `POST /_control/quarantine {tenant, reason, error?, servicePrincipalId?}`: the service quarantines a job for a reason
 * that no cycle finds by itself (`IngestionInterrupted`, `QuarantinedOnDemand`, `Unknown`) or for any other. It leaves
 * as from every quarantine: by the next good cycle, a day later, or by restart.
 * @returns the job's status
 */
export function quarantineJob(runtime: Runtime, body: unknown): HttpAnswer {
  const asked = quarantineBody.parse(body);
  const { world } = runtime;
  const tenant = world.tenants[asked.tenant];
  const configuration = Object.values(tenant.sync.configurations).find(
    ({ servicePrincipalId, job }) =>
      job && servicePrincipalId === (asked.servicePrincipalId ?? servicePrincipalId),
  );
  const scene = configuration ? sceneOf(world, tenant, configuration) : null;
  if (!scene) return plainError(404, 'There is no such job.');
  const now = simulatedNow(world);
  enterQuarantine(scene, asked.reason, asked.error ?? null, now);
  runtime.changed();
  return { status: 200, body: showJob(scene.job, now).status };
}
