import { alreadyCard } from '../cards/already';
import { emptyCard } from '../cards/empty';
import { errorCard } from '../cards/error';
import { stateWords } from '../cards/plan-words';
import { refusedCard } from '../cards/refused';
import type { DecisionOutcome, DecisionRequest, Denial, EmergencyWay } from '../approvals/outcome';
import { roleName } from '../graph/role-templates';
import type { PlanRecord, PlanState } from '../plan/types';
import type { AdaptiveCard } from '../store/ports';
import { unknownPlan } from './not-found-views';
import type { TenantNames } from './tenant-names';
import { listed } from './words';

export interface DecisionSurroundings {
  readonly request: Pick<DecisionRequest, 'verb' | 'planId' | 'surface'>;
  readonly record: PlanRecord | undefined;
  readonly tenants: TenantNames;
  /** Role names that the person could activate. */
  readonly eligibleRoles: readonly string[];
}

/** What a decision came to, for the person who made it; a recorded one as a sentence. */
export function decisionCard(outcome: DecisionOutcome, around: DecisionSurroundings): AdaptiveCard {
  const { request } = around;
  switch (outcome.type) {
    case 'recorded':
      return doneCard(request, recordedWords[request.verb]);
    case 'not-allowed':
      return deniedCard(outcome, around);
    case 'own-request':
      return refused(
        around,
        'You asked for this plan, so you cannot decide it.',
        'Somebody else who may approve.',
      );
    case 'already-decided':
      return standing(around, outcome.state, storedWords(outcome));
    case 'superseded':
      return standing(around, outcome.state, 'That card showed an older version of the plan.');
    case 'wrong-state':
      return standing(around, outcome.state, 'That cannot be done with this plan any more.');
    case 'expired':
      return standing(around, 'expired', 'The time to decide is over. Plan it again if it is still wanted.');
    case 'gone':
      return unknownPlan(request.planId);
    case 'reason-needed':
      return faultCard(around, 'Write a reason first: people will read it.');
    case 'count-needed':
      return faultCard(around, 'Type the number of affected people as the card shows it.');
    case 'held':
      return heldCard(outcome, around);
    case 'not-read':
      return faultCard(
        around,
        'Try again in a minute: the tenants could not be read, so nobody knows what stands.',
      );
    case 'nobody-reachable':
      return unreachableCard(outcome, around);
  }
}

const recordedWords: Readonly<Record<DecisionRequest['verb'], string>> = {
  submit: 'You submitted it for approval.',
  confirm: 'You confirmed it.',
  discard: 'You discarded it. Nothing was changed.',
  approve: 'You approved it.',
  'approve-canary': 'You approved its first changes. After them it waits for you.',
  continue: 'You approved the rest, and it goes on.',
  reject: 'You rejected it. Nothing is run.',
  withdraw: 'You withdrew it. Nothing is run.',
  stop: 'Nothing more is begun. The change that runs now is finished and read back.',
  close: 'You closed it. What you found is kept with it.',
};

/** Why a person may not, for that person; guests and unknown people learn nothing (I13). */
export const denialWords: Readonly<Record<Denial, string>> = {
  stranger: 'I do not know you.',
  'unknown-person': 'I do not know you.',
  guest: 'I do not know you.',
  disabled: 'I do not know you.',
  'no-role': 'You hold no role that may do this now.',
  'eligible-only': 'You could hold the role, but it is not active.',
  affected: 'The plan changes you, so somebody else has to decide it.',
  'not-requester': 'Only the person who asked for the plan may do this.',
  'not-waited-for': 'Only whoever approved the first changes alone lets the rest go on.',
  'lookup-failed': 'Your roles could not be read, and nobody decides without them. Try again in a minute.',
};

function deniedCard(
  outcome: Extract<DecisionOutcome, { type: 'not-allowed' }>,
  around: DecisionSurroundings,
): AdaptiveCard {
  const tenant = outcome.tenantId === null ? undefined : around.tenants.byId(outcome.tenantId);
  const roles = listed(outcome.roleTemplateIds.map(roleName).toSorted(), 'or');
  const people = listed(outcome.whoMay.map(({ displayName }) => displayName).slice(0, 5), 'or');
  const byRole = roles === '' ? '' : `${roles}${tenant ? ` of ${tenant.displayName}` : ''}`;
  const whoMay = [people, byRole].filter(Boolean).join(': ') || 'The person who asked for it.';
  return refused(around, denialWords[outcome.why], whoMay.endsWith('.') ? whoMay : `${whoMay}.`);
}

