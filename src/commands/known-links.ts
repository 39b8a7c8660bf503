import { findLinks, type FoundLink } from '../diagnose/find-links';
import { BotError } from '../errors';
import type { Link, Tenant } from '../plan/types';
import type { CommandContext } from './context';
import { linkName } from './tenant-names';

export interface KnownLinks {
  /** Both tenants are ours; by the settings' order. */
  readonly links: readonly Link[];
  /** Configurations whose other end is not ours, or not readable. */
  readonly foreign: readonly FoundLink[];
  /** Tenants that could not be asked, and why. */
  readonly unread: readonly { readonly tenant: Tenant; readonly error: BotError }[];
}

/** Links from the store and from the configuration applications of every tenant that can be read (decisions, Links). */
export async function knownLinks(
  context: Pick<CommandContext, 'graph' | 'tenants' | 'plans'>,
): Promise<KnownLinks> {
  const { graph, tenants, plans } = context;
  const links = new Map<string, Link>();
  for (const { sourceTenantId, targetTenantId } of await plans.listLinks()) {
    const link = tenants.linkOf(sourceTenantId, targetTenantId);
    if (link) links.set(linkName(link), link);
  }
  const unread: { tenant: Tenant; error: BotError }[] = [];
  const foreign: FoundLink[] = [];
  const discovered: Link[] = [];
  for (const tenant of tenants.all) {
    for (const found of await findIn(tenant)) {
      if (!found.target) foreign.push(found);
      else discovered.push({ source: tenant, target: found.target });
    }
  }
  const fresh = discovered.filter((link) => !links.has(linkName(link)));
  for (const link of fresh) links.set(linkName(link), link);
  if (fresh.length > 0) await plans.rememberLinks(fresh);
  return { links: [...links.values()], foreign, unread };

  async function findIn(tenant: Tenant): Promise<readonly FoundLink[]> {
    try {
      return await findLinks(graph.read(tenant.tenantId), tenant, tenants.all);
    } catch (error) {
      if (!(error instanceof BotError)) throw error;
      unread.push({ tenant, error });
      return [];
    }
  }
}
