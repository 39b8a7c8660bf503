import type { TenantConfig } from '../config';
import type { GraphRead } from '../graph/client';
import { readOrganization } from '../graph/organization';
import type { Link, Tenant } from '../plan/types';
import type { LinkReference } from './definition';
import { nearest } from './nearest';

export type TenantLookup =
  | { readonly outcome: 'found'; readonly tenant: Tenant }
  | { readonly outcome: 'unknown'; readonly typed: string; readonly nearest: readonly Tenant[] };

export type LinkLookup =
  | { readonly outcome: 'found'; readonly link: Link }
  | { readonly outcome: 'unknown'; readonly typed: string; readonly nearest: readonly Tenant[] }
  | { readonly outcome: 'same' };

/** How long the domains of a tenant are remembered. */
const domainsAgeMs = 10 * 60_000;

/** The tenants of the settings, found by key, tenant id, name or verified domain. */
export class TenantNames {
  readonly all: readonly Tenant[];
  private readonly domains = new Map<
    string,
    { readonly names: readonly string[]; readonly readAt: number }
  >();

  constructor(
    private readonly configured: readonly TenantConfig[],
    private readonly read: (tenantId: string) => GraphRead,
  ) {
    this.all = configured.map(({ tenantId, key, displayName, cloud }) => ({
      tenantId,
      key,
      displayName,
      cloud,
    }));
  }

  byId(tenantId: string): Tenant | undefined {
    return this.all.find((tenant) => tenant.tenantId.toLowerCase() === tenantId.toLowerCase());
  }

  config(tenantId: string): TenantConfig | undefined {
    return this.configured.find((tenant) => tenant.tenantId.toLowerCase() === tenantId.toLowerCase());
  }

  /** The link with these two tenants; `undefined` when one of them left the settings. */
  linkOf(sourceTenantId: string, targetTenantId: string): Link | undefined {
    const [source, target] = [this.byId(sourceTenantId), this.byId(targetTenantId)];
    return source && target ? { source, target } : undefined;
  }

  /** Every ordered pair, in the order of the settings. */
  pairs(): readonly Link[] {
    return this.all.flatMap((source) =>
      this.all.filter((target) => target !== source).map((target) => ({ source, target })),
    );
  }

  async find(typed: string): Promise<TenantLookup> {
    const word = typed.trim().toLowerCase();
    const tenant =
      this.all.find(({ key }) => key.toLowerCase() === word) ??
      this.byId(word) ??
      this.all.find(({ displayName }) => displayName.toLowerCase() === word) ??
      (word.includes('.') ? await this.findByDomain(word) : undefined);
    if (tenant) return { outcome: 'found', tenant };
    const near = nearest(typed, this.all, ({ key, displayName }) => [key, displayName]);
    return { outcome: 'unknown', typed, nearest: near };
  }

  async findLink(typed: LinkReference): Promise<LinkLookup> {
    const source = await this.find(typed.source);
    if (source.outcome === 'unknown') return source;
    const target = await this.find(typed.target);
    if (target.outcome === 'unknown') return target;
    if (source.tenant === target.tenant) return { outcome: 'same' };
    return { outcome: 'found', link: { source: source.tenant, target: target.tenant } };
  }

  /** Domains can be read only where the read pack is consented; other tenants are found by key. */
  private async findByDomain(domain: string): Promise<Tenant | undefined> {
    for (const tenant of this.all) {
      if ((await this.domainsOf(tenant)).includes(domain)) return tenant;
    }
    return undefined;
  }

  private async domainsOf(tenant: Tenant): Promise<readonly string[]> {
    const known = this.domains.get(tenant.tenantId);
    if (known && Date.now() - known.readAt < domainsAgeMs) return known.names;
    try {
      const { verifiedDomains } = await readOrganization(this.read(tenant.tenantId));
      const names = verifiedDomains.map(({ name }) => name.toLowerCase());
      this.domains.set(tenant.tenantId, { names, readAt: Date.now() });
      return names;
    } catch {
      return [];
    }
  }
}

/** `source>target` by key, as people type it. */
export function linkName(link: Link): string {
  return `${link.source.key}>${link.target.key}`;
}
