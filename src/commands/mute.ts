import { emptyCard } from '../cards/empty';
import type { CommandDefinition } from './definition';
import { notSubscribed, refuseHere } from './notice-views';
import { linkName } from './tenant-names';

const usualHours = 24;
const mostHours = 14 * 24;

export const mute: CommandDefinition = {
  name: 'mute',
  aliases: [],
  group: 'Look',
  summary: 'Begin no notices of a link here for a while',
  details: `A day when you name no hours, two weeks at most; 0 ends it. Notices that stand here are still changed until they are over. In a channel it takes an operator.`,
  arguments: [{ name: 'link', kind: 'link-or-all' }],
  options: [{ name: 'hours', summary: 'For how long', value: { type: 'number', least: 0, most: mostHours } }],
  tier: 'R',
  who: 'viewer',
  examples: ({ source, target }) => [
    `mute ${source}>${target} --hours 8`,
    'mute all',
    `mute ${source}>${target} --hours 0`,
  ],
  async run(context, { options }) {
    const { link, incoming, notices } = context;
    const refusal = refuseHere(mute, context);
    if (refusal) return refusal;
    const name = link ? linkName(link) : 'all';
    const hours = Number(options['hours'] ?? usualHours);
    const until = await notices.mute(incoming.conversation, link, hours);
    if (!until) return notSubscribed(name);
    return emptyCard({
      title: hours === 0 ? 'Unmuted' : 'Muted',
      sentence:
        hours === 0
          ? `Notices of ${name} begin here again.`
          : `No notice of ${name} begins here before ${until.toISOString().slice(0, 16).replace('T', ' ')} UTC.`,
      nextStep:
        hours === 0
          ? 'What happened meanwhile is not told again.'
          : 'What happens meanwhile is not told later.',
      suggestions: hours === 0 ? [] : [`mute ${name} --hours 0`],
    });
  },
};
