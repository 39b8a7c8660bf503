import { frozenCard } from '../cards/frozen';
import type { Link, Tenant } from '../plan/types';
import type { FreezeScope } from '../store/freezes';
import type { CommandContext } from './context';
import type { CommandDefinition } from './definition';
import { refusedElsewhere } from './refusals';
import { mayStop } from './standing';
import { linkName } from './tenant-names';

export const freeze: CommandDefinition = {
  name: 'freeze',
  aliases: [],
  group: 'Change',
  summary: 'Emergency: nothing is written until it is lifted',
  details:
    'Takes effect at once, without an approval: no plan starts, and one that runs stops after its current change. Plans can still be drafted and decided, and all can be read. The job in Entra goes on: pause stops its cycles. Two other people lift it with unfreeze.',
  arguments: [
    { name: 'link', kind: 'link-or-all' },
    { name: 'reason', kind: 'rest' },
  ],
  options: [],
  tier: 'R',
  who: 'viewer',
  says: {
    who: 'People with a role that may change synchronization in one of the tenants, and its approvers',
    does: 'stops all writes of plans at once',
  },
  examples: ({ source, target }) => [
    `freeze ${source}>${target} strange sign-ins are being looked at`,
    'freeze all the tenant may be in wrong hands',
  ],
  async run(context, { words }) {
    const { link, plans, standing, person } = context;
    const owner = ownerOf(context);
    if (!standing || !owner) {
      const { source, target } = link ?? { source: context.home, target: context.home };
      return refusedElsewhere(`freeze ${link ? linkName(link) : 'all'}`, { source, target });
    }
    const { freeze: found, isNew } = await plans.freeze({
      scope: scopeOf(link),
      ownerTenantId: owner.tenantId,
      by: plainPerson(standing.person ?? person),
      reason: (words['reason'] ?? '').slice(0, 300),
    });
    const lifter = context.tenants.byId(found.ownerTenantId) ?? owner;
    return frozenCard({ freeze: found, link, owner: lifter.displayName, isNew });
  },
};

export function scopeOf(link: Link | null): FreezeScope {
  if (!link) return 'all';
  return { sourceTenantId: link.source.tenantId, targetTenantId: link.target.tenantId };
}

/** The tenant for which the person may stop things: their own one first. */
function ownerOf({ link, standing, home, tenants }: CommandContext): Tenant | undefined {
  if (!standing) return undefined;
  const sides = link ? [link.source, link.target] : tenants.all;
  const own = sides.filter(({ tenantId }) => tenantId === home.tenantId);
  return [...own, ...sides].find((tenant) => mayStop(standing, tenant));
}

function plainPerson({ tenantId, objectId, displayName }: CommandContext['person']) {
  return { tenantId, objectId, displayName };
}
