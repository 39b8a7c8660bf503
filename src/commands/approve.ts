import type { CommandDefinition } from './definition';
import { openCard } from './open-card';

export const approve: CommandDefinition = {
  name: 'approve',
  aliases: ['plan-card'],
  group: 'Decide',
  summary: 'Open your card of a plan, to read and decide it there',
  details: 'Text never approves: the card shows what you approve. It comes to your chat with me.',
  arguments: [{ name: 'plan', kind: 'plan' }],
  options: [],
  tier: 'R',
  who: 'viewer',
  examples: () => ['approve PL-0031'],
  run: (context, { words }) => openCard(context, words['plan'] ?? ''),
};
