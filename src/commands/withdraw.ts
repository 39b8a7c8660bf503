import type { CommandDefinition } from './definition';
import { decideByText } from './text-decision';

export const withdraw: CommandDefinition = {
  name: 'withdraw',
  aliases: ['cancel'],
  group: 'Decide',
  summary: 'Take back a plan that you have submitted',
  details: 'Works until it runs. The reason is shown to those who were asked.',
  arguments: [
    { name: 'plan', kind: 'plan' },
    { name: 'reason', kind: 'rest' },
  ],
  options: [],
  tier: 'R',
  who: 'viewer',
  examples: () => ['withdraw PL-0031 wrong group'],
  run: (context, { words }) =>
    decideByText(context, 'withdraw', words['plan'] ?? '', words['reason'] ?? null),
};
