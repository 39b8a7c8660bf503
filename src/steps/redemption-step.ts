import { setAutomaticConsent } from '../graph/cross-tenant-access-policy';
import { rolesFor } from '../graph/role-templates';
import type { Change, Side, Step, StepContext, StepName, Tenant } from '../plan/types';
import { observePartner, policyPermissions, tenantsOf, type PartnerObserved } from './partner-step';
import { countSynchronizedUsers, isWantedOn, requirePartner } from './wanted';

type Member = 'inboundAllowed' | 'outboundAllowed';

interface Words {
  title(own: string, other: string): string;
  meaning(own: string, other: string): string;
}

export interface RedemptionWords {
  readonly on: Words;
  readonly off: Words;
}

interface Observed extends PartnerObserved {
  /** Users whom switching it off reaches; not counted for switching on. */
  readonly users: number;
}

/**
 * Switches automatic redemption for one direction. Consent prompts vanish only when the source allows outbound and
 * the target inbound (facts 9.1). The other member is sent as it is (facts 3.2).
 */
export function redemptionStep(
  name: StepName,
  side: Side,
  member: Member,
  words: RedemptionWords,
): Step<Observed> {
  const say = (context: StepContext, what: keyof Words) => {
    const { own, other } = tenantsOf(context, side);
    return words[isWantedOn(context) ? 'on' : 'off'][what](own.displayName, other.displayName);
  };
  return {
    name,
    side,
    tier: 'T2',
    roleTemplateIds: rolesFor.crossTenantAccess,
    permissions: policyPermissions,
    title: (context) => say(context, 'title'),
    meaning: (context) => say(context, 'meaning'),
    async observe(context) {
      const observed = await observePartner(context, side);
      requirePartner(context, side, observed.partner);
      return { ...observed, users: isWantedOn(context) ? 0 : await countSynchronizedUsers(context) };
    },
    diff(context, { partner, users }) {
      const now = partner?.automaticUserConsentSettings?.[member] ?? null;
      const wanted = isWantedOn(context);
      const { other } = tenantsOf(context, side);
      // Nothing set counts as off: the inherited value is always false (facts 3.2).
      return (now ?? false) === wanted ? [] : [redemptionChange(other, member, now, wanted, users)];
    },
    async apply(write, { parameters }, _resolved, context) {
      const { other } = tenantsOf(context, side);
      const wanted = parameters[member] === true;
      return { requestIds: await setAutomaticConsent(write, other.tenantId, { [member]: wanted }) };
    },
  };
}

/** An entry that this plan creates answers null (inherits): the same "absent" as no entry at all. */
function redemptionChange(
  other: Tenant,
  member: Member,
  now: boolean | null,
  wanted: boolean,
  users: number,
): Change {
  return {
    operation: 'partners.update',
    title: `Automatic redemption with ${other.displayName}`,
    fields: [{ field: `automaticUserConsentSettings.${member}`, before: now ?? 'absent', after: wanted }],
    parameters: { partnerTenantId: other.tenantId, [member]: wanted },
    affectedUsers: users,
    undo: true,
  };
}
