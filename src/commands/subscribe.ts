import { emptyCard } from '../cards/empty';
import type { AdaptiveCard } from '../store/ports';
import { everyLink, type Subscription } from '../store/subscriptions';
import type { CommandContext } from './context';
import type { CommandDefinition } from './definition';
import { refuseHere } from './notice-views';
import { linkName } from './tenant-names';

export const subscribe: CommandDefinition = {
  name: 'subscribe',
  aliases: ['watch'],
  group: 'Look',
  summary: 'Tell this chat or channel what happens to a link',
  details:
    'First cycle, changes of the job, quarantine, users that newly fail, switches turned off: one message each, changed in place until it is over. Everybody here reads it, with the names of users that fail. Without a link it lists what comes here. In a channel it takes an operator.',
  arguments: [{ name: 'link', kind: 'link-or-all', isOptional: true }],
  options: [{ name: 'problems', summary: 'Only what needs somebody', value: { type: 'flag' } }],
  tier: 'R',
  who: 'viewer',
  examples: ({ source, target }) => [
    `subscribe ${source}>${target}`,
    'subscribe all --problems',
    'subscribe',
  ],
  async run(context, args) {
    const { link, incoming, notices, person, standing } = context;
    if (!link && args.link !== 'all') return listed(context, await notices.list(incoming.conversation));
    const refusal = refuseHere(subscribe, context);
    if (refusal) return refusal;
    const isShared = incoming.conversation.kind !== 'personal';
    const isProblemsOnly = args.options['problems'] === 'true';
    await notices.subscribe(
      incoming.conversation,
      standing?.person ?? person,
      link,
      isProblemsOnly ? 'problems' : 'all',
    );
    const what = link ? linkName(link) : 'all links of your tenant';
    return emptyCard({
      title: 'Subscribed',
      sentence: `${isProblemsOnly ? 'Problems' : 'News'} of ${what} will come here.`,
      nextStep: isShared
        ? 'Everybody in this place reads them, with the names of users that fail.'
        : 'Each is one message, changed in place until it is over.',
      suggestions: link
        ? [`status ${linkName(link)}`, `unsubscribe ${linkName(link)}`]
        : ['links', 'unsubscribe all'],
    });
  },
};

function listed({ tenants }: CommandContext, subscriptions: readonly Subscription[]): AdaptiveCard {
  const names = subscriptions.flatMap((one) => {
    const link = tenants.linkOf(one.sourceTenantId, one.targetTenantId);
    const name = one.sourceTenantId === everyLink.sourceTenantId ? 'all' : link && linkName(link);
    return name ? [`${name}${describe(one)}`] : [];
  });
  const first = tenants.pairs()[0];
  if (names.length === 0) {
    return emptyCard({
      title: 'Subscriptions',
      sentence: 'No notices come here.',
      nextStep: 'Subscribe to a link, or to all of them.',
      suggestions: [...(first ? [`subscribe ${linkName(first)}`] : []), 'subscribe all'],
    });
  }
  return emptyCard({
    title: 'Subscriptions',
    sentence: `Notices come here of: ${names.join(', ')}.`,
    nextStep: 'unsubscribe ends one, mute silences it for a while.',
    suggestions: names.map((name) => `unsubscribe ${name.split(' ')[0] ?? ''}`),
  });
}

function describe({ severity, mutedUntil, state }: Subscription): string {
  if (state === 'lost') return ' (lost: subscribe again)';
  const words = [
    ...(severity === 'problems' ? ['problems only'] : []),
    ...(mutedUntil && mutedUntil > new Date()
      ? [`muted until ${mutedUntil.toISOString().slice(0, 16)} UTC`]
      : []),
  ];
  return words.length > 0 ? ` (${words.join(', ')})` : '';
}
