import type { BreakGlassOutcome } from '../approvals/break-glass';
import { emptyCard } from '../cards/empty';
import { refusedCard } from '../cards/refused';
import type { Tenant } from '../plan/types';
import type { AdaptiveCard } from '../store/ports';
import { denialWords } from './decision-views';
import type { CommandDefinition } from './definition';
import { unknownPlan } from './not-found-views';
import { cannotNow } from './plan-views';

export const breakGlass: CommandDefinition = {
  name: 'break glass',
  aliases: ['break-glass', 'breakglass'],
  group: 'Decide',
  summary: 'Emergency: approve a plan without a role, as one of two people',
  details:
    'Off unless the settings name people for it. For an hour your approval of this one plan counts for your tenant although you hold no role. A second person must approve too, and neither may have asked for the plan. No freeze is lifted in this way. Every subscribed channel of the link is told at once, muted or not, and it is reviewed within 24 hours.',
  arguments: [
    { name: 'plan', kind: 'plan' },
    { name: 'reason', kind: 'rest' },
  ],
  options: [],
  tier: 'R',
  who: 'anyone-internal',
  says: {
    who: 'People whom the settings of their tenant name for it',
    does: 'lets you approve one plan for an hour; changes nothing by itself',
  },
  examples: () => ['break glass PL-0031 nobody who may approve answers the phone'],
  async run({ plans, person, standing, home }, { words }) {
    const [planId, reason] = [words['plan'] ?? '', words['reason'] ?? ''];
    const outcome = await plans.breakGlass(planId, standing?.person ?? person, reason);
    return outcomeCard(planId, home, outcome);
  },
};

const reasons: Readonly<
  Record<Exclude<BreakGlassOutcome['type'], 'opened' | 'gone' | 'wrong-state' | 'not-allowed'>, string>
> = {
  off: 'Break-glass is off: the settings of your tenant name nobody for it.',
  'lifts-freeze': 'This plan lifts a freeze. Only people who hold a role for that approve it.',
  'not-named': 'You are not among the people whom the settings of your tenant name for it.',
  'own-request': 'You asked for this plan, so others decide it.',
  'nothing-missing': 'Nothing is missing for your tenant.',
  'not-needed': 'You hold the role for it: approve it on your card.',
  'opened-before': 'You have broken the glass on this plan before. It is done once, and lasts an hour.',
  'reason-needed': 'Say why: everybody reads it.',
  'no-personal-chat': 'Write to me in a personal chat first: your card comes there.',
  'nobody-told':
    'No channel is subscribed to this link, so nobody would hear of it. Somebody who operates it may subscribe one.',
};

function outcomeCard(planId: string, home: Tenant, outcome: BreakGlassOutcome): AdaptiveCard {
  const refused = (reason: string) =>
    refusedCard({
      what: `break glass ${planId}`,
      reason,
      whoMay: `People whom the settings name for ${home.displayName}, with a second person.`,
      eligibleRoles: [],
    });
  switch (outcome.type) {
    case 'opened':
      return emptyCard({
        title: `Plan ${planId}`,
        sentence: 'The glass is broken for an hour.',
        nextStep:
          'Your card comes to your personal chat. Your approval counts only together with a second person’s. All subscribed places of the link are told.',
        suggestions: [],
      });
    case 'gone':
      return unknownPlan(planId);
    case 'wrong-state':
      return cannotNow(
        planId,
        outcome.state,
        'The glass can be broken only on a plan that waits for approval.',
      );
    case 'not-allowed':
      return refused(denialWords[outcome.why]);
    default:
      return refused(reasons[outcome.type]);
  }
}
