import type { AnswerOutcome } from '../approvals/ask';
import { emptyCard } from '../cards/empty';
import { refusedCard } from '../cards/refused';
import type { AdaptiveCard } from '../store/ports';
import type { CommandDefinition } from './definition';
import { faultyText } from './help-views';
import { unknownPlan } from './not-found-views';
import { cannotNow } from './plan-views';

export const answer: CommandDefinition = {
  name: 'answer',
  aliases: ['reply'],
  group: 'Decide',
  summary: 'Answer an approver’s question about your plan',
  details: 'The answer is shown on the cards of that tenant’s approvers. It does not change the plan.',
  arguments: [
    { name: 'plan', kind: 'plan' },
    { name: 'number', kind: 'word' },
    { name: 'answer', kind: 'rest' },
  ],
  options: [],
  tier: 'R',
  who: 'viewer',
  examples: () => ['answer PL-0031 1 the pilot has ended, all agreed'],
  async run({ plans, person }, { words }) {
    const planId = words['plan'] ?? '';
    const typed = words['number'] ?? '';
    if (!/^\d{1,3}$/.test(typed)) {
      return faultyText(
        `answer ${planId} ${typed}`,
        answer,
        'Give the number of the question, then the answer.',
      );
    }
    const given = { number: Number(typed), answer: words['answer'] ?? '' };
    return outcomeCard(planId, given.number, await plans.answer(planId, person, given));
  },
};

function outcomeCard(planId: string, number: number, outcome: AnswerOutcome): AdaptiveCard {
  switch (outcome.type) {
    case 'answered':
      return emptyCard({
        title: `Plan ${planId}`,
        sentence: `Your answer to question ${number} is on the approvers’ cards.`,
        nextStep: 'The plan itself is unchanged and still waits.',
        suggestions: [],
      });
    case 'gone':
      return unknownPlan(planId);
    case 'not-requester':
      return refusedCard({
        what: `answer ${planId}`,
        reason: 'Only the person who asked for the plan answers.',
        whoMay: 'The person who asked for it.',
        eligibleRoles: [],
      });
    case 'wrong-state':
      return cannotNow(planId, outcome.state, 'Questions belong to a plan that waits for approval.');
    case 'no-question':
      return emptyCard({
        title: `Plan ${planId}`,
        sentence: `There is no question ${number} that waits for an answer. Nothing was kept.`,
        nextStep: 'The card of the plan shows the questions.',
        suggestions: [`approve ${planId}`],
      });
  }
}
