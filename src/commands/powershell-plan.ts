import { idsToLookUp, planScript } from '../export/powershell/plan-script';
import { userRuleId } from '../graph/synchronization-schema';
import type { Link, PlanContent, PlanState, ResolvedIds } from '../plan/types';
import type { AdaptiveCard } from '../store/ports';
import type { CommandContext } from './context';
import { lookAt } from './look-at';
import { unknownPlan } from './not-found-views';
import { noScript, scriptCard } from './powershell-views';
import { mayView, mayViewLink, type Known } from './standing';

/** A plan in PowerShell: the steps of tenants that the person may see, with ids that exist read now. */
export async function planPowershell(
  context: CommandContext,
  planId: string,
  page: number,
): Promise<AdaptiveCard> {
  const { plans, tenants, standing, incoming } = context;
  const record = await plans.find(planId);
  const link = record && tenants.linkOf(record.content.sourceTenantId, record.content.targetTenantId);
  if (!record || !link || !standing || !mayViewLink(standing, link)) return unknownPlan(planId);
  // A channel sees no names of affected people (cards of plans there leave them out too).
  if (incoming.conversation.kind !== 'personal') {
    return noScript(planId, 'Ask me in our own chat: the lines of a plan name the people it affects.');
  }
  const mine = record.content.steps.filter((step) => mayView(standing, link[step.side]));
  if (mine.length === 0)
    return noScript(planId, 'All its steps are in the other tenant, for its own people.');
  const known = await knownIds(context, record.content, link, standing);
  const script = planScript(record.content, link, known, (tenant) => mayView(standing, tenant));
  const others =
    mine.length < record.content.steps.length ? ' The steps of the other tenant are for its own people.' : '';
  return scriptCard(planId, script, page, { note: `${notes[record.state]}${others}`, back: null });
}

const byHand =
  'These lines do what the plan would do, in its order. Run by hand they go without approval, read-back and record.';
const done = 'These lines are what the plan did. They are a record: run again they would fail or double.';
const partly = 'The plan did some of these lines, or tried to. Look at its result before you run any.';

const notes: Readonly<Record<PlanState, string>> = {
  draft: byHand,
  submitted: byHand,
  approved: byHand,
  applying: 'The plan is running these lines now. Do not run them beside it.',
  applied: done,
  failed: partly,
  'needs-attention': partly,
  stale: partly,
  rejected: 'The plan was rejected. These lines are what it would have done.',
  withdrawn: 'The plan was withdrawn. These lines are what it would have done.',
  expired: 'The plan expired. These lines are what it would have done.',
  superseded: 'A newer plan took its place. These lines are what it would have done.',
};

/** Ids of what exists already; the script looks the others up by itself. */
async function knownIds(
  context: CommandContext,
  content: PlanContent,
  link: Link,
  standing: Known,
): Promise<ResolvedIds> {
  const names = idsToLookUp(content);
  if (names.length === 0 || !mayView(standing, link.source)) return {};
  const look = lookAt(context, link);
  const configuration = await look.configuration();
  if (!configuration) return {};
  const job = await look.job();
  const schema = names.includes('ruleId') ? await look.schema() : undefined;
  const ruleId = schema ? userRuleId(schema) : null;
  return {
    servicePrincipalId: configuration.id,
    ...(configuration.appRoleId ? { appRoleId: configuration.appRoleId } : {}),
    ...(job ? { jobId: job.id } : {}),
    ...(ruleId ? { ruleId } : {}),
  };
}
