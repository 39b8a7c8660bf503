import type { DecisionRequest, DecisionVerb } from '../approvals/outcome';
import { roleName } from '../graph/role-templates';
import type { Incoming } from './command';
import { decisionCard } from './decision-views';
import { unknownPlan } from './not-found-views';
import { strangerCard } from './refusals';
import { rememberConversation } from './remember-conversation';
import type { Desk, Reply } from './steward';

type Decision = Extract<Incoming['content'], { type: 'decision' }>;

const verbs: readonly DecisionVerb[] = ['submit', 'confirm', 'discard', 'approve', 'reject', 'withdraw'];

/**
 * A pressed decision. Guests and unknown people leave no press (I13); everything else is stored and decided by the
 * core, which reads authority live (I11). A recorded decision puts the person's present card in place of the pressed
 * one; anything else is a message, so that the card keeps its buttons and its inputs.
 */
export async function answerDecision(desk: Desk, incoming: Incoming, content: Decision): Promise<Reply> {
  const { person } = incoming;
  const standing = await desk.standings.of(person, false);
  if (standing.outcome === 'refused') return { card: strangerCard(), asMessage: true };
  await rememberConversation(desk.parts.store, incoming.conversation);
  const verb = verbs.find((one) => one === content.decision);
  if (!verb) return { card: unknownPlan(content.planId), asMessage: true };
  const request = requestOf(incoming, content, verb);
  const pressed = await desk.plans.press(incoming.activityId, request);
  const outcome = pressed.outcome ?? (await pressed.later);
  const record = outcome.type === 'gone' ? undefined : await desk.plans.find(content.planId);
  const eligibleRoles = standing.outcome === 'known' ? standing.eligibleRoles.map(roleName) : [];
  const said = decisionCard(outcome, { request, record, tenants: desk.tenants, eligibleRoles });
  const isPersonal = incoming.conversation.kind === 'personal';
  if (outcome.type !== 'recorded') return { card: said, asMessage: true };
  return { card: (await desk.plans.currentCard(content.planId, person, isPersonal)) ?? said, lateCard: said };
}

/** Only these are read from a card (I4); a reason and a count are the person's own words. */
function requestOf({ person }: Incoming, content: Decision, verb: DecisionVerb): DecisionRequest {
  const { planId, revision, nonce, inputs } = content;
  const { tenantId, objectId, displayName } = person;
  const reason = inputs['reason']?.trim();
  const count = inputs['count']?.trim();
  return {
    verb,
    planId,
    revision,
    nonce,
    person: { tenantId, objectId, displayName },
    reason: reason ? reason : null,
    typedCount: count && /^\d{1,9}$/.test(count) ? Number(count) : null,
    surface: 'execute',
  };
}
