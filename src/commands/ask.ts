import type { AskOutcome } from '../approvals/ask';
import { emptyCard } from '../cards/empty';
import { refusedCard } from '../cards/refused';
import type { AdaptiveCard } from '../store/ports';
import { denialWords } from './decision-views';
import type { CommandDefinition } from './definition';
import { unknownPlan } from './not-found-views';
import { cannotNow } from './plan-views';

export const ask: CommandDefinition = {
  name: 'ask',
  aliases: ['question'],
  group: 'Decide',
  summary: 'Ask the requester about a plan before you decide',
  details:
    'The question comes to the requester’s card, the answer to yours. Neither changes the plan or any approval.',
  arguments: [
    { name: 'plan', kind: 'plan' },
    { name: 'question', kind: 'rest' },
  ],
  options: [],
  tier: 'R',
  who: 'viewer',
  examples: () => ['ask PL-0031 why the whole group and not the pilot'],
  async run({ plans, person, standing }, { words }) {
    const planId = words['plan'] ?? '';
    const outcome = await plans.ask(planId, standing?.person ?? person, words['question'] ?? '');
    return outcomeCard(planId, outcome);
  },
};

function outcomeCard(planId: string, outcome: AskOutcome): AdaptiveCard {
  const refused = (reason: string) =>
    refusedCard({
      what: `ask ${planId}`,
      reason,
      whoMay: 'Somebody who may approve it, and did not ask for it.',
      eligibleRoles: [],
    });
  switch (outcome.type) {
    case 'asked':
      return emptyCard({
        title: `Plan ${planId}`,
        sentence: `Your question ${outcome.number} is on the requester’s card.`,
        nextStep: 'The answer comes to your card of the plan. Nothing is decided meanwhile.',
        suggestions: [],
      });
    case 'gone':
      return unknownPlan(planId);
    case 'own-request':
      return refused('It is your own plan.');
    case 'not-allowed':
      return refused(denialWords[outcome.why]);
    case 'wrong-state':
      return cannotNow(planId, outcome.state, 'Questions belong to a plan that waits for approval.');
    case 'too-many':
      return emptyCard({
        title: `Plan ${planId}`,
        sentence: 'Too many questions wait for an answer, or were asked. Yours was not kept.',
        nextStep: 'Wait for the answers, or talk to the requester.',
        suggestions: [],
      });
  }
}
