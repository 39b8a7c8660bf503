import {
  findPartner,
  readDefaultPolicy,
  setInboundTrust,
  type InboundTrust,
} from '../graph/cross-tenant-access-policy';
import { rolesFor } from '../graph/role-templates';
import type { Change, FieldChange, Step, StepContext } from '../plan/types';
import { policyPermissions } from './partner-step';
import { namesOf } from './step-words';
import { subjectOf } from './subject-of';
import { countSynchronizedUsers, isWantedOn, requirePartner } from './wanted';

export const trustMembers = {
  mfa: 'isMfaAccepted',
  device: 'isCompliantDeviceAccepted',
  hybrid: 'isHybridAzureADJoinedDeviceAccepted',
} as const satisfies Record<string, keyof InboundTrust>;

interface Observed {
  /** `null` = the entry leaves the whole block to the default, or there is no entry. */
  readonly own: InboundTrust | null;
  readonly byDefault: InboundTrust;
  readonly users: number;
}

/**
 * Which claims of the source the target takes over. Trust is one block: an entry that says nothing inherits all of it,
 * and one that says something keeps none of the default (facts 3.2). So what holds now is written along.
 */
export const inboundTrust: Step<Observed> = {
  name: 'inbound-trust',
  side: 'target',
  tier: 'T2',
  roleTemplateIds: rolesFor.crossTenantAccess,
  permissions: policyPermissions,
  title: (context) => {
    const { source, target } = namesOf(context);
    const what = claimWords(context);
    return isWantedOn(context)
      ? `Trust ${what} of ${source} in ${target}`
      : `No longer trust ${what} of ${source} in ${target}`;
  },
  meaning: (context) => meaningOf(context),
  observe: async (context) => observeTrust(context),
  diff(context, observed) {
    const now = observed.own ?? observed.byDefault;
    const { claims } = subjectOf(context, 'switch');
    const wanted = { ...now };
    for (const claim of claims) wanted[trustMembers[claim]] = isWantedOn(context);
    const fields = fieldsOf(observed, now, wanted);
    if (fields.length === 0) return [];
    const { source } = context.link;
    const change: Change = {
      operation: 'partners.update',
      title: `Inbound trust of ${source.displayName}`,
      fields,
      parameters: { partnerTenantId: source.tenantId, inboundTrust: { ...wanted } },
      affectedUsers: observed.users,
      undo: true,
    };
    return [change];
  },
  async apply(write, { parameters }, _resolved, { link }) {
    const wanted = trustOf(parameters['inboundTrust']);
    return { requestIds: await setInboundTrust(write, link.source.tenantId, wanted) };
  },
};

async function observeTrust(context: StepContext): Promise<Observed> {
  const { target, link } = context;
  const partner = (await findPartner(target, link.source.tenantId)) ?? null;
  requirePartner(context, 'target', partner);
  const defaults = await readDefaultPolicy(target);
  return {
    own: partner?.inboundTrust ? trustOf(partner.inboundTrust) : null,
    byDefault: trustOf(defaults.inboundTrust),
    users: await countSynchronizedUsers(context),
  };
}

/** With the first setting of its own the entry stops following the default: that is a change too. */
function fieldsOf({ own }: Observed, now: InboundTrust, wanted: InboundTrust): FieldChange[] {
  const changed = Object.values(trustMembers)
    .filter((member) => now[member] !== wanted[member])
    .map((member) => ({ field: `inboundTrust.${member}`, before: now[member], after: wanted[member] }));
  if (changed.length === 0 || own) return changed;
  return [
    ...changed,
    { field: 'inboundTrust', before: 'follows the default', after: 'set for this partner' },
  ];
}

export function trustOf(found: unknown): InboundTrust {
  const block = (typeof found === 'object' && found !== null ? found : {}) as Partial<
    Record<string, unknown>
  >;
  return {
    isMfaAccepted: block['isMfaAccepted'] === true,
    isCompliantDeviceAccepted: block['isCompliantDeviceAccepted'] === true,
    isHybridAzureADJoinedDeviceAccepted: block['isHybridAzureADJoinedDeviceAccepted'] === true,
  };
}

const nouns = { mfa: 'MFA', device: 'compliant devices', hybrid: 'hybrid joined devices' } as const;

/** "MFA and compliant devices". */
export function claimWords(context: Pick<StepContext, 'subject'>): string {
  const names = subjectOf(context, 'switch').claims.map((claim) => nouns[claim]);
  if (names.length < 2) return names[0] ?? 'nothing';
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

function meaningOf(context: StepContext): string {
  const { source, target } = namesOf(context);
  return isWantedOn(context)
    ? `Where Conditional Access in ${target} asks for it, what users proved in ${source} counts. Synchronization does not need this.`
    : `Where Conditional Access in ${target} asks for it, users of ${source} must prove it in ${target} itself, or are stopped. Their accounts stay, and synchronization goes on.`;
}
