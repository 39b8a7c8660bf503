import type { CommandDefinition } from './definition';
import { draftPlan } from './draft';

export const start: CommandDefinition = {
  name: 'start',
  aliases: ['resume'],
  group: 'Change',
  summary: 'Let the cycles run: everybody in scope is synchronized',
  details:
    'The first cycle begins at once, then one every 40 minutes. You confirm the plan yourself. pause stops it.',
  arguments: [{ name: 'link', kind: 'link' }],
  options: [],
  tier: 'T1',
  who: 'operator',
  examples: ({ source, target }) => [`start ${source}>${target}`],
  async run(context) {
    const { link, plans } = context;
    if (!link) throw new Error('start needs a link');
    return draftPlan(context, link, {
      kind: 'start',
      desired: await plans.currentDesired(link),
      subject: null,
    });
  },
};
