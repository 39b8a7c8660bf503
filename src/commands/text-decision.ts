import type { DecisionOutcome, DecisionVerb } from '../approvals/outcome';
import { roleName } from '../graph/role-templates';
import type { AdaptiveCard } from '../store/ports';
import type { CommandContext } from './context';
import { decisionCard } from './decision-views';

type TextVerb = Extract<DecisionVerb, 'reject' | 'withdraw' | 'close' | 'stop'>;

export async function decideByText(
  context: CommandContext,
  verb: TextVerb,
  planId: string,
  reason: string | null,
): Promise<AdaptiveCard> {
  return (await decide(context, verb, planId, reason)).card;
}

/** A decision by text, which can only stop things; through the same press as a button (I15). */
export async function decide(
  context: CommandContext,
  verb: TextVerb,
  planId: string,
  reason: string | null,
): Promise<{ readonly outcome: DecisionOutcome; readonly card: AdaptiveCard }> {
  const { plans, incoming, person, standing, tenants } = context;
  const request = {
    verb,
    planId,
    revision: null,
    nonce: null,
    person: standing?.person ?? person,
    reason,
    typedCount: null,
    surface: 'text',
  } as const;
  const pressed = await plans.press(incoming.activityId, request);
  const outcome = pressed.outcome ?? (await pressed.later);
  const card = decisionCard(outcome, {
    request,
    record: outcome.type === 'gone' ? undefined : await plans.find(planId),
    tenants,
    eligibleRoles: standing?.eligibleRoles.map(roleName) ?? [],
  });
  return { outcome, card };
}
