import { z } from 'zod/v4';
import type { GraphRead } from './client';
import { bare, text } from './parse';
import { at } from './path';

export const tenantInformationSchema = bare(
  z.object({ tenantId: z.string(), displayName: text, defaultDomainName: text, federationBrandName: text }),
);

export type TenantInformation = z.output<typeof tenantInformationSchema>;

/** What any tenant tells about another one, by id; `undefined` when unknown. Global cloud only (facts 1.5). */
export async function findTenantById(
  graph: GraphRead,
  tenantId: string,
): Promise<TenantInformation | undefined> {
  return findTenant(
    graph,
    at`/tenantRelationships/findTenantInformationByTenantId(tenantId='${doubled(tenantId)}')`,
  );
}

/** The same, by domain name. */
export async function findTenantByDomain(
  graph: GraphRead,
  domainName: string,
): Promise<TenantInformation | undefined> {
  const path = at`/tenantRelationships/findTenantInformationByDomainName(domainName='${doubled(domainName)}')`;
  return findTenant(graph, path);
}

async function findTenant(graph: GraphRead, path: string): Promise<TenantInformation | undefined> {
  return graph.find(path, {
    doing: 'looking up a tenant',
    permissions: ['CrossTenantInformation.ReadBasic.All'],
    schema: tenantInformationSchema,
  });
}

function doubled(value: string): string {
  return value.replaceAll("'", "''");
}
