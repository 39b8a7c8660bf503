import { emptyCard } from '../cards/empty';
import type { CommandDefinition } from './definition';
import { notSubscribed, refuseHere } from './notice-views';
import { linkName } from './tenant-names';

export const unsubscribe: CommandDefinition = {
  name: 'unsubscribe',
  aliases: ['unwatch'],
  group: 'Look',
  summary: 'Send no more notices of a link here',
  details:
    'Ends what subscribe began here. all ends a subscription to all links; subscriptions to single links stay. In a channel it takes an operator.',
  arguments: [{ name: 'link', kind: 'link-or-all' }],
  options: [],
  tier: 'R',
  who: 'viewer',
  examples: ({ source, target }) => [`unsubscribe ${source}>${target}`, 'unsubscribe all'],
  async run(context) {
    const { link, incoming, notices, person, standing } = context;
    const refusal = refuseHere(unsubscribe, context);
    if (refusal) return refusal;
    const name = link ? linkName(link) : 'all';
    if (!(await notices.unsubscribe(incoming.conversation, standing?.person ?? person, link)))
      return notSubscribed(name);
    return emptyCard({
      title: 'Unsubscribed',
      sentence: link ? `No more notices of ${name} begin here.` : 'Notices of all links end here.',
      nextStep: 'What is open is still brought to its end.',
      suggestions: [`subscribe ${name}`],
    });
  },
};
