import { createPartner, findPartner, type Partner } from '../graph/cross-tenant-access-policy';
import type { GraphRead } from '../graph/client';
import { rolesFor } from '../graph/role-templates';
import type { Change, Side, Step, StepContext, StepName, Tenant } from '../plan/types';

/** What both policy steps of a side need. */
export const policyPermissions = ['Policy.Read.All', 'Policy.ReadWrite.CrossTenantAccess'];

/** What is read for both policy steps of a side: the partner entry for the other tenant. */
export interface PartnerObserved {
  readonly partner: Partner | null;
}

/** The side's own tenant, and the other one, which is its partner. */
export function tenantsOf(
  context: StepContext,
  side: Side,
): { own: Tenant; other: Tenant; graph: GraphRead } {
  const { source, target } = context.link;
  return side === 'source'
    ? { own: source, other: target, graph: context.source }
    : { own: target, other: source, graph: context.target };
}

export async function observePartner(context: StepContext, side: Side): Promise<PartnerObserved> {
  const { graph, other } = tenantsOf(context, side);
  return { partner: (await findPartner(graph, other.tenantId)) ?? null };
}

/** Creates the partner entry for the other tenant; it inherits every default, so nobody notices yet (facts 3.2). */
export function partnerStep(name: StepName, side: Side): Step<PartnerObserved> {
  return {
    name,
    side,
    tier: 'T2',
    roleTemplateIds: rolesFor.crossTenantAccess,
    permissions: policyPermissions,
    title: (context) => {
      const { own, other } = tenantsOf(context, side);
      return `Create a partner entry for ${other.displayName} in ${own.displayName}`;
    },
    meaning: (context) => {
      const { own, other } = tenantsOf(context, side);
      return `${own.displayName} gets its own cross-tenant access settings for ${other.displayName}. They start equal to the defaults, so users notice nothing yet.`;
    },
    observe: async (context) => observePartner(context, side),
    diff(context, { partner }) {
      const { other } = tenantsOf(context, side);
      if (partner) return [];
      const change: Change = {
        operation: 'partners.create',
        title: `Partner entry for ${other.displayName}`,
        fields: [{ field: 'tenantId', before: 'absent', after: other.tenantId }],
        parameters: { partnerTenantId: other.tenantId },
        affectedUsers: 0,
        undo: 'Removing a partner entry is not offered yet. An entry without settings of its own changes nothing.',
      };
      return [change];
    },
    async apply(write, _change, _resolved, context) {
      const { other } = tenantsOf(context, side);
      return { requestIds: await createPartner(write, other.tenantId) };
    },
  };
}
