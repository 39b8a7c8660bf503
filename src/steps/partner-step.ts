import {
  createPartner,
  findPartner,
  setAutomaticConsent,
  type Partner,
} from '../graph/cross-tenant-access-policy';
import type { GraphRead } from '../graph/client';
import { rolesFor } from '../graph/role-templates';
import type { Change, JsonValue, Side, Step, StepContext, StepName, Tenant } from '../plan/types';

const permissions = ['Policy.Read.All', 'Policy.ReadWrite.CrossTenantAccess'];

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

async function observePartner(context: StepContext, side: Side): Promise<PartnerObserved> {
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
    permissions,
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
        undo: true,
      };
      return [change];
    },
    async apply(write, _change, _resolved, context) {
      const { other } = tenantsOf(context, side);
      return { requestIds: await createPartner(write, other.tenantId) };
    },
  };
}

export interface RedemptionWords {
  title(own: string, other: string): string;
  meaning(own: string, other: string): string;
}

/**
 * Switches automatic redemption on for one direction. Consent prompts vanish only when the source allows outbound and
 * the target inbound (facts 9.1). The other member is sent as it is (facts 3.2).
 */
export function redemptionStep(
  name: StepName,
  side: Side,
  member: 'inboundAllowed' | 'outboundAllowed',
  words: RedemptionWords,
): Step<PartnerObserved> {
  const names = (context: StepContext) => {
    const { own, other } = tenantsOf(context, side);
    return [own.displayName, other.displayName] as const;
  };
  return {
    name,
    side,
    tier: 'T2',
    roleTemplateIds: rolesFor.crossTenantAccess,
    permissions,
    title: (context) => words.title(...names(context)),
    meaning: (context) => words.meaning(...names(context)),
    observe: async (context) => observePartner(context, side),
    diff(context, { partner }) {
      const { other } = tenantsOf(context, side);
      const now = partner?.automaticUserConsentSettings?.[member] ?? null;
      if (now === true) return [];
      // An entry that this plan creates answers null (inherits): the same "absent" as no entry at all.
      const before: JsonValue = now ?? 'absent';
      const change: Change = {
        operation: 'partners.update',
        title: `Automatic redemption with ${other.displayName}`,
        fields: [{ field: `automaticUserConsentSettings.${member}`, before, after: true }],
        parameters: { partnerTenantId: other.tenantId, [member]: true },
        affectedUsers: 0,
        undo: true,
      };
      return [change];
    },
    async apply(write, _change, _resolved, context) {
      const { other } = tenantsOf(context, side);
      return { requestIds: await setAutomaticConsent(write, other.tenantId, { [member]: true }) };
    },
  };
}
