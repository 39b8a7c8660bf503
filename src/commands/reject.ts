import type { CommandDefinition } from './definition';
import { decideByText } from './text-decision';

export const reject: CommandDefinition = {
  name: 'reject',
  aliases: ['deny'],
  group: 'Decide',
  summary: 'Stop a plan that waits for your approval',
  details: 'One rejection ends the plan for everybody. The reason is shown to the person who asked.',
  arguments: [
    { name: 'plan', kind: 'plan' },
    { name: 'reason', kind: 'rest' },
  ],
  options: [],
  tier: 'R',
  who: 'viewer',
  examples: () => ['reject PL-0031 the pilot group is too large'],
  run: (context, { words }) => decideByText(context, 'reject', words['plan'] ?? '', words['reason'] ?? null),
};
