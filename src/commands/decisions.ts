import type { DecisionRequest, DecisionVerb, Denial } from '../approvals/outcome';
import { BotError } from '../errors';
import { roleName } from '../graph/role-templates';
import type { Incoming } from './command';
import { decisionCard } from './decision-views';
import { unknownPlan } from './not-found-views';
import { strangerCard } from './refusals';
import { rememberConversation } from './remember-conversation';
import type { Desk, Reply } from './steward';

type Decision = Extract<Incoming['content'], { type: 'decision' }>;

const verbs: readonly DecisionVerb[] = [
  ...(['submit', 'confirm', 'discard', 'withdraw'] as const),
  ...(['approve', 'approve-canary', 'continue', 'reject'] as const),
];

/**
 * A pressed decision: checked without any directory, stored, and decided by the core, which reads authority live
 * (decisions, Press protocol; I11). A card that was drawn for this very person proves that they are no stranger; for
 * any other press the directory is asked first, so that guests and unknown people leave no row (I13). A recorded
 * decision puts the person's present card in place of the pressed one; anything else is a message, so that the card
 * keeps its buttons and its inputs.
 */
export async function answerDecision(desk: Desk, incoming: Incoming, content: Decision): Promise<Reply> {
  const { person } = incoming;
  const verb = verbs.find((one) => one === content.decision);
  const isTheirs = verb !== undefined && (await desk.plans.wasShown(content.planId, content.nonce, person));
  if (!isTheirs && (await isRefused(desk, person))) return { card: strangerCard(), asMessage: true };
  await rememberConversation(desk.parts.store, incoming.conversation);
  if (!verb) return { card: unknownPlan(content.planId), asMessage: true };
  const request = requestOf(incoming, content, verb);
  const pressed = await desk.plans.press(incoming.activityId, request);
  const outcome = pressed.outcome ?? (await pressed.later);
  if (outcome.type === 'not-allowed' && strangers.includes(outcome.why)) {
    return { card: strangerCard(), asMessage: true };
  }
  const record = outcome.type === 'gone' ? undefined : await desk.plans.find(content.planId);
  const eligibleRoles = outcome.type === 'not-allowed' ? await eligibleOf(desk, person) : [];
  const said = decisionCard(outcome, { request, record, tenants: desk.tenants, eligibleRoles });
  const isPersonal = incoming.conversation.kind === 'personal';
  if (outcome.type !== 'recorded') return { card: said, asMessage: true };
  return { card: (await desk.plans.currentCard(content.planId, person, isPersonal)) ?? said, lateCard: said };
}

/** Whom the directory does not know as its own: they all see the same card, which tells nothing. */
const strangers: readonly Denial[] = ['stranger', 'unknown-person', 'guest', 'disabled'];

async function isRefused({ standings }: Desk, person: Incoming['person']): Promise<boolean> {
  return (await standings.of(person, false)).outcome === 'refused';
}

/** Role names that the person could activate: only to tell them, so an unanswered question is none. */
async function eligibleOf({ standings }: Desk, person: Incoming['person']): Promise<readonly string[]> {
  const standing = await standings.of(person, false).catch((error: unknown) => {
    if (error instanceof BotError) return null;
    throw error;
  });
  return standing?.outcome === 'known' ? standing.eligibleRoles.map(roleName) : [];
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
