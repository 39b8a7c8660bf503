import type { DiffRow, DiffView } from '../cards/diff';
import { fieldWords } from '../cards/field-words';
import { kindWords } from '../cards/plan-words';
import { BotError } from '../errors';
import type { Change, FieldChange, JsonValue, Link, PlanKind, PlannedStep, PlanRecord } from '../plan/types';
import type { CommandContext } from './context';
import { mayOperateLink, mayView, type Known } from './standing';
import { linkName } from './tenant-names';

/** Plans of these kinds leave nothing behind that could be read back. */
const leavesNothing: readonly PlanKind[] = ['try'];
/** Older plans than these are not read. */
const mostPlans = 50;

/** One field that a plan set, by the newest plan that did. */
interface Wanted {
  readonly record: PlanRecord;
  readonly change: Change;
  readonly field: FieldChange;
}

/**
 * The link against what the plans applied here wanted: of each field the newest word counts. Steps of a tenant that the
 * person may not see are left out (decisions, Approval).
 */
export async function diffAgainstPlans(context: CommandContext, link: Link): Promise<DiffView> {
  const { plans, standing, graph } = context;
  const { plans: recent, total } = await plans.listRecent({ link, tenantIds: [] }, mostPlans);
  const applied = recent.filter(
    ({ state, content }) => state === 'applied' && !leavesNothing.includes(content.kind),
  );
  const wanted = standing ? newestOf(applied, link, standing) : [];
  const rows = await rowsOf(context, link, wanted);
  const differing = wanted.filter((_, index) => rows[index]?.isEqual === false);
  const mayPlan = standing !== null && mayOperateLink(standing, link);
  return {
    link,
    against: applied.length === 0 ? 'plans: none was applied here yet' : 'the plans applied here',
    column: 'Planned',
    rows,
    notes: notesOf(total),
    plan: mayPlan && differing[0] ? lineOf(differing[0].record, link) : null,
    others: [`diff ${linkName(link)} --against template`],
    readAt: graph.now().toISOString(),
  };
}

function notesOf(total: number): readonly string[] {
  const rest = total > mostPlans ? [`Only the newest ${mostPlans} plans were looked at.`] : [];
  return ['Of each setting the newest plan counts; what no plan ever touched is not compared.', ...rest];
}

/** The line that plans again what this plan wanted. */
function lineOf({ content }: PlanRecord, link: Link): string {
  return content.subject?.command ?? `${content.kind} ${linkName(link)}`;
}

/** `applied` is newest first. */
function newestOf(applied: readonly PlanRecord[], link: Link, standing: Known): readonly Wanted[] {
  const seen = new Map<string, Wanted>();
  for (const record of applied) {
    for (const step of record.content.steps) {
      if (!mayView(standing, link[step.side])) continue;
      for (const one of wantedBy(record, step)) {
        const key = `${step.tenantId} ${one.change.title} ${one.field.field}`;
        if (!seen.has(key)) seen.set(key, one);
      }
    }
  }
  return [...seen.values()];
}

function wantedBy(record: PlanRecord, step: PlannedStep): readonly Wanted[] {
  return step.changes.flatMap((change) => change.fields.map((field) => ({ record, change, field })));
}

/** What a plan would do again stands otherwise than it wanted. */
async function rowsOf(
  context: CommandContext,
  link: Link,
  wanted: readonly Wanted[],
): Promise<readonly DiffRow[]> {
  const again = new Map<string, readonly Change[] | null>();
  for (const { record } of wanted) {
    if (!again.has(record.id)) again.set(record.id, await changesAgain(context, link, record));
  }
  return wanted.map(({ record, change, field }) => {
    const setting = `${change.title}: ${fieldWords(field.field)} (${record.id}, ${kindWords[record.content.kind].short})`;
    const changes = again.get(record.id);
    if (!changes) return { setting, now: 'not readable', against: words(field.after), isEqual: null };
    const found = changes
      .filter(({ title }) => title === change.title)
      .flatMap(({ fields }) => fields)
      .find((one) => one.field === field.field);
    const after = words(field.after);
    return { setting, now: found ? words(found.before) : after, against: after, isEqual: !found };
  });
}

/** `null` when it cannot be looked at any more: a job that is gone, consent that was taken back. */
async function changesAgain(
  { plans, incoming }: CommandContext,
  link: Link,
  { content }: PlanRecord,
): Promise<readonly Change[] | null> {
  const { kind, desired, subject, requester } = content;
  const { conversationId } = incoming.conversation;
  try {
    const rest = await plans.preview({ kind, link, desired, subject, requester, conversationId });
    return rest?.content.steps.flatMap((step) => step.changes) ?? [];
  } catch (error) {
    if (error instanceof BotError) return null;
    throw error;
  }
}

function words(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