function unreachableCard(
  outcome: Extract<DecisionOutcome, { type: 'nobody-reachable' }>,
  around: DecisionSurroundings,
): AdaptiveCard {
  const tenant = around.tenants.byId(outcome.tenantId)?.displayName ?? outcome.tenantId;
  const people = listed(outcome.couldApprove.map(({ displayName }) => displayName).slice(0, 5), 'or');
  const whoMay =
    people === ''
      ? `Nobody of ${tenant} holds the needed roles now.`
      : `${people} of ${tenant} could, after opening a chat with me.`;
  const few = outcome.needed === 1 ? 'Nobody' : `Fewer than ${outcome.needed} people`;
  const reason = `${few} who may approve for ${tenant} can be reached, so the plan was not submitted.`;
  return refused(
    around,
    reason,
    outcome.emergency ? `${whoMay} ${emergencyWords[outcome.emergency]}` : whoMay,
  );
}

/** Why break-glass does not help either. */
const emergencyWords: Readonly<Record<Exclude<EmergencyWay, 'open' | 'off'>, string>> = {
  'too-few':
    'Break-glass does not help yet: too few of those whom the settings name for it have a chat with me, and it takes two people in all.',
  'no-channel':
    'Break-glass could help once a channel is subscribed to the link: somebody who operates it types subscribe there.',
};

/** Done just now; everybody's card of the plan is put right through the outbox. */
function doneCard({ planId }: DecisionSurroundings['request'], sentence: string): AdaptiveCard {
  const nextStep = 'Everybody’s card of this plan shows it in a moment.';
  return emptyCard({ title: `Plan ${planId}`, sentence, nextStep, suggestions: [] });
}

function refused(
  { request, eligibleRoles }: DecisionSurroundings,
  reason: string,
  whoMay: string,
): AdaptiveCard {
  return refusedCard({ what: `${request.verb} ${request.planId}`, reason, whoMay, eligibleRoles });
}

function standing(
  { request, record, tenants }: DecisionSurroundings,
  state: PlanState,
  sentence: string,
): AdaptiveCard {
  if (request.surface === 'text') {
    return emptyCard({
      title: `Plan ${request.planId}`,
      sentence,
      nextStep: `Nothing was changed by this. The plan is: ${state}.`,
      suggestions: [],
    });
  }
  const link = record && tenants.linkOf(record.content.sourceTenantId, record.content.targetTenantId);
  return alreadyCard({ planId: request.planId, link: link ?? null, state, sentence });
}

/** A repeat is answered by what is stored: what this person decided, when, in which words, and what came of it. */
function storedWords({
  decision,
  at,
  reason,
}: Extract<DecisionOutcome, { type: 'already-decided' }>): string {
  const words = reason === null ? '' : ` Your words: “${reason}”.`;
  const what = decision === 'approved-canary' ? 'approved the first changes of it' : `${decision} it`;
  return `You ${what} on ${clock(at)}, and that stands.${words}`;
}

/** I19: the holder's card is one press away. */
function heldCard(
  { holderId, holderName, state }: Extract<DecisionOutcome, { type: 'held' }>,
  { request }: DecisionSurroundings,
): AdaptiveCard {
  return refusedCard({
    what: `${request.verb} ${request.planId}`,
    reason: `${holderId} of ${holderName} is open for this link and does the same or deletes something too (${stateWords[state].word.toLowerCase()}). One at a time.`,
    whoMay: `You, once ${holderId} has ended.`,
    eligibleRoles: [],
    suggestions: [`approve ${holderId}`],
  });
}

function faultCard({ request }: DecisionSurroundings, remedy: string): AdaptiveCard {
  return errorCard({
    code: 'bad-input',
    doing: `taking your decision on ${request.planId}`,
    remedy,
    retryCommand: null,
  });
}

function clock(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}
