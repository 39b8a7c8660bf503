import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod/v4';
import type { Config, PackName, TenantConfig } from '../config';
import { BotError } from '../errors';
import { permissionNames } from '../graph/permissions';

const worldSchema = z.object({
  tenants: z.array(z.object({ key: z.string(), tenantId: z.string(), displayName: z.string() })).min(1),
});

const patienceMs = 20_000;
const betweenTriesMs = 150;

async function ask(url: string, init: RequestInit = {}): Promise<unknown> {
  const response = await fetch(url, { ...init, signal: AbortSignal.timeout(5_000) });
  if (!response.ok) throw new Error(`the simulator answered ${response.status}`);
  return response.json();
}

/**
 * The tenants of the simulator; waits for it at most 20 s, because the parts of local mode start together.
 * @throws BotError `bad-settings` when there is none at that address
 */
export async function readSimulatedTenants(simulatorUrl: string): Promise<readonly TenantConfig[]> {
  const giveUpAt = Date.now() + patienceMs;
  for (;;) {
    try {
      const { tenants } = worldSchema.parse(await ask(`${simulatorUrl}/_control/world`));
      return tenants.map((tenant) => ({ ...tenant, cloud: 'public', groups: {} }));
    } catch (cause) {
      if (Date.now() < giveUpAt) await pause(betweenTriesMs);
      else throw nobodyThere(simulatorUrl, cause);
    }
  }
}

function nobodyThere(simulatorUrl: string, cause: unknown): BotError {
  const remedy = 'Start it with: npm run local -- --only simulator. Or mend GRAPH_BASE_URL.';
  return new BotError('bad-settings', `looking for the simulator at ${simulatorUrl}`, remedy, { cause });
}

/** Makes the app registrations of the packs known, as an owner would register them in Entra. Safe to repeat. */
export async function registerPacks(config: Pick<Config, 'graphBaseUrl' | 'packs'>): Promise<void> {
  const names: readonly PackName[] = ['read', 'write', 'phone'];
  const applications = names.flatMap((name) => {
    const pack = config.packs[name];
    const displayName = `Sync Steward (${name})`;
    return pack ? [{ clientId: pack.clientId, displayName, permissions: permissionNames(name) }] : [];
  });
  await ask(`${config.graphBaseUrl}/_control/applications`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ applications }),
  });
}
