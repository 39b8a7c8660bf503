import type { CommandDefinition } from './definition';
import { draftSwitch } from './switches';

export const allow: CommandDefinition = {
  name: 'allow',
  aliases: [],
  group: 'Change',
  summary: 'Let the source synchronize users into the target, or stop it',
  details:
    'The switch stands in the target, and its people approve. off stops every further change: users already there stay and can sign in, the next cycle fails and the job goes into quarantine until it is on again. Pause the link first to avoid that.',
  arguments: [
    { name: 'link', kind: 'link' },
    { name: 'state', kind: 'word' },
  ],
  options: [],
  tier: 'T2',
  who: 'operator',
  examples: ({ source, target }) => [`allow ${source}>${target} on`, `plan allow ${source}>${target} off`],
  run: (context, args) => draftSwitch(context, args, { command: allow, kind: 'allow', sides: ['target'] }),
};
