import { z } from 'zod/v4';
import type { GraphRead } from './client';
import { count, listOf, maybe, text } from './parse';

/** Service plans, never SKU names: P1 is bundled in many SKUs (facts 1.4). */
export const servicePlanIds = {
  p1: '41781fb2-bc02-4b7c-bd55-b576c07bb09d',
  p2: 'eec0eb4f-6444-4f95-aba0-50c24d67f998',
  governance: 'e866a266-3cff-43a3-acca-0c90a7e00c8b',
} as const;

export const subscribedSkuSchema = z.object({
  skuId: text,
  skuPartNumber: text,
  capabilityStatus: text,
  consumedUnits: count,
  prepaidUnits: maybe(z.object({ enabled: count, suspended: count, warning: count })),
  servicePlans: listOf(
    z.object({ servicePlanId: text, servicePlanName: text, provisioningStatus: text, appliesTo: text }),
  ),
});

export type SubscribedSku = z.output<typeof subscribedSkuSchema>;

/** Licences by service plan: how many units are enabled; 0 = none. */
export interface Licences {
  readonly p1: number;
  readonly p2: number;
  readonly governance: number;
}

export async function listSubscribedSkus(graph: GraphRead): Promise<readonly SubscribedSku[]> {
  const { items } = await graph.list('/subscribedSkus', {
    doing: 'reading the licences',
    permissions: ['LicenseAssignment.Read.All', 'Organization.Read.All', 'Directory.Read.All'],
    schema: subscribedSkuSchema,
    limit: 1000,
  });
  return items;
}

/** Sums enabled units per service plan over usable SKUs; a SKU with P2 counts for P1 too. */
export function licencesOf(skus: readonly SubscribedSku[]): Licences {
  return {
    p1: unitsOf(skus, [servicePlanIds.p1, servicePlanIds.p2]),
    p2: unitsOf(skus, [servicePlanIds.p2]),
    governance: unitsOf(skus, [servicePlanIds.governance]),
  };
}

function unitsOf(skus: readonly SubscribedSku[], planIds: readonly string[]): number {
  return skus
    .filter((sku) => ['enabled', 'warning'].includes(sku.capabilityStatus?.toLowerCase() ?? ''))
    .filter((sku) =>
      sku.servicePlans.some(
        (plan) => planIds.includes(plan.servicePlanId ?? '') && plan.provisioningStatus !== 'Disabled',
      ),
    )
    .reduce((sum, sku) => sum + (sku.prepaidUnits?.enabled ?? 0) + (sku.prepaidUnits?.warning ?? 0), 0);
}
