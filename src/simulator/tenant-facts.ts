import { namedGuid } from './hash';
import type { TenantKey } from './world';

export interface TenantFacts {
  readonly tenantId: string;
  readonly displayName: string;
  readonly defaultDomain: string;
  readonly initialDomain: string;
  readonly countryLetterCode: string;
  /** The SKU that its members hold. */
  readonly skuId: string;
}

const microsoft365E3 = '05e9a617-0261-4cee-bb44-138d3ef5d965';

const names: Record<TenantKey, Omit<TenantFacts, 'tenantId' | 'skuId'>> = {
  con: {
    displayName: 'Contoso',
    defaultDomain: 'contoso.com',
    initialDomain: 'contoso.onmicrosoft.com',
    countryLetterCode: 'DE',
  },
  fab: {
    displayName: 'Fabrikam',
    defaultDomain: 'fabrikam.com',
    initialDomain: 'fabrikam.onmicrosoft.com',
    countryLetterCode: 'FR',
  },
  win: {
    displayName: 'Wingtip',
    defaultDomain: 'wingtiptoys.com',
    initialDomain: 'wingtiptoys.onmicrosoft.com',
    countryLetterCode: 'US',
  },
};

const cache = new Map<string, TenantFacts>();

/** Names and the id of a tenant: the id depends on the seed alone. */
export function tenantFacts(seed: string, tenant: TenantKey): TenantFacts {
  const key = `${seed}\u0000${tenant}`;
  const known = cache.get(key);
  if (known) return known;
  const made = { ...names[tenant], tenantId: namedGuid(seed, 'tenant', tenant), skuId: microsoft365E3 };
  if (cache.size > 100) cache.clear();
  cache.set(key, made);
  return made;
}
