import type { DecisionVerb } from '../approvals/outcome';
import { roleName } from '../graph/role-templates';
import type { AdaptiveCard } from '../store/ports';
import type { CommandContext } from './context';
import { decisionCard } from './decision-views';

/** A decision by text, which can only stop things; through the same press as a button (I15). */
export async function decideByText(
  context: CommandContext,
  verb: Extract<DecisionVerb, 'reject' | 'withdraw'>,
  planId: string,
  reason: string | null,
): Promise<AdaptiveCard> {
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
  return decisionCard(outcome, {
    request,
    record: outcome.type === 'gone' ? undefined : await plans.find(planId),
    tenants,
    eligibleRoles: standing?.eligibleRoles.map(roleName) ?? [],
  });
}
