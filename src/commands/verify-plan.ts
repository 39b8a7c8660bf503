import { emptyCard } from '../cards/empty';
import { fieldWords } from '../cards/field-words';
import { verifyCard } from '../cards/verify';
import type { FieldChange, JsonValue, PlanRecord } from '../plan/types';
import type { AdaptiveCard } from '../store/ports';
import type { CommandContext } from './context';
import { unknownPlan } from './not-found-views';
import { mayView, mayViewLink, type Known } from './standing';
import type { TenantNames } from './tenant-names';
import { userArgument } from './user-argument';

/** Reads both tenants again and compares them with what the plan wanted, field by field. */
export async function verifyPlan(context: CommandContext, planId: string): Promise<AdaptiveCard> {
  const { plans, tenants, standing, incoming, graph } = context;
  const record = await plans.find(planId);
  const link = record && tenants.linkOf(record.content.sourceTenantId, record.content.targetTenantId);
  if (!record || !link || !standing || !mayViewLink(standing, link)) return unknownPlan(planId);
  const { kind, desired, subject, requester } = record.content;
  if (kind === 'try') {
    return emptyCard({
      title: `Plan ${planId}`,
      sentence: 'A try leaves nothing to read back but the user.',
      nextStep: 'Verify the user instead.',
      suggestions:
        subject?.type === 'user'
          ? [
              `verify ${userArgument({ ...subject, id: subject.userId })} ${link.source.key}>${link.target.key}`,
            ]
          : [],
    });
  }
  if (kind === 'restart') {
    return emptyCard({
      title: `Plan ${planId}`,
      sentence: 'A restart leaves nothing to read back but the job itself.',
      nextStep: 'Look at the job instead.',
      suggestions: [`status ${link.source.key}>${link.target.key}`],
    });
  }
  const { conversationId } = incoming.conversation;
  const rest = openOf(await plans.preview({ kind, link, requester, desired, subject, conversationId }));
  const rows = rowsOf(record, rest, tenants, standing);
  const differing = rows.filter(({ isEqual }) => !isEqual).length;
  return verifyCard({
    link,
    subject: `Plan ${planId}`,
    isEqual: rest === null,
    isReadBack: true,
    verdict:
      rest === null
        ? 'Everything that the plan wanted is in place.'
        : `${differing === 0 ? 'Some' : differing} of its values ${differing === 1 ? 'is' : 'are'} different now.`,
    remedy:
      rest === null
        ? null
        : `Run ${subject?.command ?? `setup ${link.source.key}>${link.target.key}`} to plan what differs.`,
    source: null,
    target: null,
    rows,
    readAt: graph.now().toISOString(),
  });
}

/** What is left to do; a proof can always be run again, so it never counts as left. */
function openOf(rest: PlanRecord | null): PlanRecord | null {
  const steps = rest?.content.steps.filter(({ name }) => name !== 'sync-proof') ?? [];
  return rest && steps.length > 0 ? { ...rest, content: { ...rest.content, steps } } : null;
}

/** The steps of tenants that the person may see (decisions, Approval). */
function rowsOf(record: PlanRecord, rest: PlanRecord | null, tenants: TenantNames, standing: Known) {
  return record.content.steps.flatMap((step) => {
    const tenant = tenants.byId(step.tenantId);
    if (!tenant || !mayView(standing, tenant)) return [];
    return step.changes.flatMap((change) => change.fields.map((field) => rowOf(change, field, rest)));
  });
}

/** A change that would be planned again is not as the plan wanted it; `source` = wanted, `target` = found. */
function rowOf(
  change: { readonly operation: string; readonly title: string },
  field: FieldChange,
  rest: PlanRecord | null,
) {
  const again = rest?.content.steps
    .flatMap((step) => step.changes)
    .find((one) => one.operation === change.operation && one.title === change.title)
    ?.fields.find((one) => one.field === field.field);
  return {
    attribute: `${change.title}: ${fieldWords(field.field)}`,
    source: wordsOf(field, field.after),
    target: wordsOf(field, again ? again.before : field.after),
    isEqual: again === undefined,
    mapping: '',
  };
}

/** Who is assigned stands in the title; the id behind it helps nobody. */
function wordsOf({ field }: FieldChange, value: JsonValue): string {
  if (field === 'appRoleAssignedTo') return value === 'absent' || value === null ? 'no' : 'yes';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
