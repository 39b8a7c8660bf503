import { BotError } from '../errors';
import type { GraphRead } from './client';
import { listConfigurations, type ServicePrincipal } from './service-principals';
import { readSecrets, secretOf, type Secret } from './synchronization-secrets';

/** A configuration application of cross-tenant sync, and the settings saved in it. */
export interface Configuration extends ServicePrincipal {
  /** `null` when they may not be read (the write pack is not consented). */
  readonly secrets: readonly Secret[] | null;
  /** Target by `CompanyId`; `null` when not saved yet or not readable. */
  readonly targetTenantId: string | null;
}

export async function readConfiguration(
  graph: GraphRead,
  application: ServicePrincipal,
): Promise<Configuration> {
  const secrets = await readableSecrets(graph, application.id);
  const targetTenantId = (secrets && secretOf(secrets, 'CompanyId')) ?? null;
  return { ...application, secrets, targetTenantId: targetTenantId?.toLowerCase() ?? null };
}

/** Every configuration of the source tenant, for `links`; made by hand or by us. */
export async function listAllConfigurations(graph: GraphRead): Promise<readonly Configuration[]> {
  const applications = await listConfigurations(graph);
  const found: Configuration[] = [];
  for (const application of applications) found.push(await readConfiguration(graph, application));
  return found;
}

/**
 * The configuration that synchronizes to `target`: first by the `CompanyId` saved in it, else one that names no target
 * yet and is called like the target (made by us, settings not saved yet). Several: the first by id, so that every look
 * gives the same one.
 *
 * @throws BotError `conflict` when a multitenant organization owns the configuration: those are not ours (facts 3.5)
 */
export async function findConfiguration(
  graph: GraphRead,
  target: { readonly tenantId: string; readonly displayName: string },
): Promise<Configuration | undefined> {
  const named = await configurationsOf(graph, target.displayName);
  const byName = chosen(named, target.tenantId);
  if (byName?.targetTenantId) return owned(byName, target.displayName);
  const all = chosen(await configurationsOf(graph), target.tenantId);
  return all && owned(all, target.displayName);

  function chosen(found: readonly Configuration[], tenantId: string): Configuration | undefined {
    const ordered = found.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    return (
      ordered.find((one) => one.targetTenantId === tenantId.toLowerCase()) ??
      ordered.find((one) => one.targetTenantId === null && one.displayName === target.displayName)
    );
  }
}

async function configurationsOf(graph: GraphRead, displayName?: string): Promise<Configuration[]> {
  const applications = await listConfigurations(graph, displayName);
  const found: Configuration[] = [];
  for (const application of applications) found.push(await readConfiguration(graph, application));
  return found;
}

function owned(found: Configuration, targetName: string): Configuration {
  if (!found.displayName?.startsWith('MTO_Sync_')) return found;
  throw new BotError(
    'conflict',
    `looking for the configuration to ${targetName}`,
    'Change this link in the Microsoft 365 admin center: a multitenant organization owns it.',
  );
}

async function readableSecrets(graph: GraphRead, servicePrincipalId: string) {
  try {
    return await readSecrets(graph, servicePrincipalId);
  } catch (error) {
    const isConsent =
      error instanceof BotError &&
      ['consent-missing', 'permission-missing', 'bad-settings'].includes(error.code);
    if (isConsent) return null;
    throw error;
  }
}
