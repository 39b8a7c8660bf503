import type { DelegateOutcome } from '../approvals/delegate';
import { emptyCard } from '../cards/empty';
import { refusedCard } from '../cards/refused';
import { findUser } from '../graph/users';
import type { AdaptiveCard } from '../store/ports';
import { denialWords } from './decision-views';
import type { CommandDefinition } from './definition';
import { unknownPlan, unknownUser } from './not-found-views';
import { cannotNow } from './plan-views';

export const delegate: CommandDefinition = {
  name: 'delegate',
  aliases: ['handover'],
  group: 'Decide',
  summary: 'Hand an approval that you were asked for to a colleague',
  details:
    'The colleague must hold the roles for it now, and again when they press. Never the person who asked for the plan. A plan that needs two people still needs two.',
  arguments: [
    { name: 'plan', kind: 'plan' },
    { name: 'user', kind: 'user' },
  ],
  options: [],
  tier: 'R',
  who: 'viewer',
  examples: () => ['delegate PL-0031 sam@example.com'],
  async run({ plans, person, standing, home, graph }, { words }) {
    const [planId, typed] = [words['plan'] ?? '', words['user'] ?? ''];
    const found = await findUser(graph.read(home.tenantId), typed);
    if (found.outcome !== 'found') {
      return unknownUser(typed, found, home, (name) => `delegate ${planId} ${name}`);
    }
    const { id: objectId, displayName } = found.user;
    const to = { tenantId: home.tenantId, objectId, displayName: displayName ?? typed };
    const outcome = await plans.delegate(planId, standing?.person ?? person, to);
    return outcomeCard(planId, to.displayName, outcome);
  },
};

const takeWords: Readonly<Partial<Record<Extract<DelegateOutcome, { type: 'cannot-take' }>['why'], string>>> =
  {
    requester: 'asked for the plan, so they cannot decide it.',
    'asked-already': 'was asked already.',
    'no-personal-chat': 'has no chat with me yet: they have to write to me once.',
    'eligible-only': 'could hold the role, but it is not active.',
    affected: 'is changed by the plan, so they cannot decide it.',
    'lookup-failed': 'could not be looked up. Try again in a minute.',
  };

function outcomeCard(planId: string, name: string, outcome: DelegateOutcome): AdaptiveCard {
  const refused = (reason: string) =>
    refusedCard({
      what: `delegate ${planId}`,
      reason,
      whoMay:
        'Somebody who was asked to approve it and has not answered, to a colleague with the same roles.',
      eligibleRoles: [],
    });
  switch (outcome.type) {
    case 'delegated':
      return emptyCard({
        title: `Plan ${planId}`,
        sentence: `${name} has the request now. Your card says so.`,
        nextStep: 'Their role is read again when they decide.',
        suggestions: [],
      });
    case 'gone':
      return unknownPlan(planId);
    case 'wrong-state':
      return cannotNow(planId, outcome.state, 'Only a plan that waits for approval can be handed over.');
    case 'nothing-to-hand-over':
      return refused('You were not asked for it, or have answered, or handed it over already.');
    case 'not-allowed':
      return refused(denialWords[outcome.why]);
    case 'cannot-take':
      return refused(`${name} ${takeWords[outcome.why] ?? 'holds no role that may decide this now.'}`);
  }
}
