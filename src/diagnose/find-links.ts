import type { GraphRead } from '../graph/client';
import { listAllConfigurations } from '../graph/configurations';
import type { Tenant } from '../plan/types';

/** A configuration found in a source tenant. */
export interface FoundLink {
  readonly source: Tenant;
  /** `null` when the target is not one of our tenants, or not readable. */
  readonly target: Tenant | null;
  readonly targetTenantId: string | null;
  readonly configurationName: string;
  /** Made and owned by a multitenant organization: never touched by us (facts 3.5). */
  readonly isOwnedByOrganization: boolean;
}

/** Links by the configuration applications of a tenant: template id, and `CompanyId` saved in them (facts 4.1, 4.3). */
export async function findLinks(
  graph: GraphRead,
  source: Tenant,
  tenants: readonly Tenant[],
): Promise<readonly FoundLink[]> {
  const configurations = await listAllConfigurations(graph);
  return configurations.map((found) => ({
    source,
    target: tenants.find(({ tenantId }) => tenantId.toLowerCase() === found.targetTenantId) ?? null,
    targetTenantId: found.targetTenantId,
    configurationName: found.displayName ?? found.id,
    isOwnedByOrganization: found.displayName?.startsWith('MTO_Sync_') ?? false,
  }));
}
