import type { RemindOutcome } from '../approvals/remind';
import { emptyCard } from '../cards/empty';
import { refusedCard } from '../cards/refused';
import type { AdaptiveCard } from '../store/ports';
import type { CommandDefinition } from './definition';
import { unknownPlan } from './not-found-views';
import { cannotNow } from './plan-views';
import { listed } from './words';

export const remind: CommandDefinition = {
  name: 'remind',
  aliases: ['nudge'],
  group: 'Decide',
  summary: 'Bring your plan again to those who have not answered',
  details:
    'Their card comes as a new message, at most once an hour. Only the person who asked for the plan may. By itself it comes again at half of the time and an hour before the end.',
  arguments: [{ name: 'plan', kind: 'plan' }],
  options: [],
  tier: 'R',
  who: 'viewer',
  examples: () => ['remind PL-0031'],
  async run({ plans, person }, { words }) {
    const planId = words['plan'] ?? '';
    return outcomeCard(planId, await plans.remind(planId, person));
  },
};

function outcomeCard(planId: string, outcome: RemindOutcome): AdaptiveCard {
  switch (outcome.type) {
    case 'reminded':
      return emptyCard({
        title: `Plan ${planId}`,
        sentence:
          outcome.people.length === 0
            ? 'Nobody was asked who has not answered: the others cannot be reached.'
            : `The card comes again to ${listed(outcome.people.map(({ displayName }) => displayName))}.`,
        nextStep: 'You can remind them again in an hour.',
        suggestions: [],
      });
    case 'gone':
      return unknownPlan(planId);
    case 'too-soon':
      return emptyCard({
        title: `Plan ${planId}`,
        sentence: 'They were reminded less than an hour ago. Nothing was sent.',
        nextStep: 'Wait, or talk to them.',
        suggestions: [],
      });
    case 'wrong-state':
      return cannotNow(planId, outcome.state, 'Only a plan that waits for approval can be reminded of.');
    case 'not-requester':
      return refusedCard({
        what: `remind ${planId}`,
        reason: 'Only the person who asked for the plan reminds the approvers.',
        whoMay: 'The person who asked for it.',
        eligibleRoles: [],
      });
  }
}
