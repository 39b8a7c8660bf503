import { findPartner, readDefaultPolicy, setInboundTrust } from '../../graph/cross-tenant-access-policy';
import { rolesFor } from '../../graph/role-templates';
import type { Change, FieldChange, Step, StepContext } from '../../plan/types';
import { trustMembers, trustOf } from '../inbound-trust';
import { policyPermissions } from '../partner-step';
import { namesOf } from '../step-words';
import { countSynchronizedUsers } from '../wanted';

interface Observed {
  /** Empty when the entry follows the default already, or is gone. */
  readonly fields: readonly FieldChange[];
  readonly users: number;
}

/** Leaves inbound trust to the default again: the entry had none of its own before (facts 3.2). */
export const trustInherited: Step<Observed> = {
  name: 'trust-inherited',
  side: 'target',
  tier: 'T2',
  roleTemplateIds: rolesFor.crossTenantAccess,
  permissions: policyPermissions,
  title: (context) => {
    const { source, target } = namesOf(context);
    return `Leave the trust in ${source} to the default of ${target}`;
  },
  meaning: (context) => {
    const { source, target } = namesOf(context);
    return `What users of ${source} proved at home counts in ${target} as the default for all partners says, now and whenever that changes.`;
  },
  observe: async (context) => observeTrust(context),
  diff({ link: { source } }, { fields, users }) {
    const change: Change = {
      operation: 'partners.update',
      title: `Inbound trust of ${source.displayName}`,
      fields,
      parameters: { partnerTenantId: source.tenantId, inboundTrust: null },
      affectedUsers: users,
      undo: true,
    };
    return fields.length > 0 ? [change] : [];
  },
  async apply(write, _change, _resolved, { link }) {
    return { requestIds: await setInboundTrust(write, link.source.tenantId, null) };
  },
};

async function observeTrust(context: StepContext): Promise<Observed> {
  const { target, link } = context;
  const own = (await findPartner(target, link.source.tenantId))?.inboundTrust ?? null;
  if (own === null) return { fields: [], users: 0 };
  const [now, byDefault] = [trustOf(own), trustOf((await readDefaultPolicy(target)).inboundTrust)];
  const members = Object.values(trustMembers);
  const moved = members
    .filter((member) => now[member] !== byDefault[member])
    .map((member) => ({
      field: `inboundTrust.${member}`,
      before: now[member],
      after: byDefault[member],
    }));
  const block = { field: 'inboundTrust', before: 'set for this partner', after: 'follows the default' };
  return { fields: [...moved, block], users: await countSynchronizedUsers(context) };
}
