import type { CommandDefinition } from './definition';
import { openCard } from './open-card';

export const continuePlan: CommandDefinition = {
  name: 'continue',
  aliases: ['go-on'],
  group: 'Decide',
  summary: 'Open your card of a plan that waits for you to go on',
  details:
    'Whoever approved only the first changes of a plan lets the rest go on there, once those are done. Text never does: the card shows what you approve. Until then nothing more is written; when its time is over, the rest is not made.',
  arguments: [{ name: 'plan', kind: 'plan' }],
  options: [],
  tier: 'R',
  who: 'viewer',
  examples: () => ['continue PL-0031'],
  run: (context, { words }) => openCard(context, words['plan'] ?? ''),
};
