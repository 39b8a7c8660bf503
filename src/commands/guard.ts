import { readEverybody, readMembers } from '../engine/members';
import { secretOf } from '../graph/synchronization-secrets';
import type { Link } from '../plan/types';
import type { AdaptiveCard } from '../store/ports';
import type { CommandContext } from './context';
import type { CommandDefinition } from './definition';
import { draftPlan } from './draft';
import { lookAt } from './look-at';
import { badInput } from './not-found-views';
import { linkName } from './tenant-names';

const most = 1_000_000;

export const guard: CommandDefinition = {
  name: 'guard',
  aliases: [],
  group: 'Change',
  summary: 'Stop the job when one cycle would delete this many users',
  details:
    'Takes a number, a share of those in scope now (10%) or off. You confirm a lower guard yourself; to raise it or to switch it off takes safety away, so somebody else approves it. The service’s own guard is 500.',
  arguments: [
    { name: 'link', kind: 'link' },
    { name: 'limit', kind: 'word' },
  ],
  options: [],
  tier: 'T1',
  who: 'operator',
  examples: ({ source, target }) => [
    `guard ${source}>${target} 10`,
    `guard ${source}>${target} 5%`,
    `guard ${source}>${target} off`,
  ],
  async run(context, { words }) {
    const { link } = context;
    if (!link) throw new Error('guard needs a link');
    const limit = await limitOf(context, link, (words['limit'] ?? '').toLowerCase());
    if (typeof limit === 'object' && limit !== null) return limit.card;
    const shown = limit === null ? 'off' : String(limit);
    return draftPlan(context, link, {
      kind: 'guard',
      desired: null,
      subject: {
        type: 'setting',
        command: `guard ${linkName(link)} ${shown}`,
        displayName: shown,
        setting: { name: 'guard', limit },
      },
    });
  },
};

async function limitOf(
  context: CommandContext,
  link: Link,
  typed: string,
): Promise<number | null | { readonly card: AdaptiveCard }> {
  if (typed === 'off') return null;
  const isShare = typed.endsWith('%');
  const digits = isShare ? typed.slice(0, -1) : typed;
  const number = /^\d{1,7}$/.test(digits) ? Number(digits) : NaN;
  const isFine = number >= 1 && number <= (isShare ? 100 : most);
  if (!isFine) return { card: badLimit(link) };
  return isShare ? Math.max(1, Math.ceil((number * (await scopeCount(context, link))) / 100)) : number;
}

/** Users whom assignments bring into scope now, external ones left out. */
async function scopeCount(context: CommandContext, link: Link): Promise<number> {
  const look = lookAt(context, link);
  const secrets = (await look.configuration())?.secrets ?? [];
  const isAll = secretOf(secrets, 'SyncAll')?.toLowerCase() === 'true';
  const { users } = isAll
    ? await readEverybody(look.source, [])
    : await readMembers(look.source, await look.assignments(), []);
  return users.filter(({ isExternal }) => !isExternal).length;
}

function badLimit(link: Link): AdaptiveCard {
  const name = linkName(link);
  const remedy = `Give a whole number from 1 to ${most}, a share from 1% to 100%, or off.`;
  return badInput('reading the deletion guard', remedy, [`guard ${name} 10`]);
}
