import { emptyCard } from '../cards/empty';
import { errorCard } from '../cards/error';
import type { AdaptiveCard } from '../store/ports';
import type { CommandContext } from './context';
import { unknownPlan } from './not-found-views';

/** Brings somebody's card of a plan into their chat: text decides nothing that can be decided there only. */
export async function openCard(
  { plans, person, incoming }: CommandContext,
  planId: string,
): Promise<AdaptiveCard> {
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
    sentence: isHere ? 'Your card of this plan follows.' : 'Your card of this plan is in your chat with me.',
    nextStep: 'Read it and decide there.',
    suggestions: [],
  });
}
