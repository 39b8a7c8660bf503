import type { CommandDefinition } from './definition';
import { decideByText } from './text-decision';

export const stop: CommandDefinition = {
  name: 'stop',
  aliases: [],
  group: 'Decide',
  summary: 'Let a plan that runs begin no further change',
  details:
    'For the person who asked for it, and for those who may approve it. The change that runs is finished and read back, nothing after it begins; what is left is planned anew.',
  arguments: [{ name: 'plan', kind: 'plan' }],
  options: [],
  linkHint: 'To stop the cycles of a link, type pause source>target.',
  tier: 'R',
  who: 'viewer',
  says: {
    who: 'The person who asked for the plan, and those who may approve it',
    does: 'stops a plan after its current change',
  },
  examples: () => ['stop PL-0031'],
  run: (context, { words }) => decideByText(context, 'stop', words['plan'] ?? '', null),
};
