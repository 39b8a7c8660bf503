import { emptyCard } from '../cards/empty';
import type { Link } from '../plan/types';
import type { CommandContext } from './context';
import type { CommandDefinition } from './definition';
import { draftPlan } from './draft';
import { scopeOf } from './freeze';
import { refusedElsewhere } from './refusals';
import { mayOperate } from './standing';
import { linkName } from './tenant-names';

export const unfreeze: CommandDefinition = {
  name: 'unfreeze',
  aliases: ['thaw'],
  group: 'Change',
  summary: 'Plan to lift a freeze',
  details:
    'Two people of the tenant whose person froze it approve, and not the one who asks. Plans that were approved meanwhile begin then, if they are still in time, each after a fresh look.',
  arguments: [{ name: 'link', kind: 'link-or-all' }],
  options: [],
  tier: 'T3',
  who: 'operator',
  examples: ({ source, target }) => [`unfreeze ${source}>${target}`, 'unfreeze all'],
  async run(context) {
    const { link, plans, tenants, standing } = context;
    const name = link ? linkName(link) : 'all';
    const found = await plans.freezeOf(scopeOf(link));
    if (!found) return notFrozen(context, name, link);
    const owner = tenants.byId(found.ownerTenantId);
    const planned = link ?? (owner && { source: owner, target: owner });
    if (!planned || !standing) throw new Error('a freeze of a tenant that is gone from the settings');
    // A freeze of all links is lifted by people of one tenant: only they may ask.
    if (!link && !mayOperate(standing, planned.target)) return refusedElsewhere('unfreeze all', planned);
    return draftPlan(context, planned, {
      kind: 'unfreeze',
      desired: null,
      subject: {
        type: 'freeze',
        command: `unfreeze ${name}`,
        displayName: link ? `${link.source.displayName} → ${link.target.displayName}` : 'all links',
        freezeId: found.id,
        scope: found.scope,
        ownerTenantId: found.ownerTenantId,
      },
    });
  },
};

async function notFrozen({ plans }: CommandContext, name: string, link: Link | null) {
  const other = link ? await plans.freezeOf('all') : null;
  return emptyCard({
    title: 'Not frozen',
    sentence: other
      ? 'This link is not frozen by itself: all links are.'
      : `Nothing is frozen by the name of ${name}.`,
    nextStep: other ? 'unfreeze all plans to lift that.' : 'Plans run as soon as they are approved.',
    suggestions: other ? ['unfreeze all'] : ['pending'],
  });
}
