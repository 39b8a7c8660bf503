import { simulatedNow } from '../clock';
import type { ServicePrincipal, TenantState, World } from '../world';
import { tenantKeys } from '../world';
import { defaultSchema, userRule } from './default-schema';
import type { MappingSchema, ObjectMapping } from './schema-types';
import type { Configuration, SyncJob } from './state';

/** Everything that evaluating one user of one job looks at. */
export interface Scene {
  readonly world: World;
  readonly source: TenantState;
  readonly target: TenantState | null;
  readonly servicePrincipal: ServicePrincipal;
  readonly configuration: Configuration;
  readonly job: SyncJob;
  readonly mapping: ObjectMapping;
  readonly syncsAll: boolean;
  readonly isOnDemand: boolean;
  /** A cycle that looks at everybody again, and so matches users whose target vanished anew. */
  readonly isFull: boolean;
}

const defaults = new WeakMap<SyncJob, MappingSchema>();

export function schemaOf(job: SyncJob): MappingSchema {
  if (job.schema) return job.schema;
  const made = defaults.get(job) ?? defaultSchema(job.id);
  defaults.set(job, made);
  return made;
}

export function secretOf(configuration: Configuration, key: string): string | null {
  return configuration.secrets.find((secret) => secret.key === key)?.value ?? null;
}

/** The tenant that the saved credentials name; null when none of this world. */
export function tenantById(world: World, tenantId: string | null): TenantState | null {
  const key = tenantKeys.find((each) => world.tenants[each].tenantId === tenantId?.toLowerCase());
  return key ? world.tenants[key] : null;
}

/** The scene of a configuration's job; null when the job or its service principal is gone. */
export function sceneOf(
  world: World,
  source: TenantState,
  configuration: Configuration,
  mode: { isOnDemand?: boolean; isFull?: boolean } = {},
): Scene | null {
  const { job } = configuration;
  const servicePrincipal = source.servicePrincipals[configuration.servicePrincipalId];
  const found = job && userRule(schemaOf(job));
  if (!servicePrincipal || !found) return null;
  return {
    world,
    source,
    target: tenantById(world, secretOf(configuration, 'CompanyId')),
    servicePrincipal,
    configuration,
    job,
    mapping: found.mapping,
    syncsAll: secretOf(configuration, 'SyncAll')?.toLowerCase() === 'true',
    isOnDemand: mode.isOnDemand ?? false,
    isFull: mode.isFull ?? false,
  };
}

/** Runs `act` with the simulated clock standing still at `ms`; afterwards it runs on as before. */
export function atInstant<Result>(world: World, ms: number, act: () => Result): Result {
  const { clock } = world;
  world.clock = { ...clock, simulatedMs: ms, speed: 0 };
  try {
    return act();
  } finally {
    world.clock = clock;
  }
}

/** The instant that a cycle stands at, or now. */
export const sceneNow = (scene: Scene) => simulatedNow(scene.world);
