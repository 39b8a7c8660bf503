import { z } from 'zod/v4';
import type { GraphRead } from './client';
import { count, flag, listOf, maybe, moment, text } from './parse';

const plan = z.object({
  servicePlanId: text,
  capabilityStatus: text,
  service: text,
  assignedDateTime: moment,
});

export const organizationSchema = z
  .object({
    id: text,
    displayName: text,
    tenantType: text,
    countryLetterCode: text,
    onPremisesSyncEnabled: flag,
    verifiedDomains: listOf(z.object({ name: z.string(), isDefault: flag, isInitial: flag })),
    assignedPlans: listOf(plan),
    directorySizeQuota: maybe(z.object({ used: count, total: count })),
  })
  .transform((found) => ({
    ...found,
    defaultDomain: found.verifiedDomains.find((domain) => domain.isDefault)?.name ?? null,
    initialDomain: found.verifiedDomains.find((domain) => domain.isInitial)?.name ?? null,
  }));

export type Organization = z.output<typeof organizationSchema>;

/** The tenant itself (facts 1.3). External-ID and B2C tenants cannot be provisioned; `tenantType` tells. */
export async function readOrganization(graph: GraphRead): Promise<Organization> {
  return graph.get('/organization', {
    doing: 'reading the organization',
    permissions: ['Organization.Read.All', 'Directory.Read.All'],
    schema: organizationAnswer,
  });
}

/** A collection of exactly one. */
export const organizationAnswer = z
  .object({ value: z.array(organizationSchema).min(1) })
  .transform((answer) => answer.value[0] as Organization);
