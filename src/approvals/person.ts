import type { TenantConfig } from '../config';
import type { Link, Person, Tenant } from '../plan/types';

/** Identity is (tenantId, objectId) in lower case, and nothing else (I9). */
export function normalPerson({ tenantId, objectId, displayName }: Person): Person {
  return { tenantId: tenantId.toLowerCase(), objectId: objectId.toLowerCase(), displayName };
}

export function isSamePerson(a: Person, b: Person): boolean {
  return (
    a.tenantId.toLowerCase() === b.tenantId.toLowerCase() &&
    a.objectId.toLowerCase() === b.objectId.toLowerCase()
  );
}

/** Ids of the settings in lower case, so that they compare with those of activities and Graph. */
export function normalTenant(tenant: TenantConfig): TenantConfig {
  const groups = Object.entries(tenant.groups).map(([name, group]) => [
    name,
    group && { tenantId: group.tenantId.toLowerCase(), groupId: group.groupId.toLowerCase() },
  ]);
  return {
    ...tenant,
    tenantId: tenant.tenantId.toLowerCase(),
    groups: Object.fromEntries(groups),
    ...(tenant.breakGlass ? { breakGlass: tenant.breakGlass.map((id) => id.toLowerCase()) } : {}),
  };
}

/**
 * The link between two tenants of the settings; `undefined` when one is not named there (I12). A change of one tenant
 * alone, as `default set` is, has that tenant at both ends.
 */
export function findLink(
  tenants: readonly TenantConfig[],
  sourceTenantId: string,
  targetTenantId: string,
): Link | undefined {
  const source = tenantOf(tenants, sourceTenantId);
  const target = tenantOf(tenants, targetTenantId);
  return source && target ? { source, target } : undefined;
}

function tenantOf(tenants: readonly TenantConfig[], tenantId: string): Tenant | undefined {
  const found = tenants.find((tenant) => tenant.tenantId === tenantId.toLowerCase());
  if (!found) return undefined;
  const { key, displayName, cloud } = found;
  return { tenantId: found.tenantId, key, displayName, cloud };
}
