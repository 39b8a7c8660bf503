import { emptyCard } from '../cards/empty';
import { errorCard } from '../cards/error';
import type { CommandDefinition } from './definition';
import { unknownPlan } from './not-found-views';

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
  async run({ plans, person, incoming }, { words }) {
    const planId = words['plan'] ?? '';
    const outcome = await plans.showCard(planId, person);
    if (outcome === 'gone') return unknownPlan(planId);
    if (outcome === 'no-personal-chat') {
      return errorCard({
        code: 'teams-unavailable',
        doing: `bringing ${planId} to your personal chat`,
        remedy: 'Open a chat with me, say hello, and ask again.',
        retryCommand: null,
      });
    }
    const isHere = incoming.conversation.kind === 'personal';
    return emptyCard({
      title: `Plan ${planId}`,
      sentence: isHere
        ? 'Your card of this plan follows.'
        : 'Your card of this plan is in your chat with me.',
      nextStep: 'Read it and decide there.',
      suggestions: [],
    });
  },
};
