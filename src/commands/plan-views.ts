import { emptyCard } from '../cards/empty';
import { stateWords } from '../cards/plan-words';
import type { PlanState } from '../plan/types';
import type { AdaptiveCard } from '../store/ports';

/** What was asked needs a plan in another state. */
export function cannotNow(planId: string, state: PlanState, nextStep: string): AdaptiveCard {
  return emptyCard({
    title: `Plan ${planId}`,
    sentence: `That cannot be done now: ${stateWords[state].word.toLowerCase()}. Nothing was changed.`,
    nextStep,
    suggestions: [`approve ${planId}`],
  });
}
