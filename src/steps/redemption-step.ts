import { setAutomaticConsent } from '../graph/cross-tenant-access-policy';
import { rolesFor } from '../graph/role-templates';
import type { Change, Side, Step, StepContext, StepName, Tenant } from '../plan/types';
import { observePartner, policyPermissions, tenantsOf, type PartnerObserved } from './partner-step';

type Member = 'inboundAllowed' | 'outboundAllowed';

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
  member: Member,
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
    permissions: policyPermissions,
    title: (context) => words.title(...names(context)),
    meaning: (context) => words.meaning(...names(context)),
    observe: async (context) => observePartner(context, side),
    diff(context, { partner }) {
      const now = partner?.automaticUserConsentSettings?.[member] ?? null;
      return now === true ? [] : [redemptionChange(tenantsOf(context, side).other, member, now)];
    },
    async apply(write, _change, _resolved, context) {
      const { other } = tenantsOf(context, side);
      return { requestIds: await setAutomaticConsent(write, other.tenantId, { [member]: true }) };
    },
  };
}

/** An entry that this plan creates answers null (inherits): the same "absent" as no entry at all. */
function redemptionChange(other: Tenant, member: Member, now: false | null): Change {
  return {
    operation: 'partners.update',
    title: `Automatic redemption with ${other.displayName}`,
    fields: [{ field: `automaticUserConsentSettings.${member}`, before: now ?? 'absent', after: true }],
    parameters: { partnerTenantId: other.tenantId, [member]: true },
    affectedUsers: 0,
    undo: true,
  };
}
