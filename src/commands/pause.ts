import type { CommandDefinition } from './definition';
import { draftPlan } from './draft';

export const pause: CommandDefinition = {
  name: 'pause',
  aliases: [],
  group: 'Change',
  summary: 'Stop the cycles; the current one still finishes',
  details:
    'Nobody is removed from the target. You confirm the plan yourself. start goes on where it stopped.',
  arguments: [{ name: 'link', kind: 'link' }],
  options: [],
  tier: 'T1',
  who: 'operator',
  examples: ({ source, target }) => [`pause ${source}>${target}`],
  async run(context) {
    const { link, plans } = context;
    if (!link) throw new Error('pause needs a link');
    return draftPlan(context, link, {
      kind: 'pause',
      desired: await plans.currentDesired(link),
      subject: null,
    });
  },
};
