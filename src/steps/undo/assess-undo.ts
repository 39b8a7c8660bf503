import { BotError } from '../../errors';
import type { Left, UndoPart } from '../../plan/subject';
import type { Change, JsonValue, StepContext } from '../../plan/types';
import { inverseOf, type Done, type Reversal } from './inverse-of';
import { mergeParts } from './merge-parts';
import { undoSteps } from './undo-steps';

export interface Assessment {
  readonly parts: readonly UndoPart[];
  /** What stays as it is, and why. */
  readonly left: readonly Left[];
}

/**
 * What of an earlier plan can be taken back now. Reads both tenants, writes nothing. What somebody changed since is
 * left alone and told, as is what is as it was before already. Guards of a step that refuses (a lock-out, a policy that
 * forbids) are told as its reason.
 *
 * @throws BotError of the reads when a tenant does not answer
 */
export async function assessUndo(
  context: Omit<StepContext, 'subject'>,
  planId: string,
  done: readonly Done[],
): Promise<Assessment> {
  const left: Left[] = [];
  const ways: Reversal[] = [];
  for (const one of done) {
    const inverse = inverseOf(one);
    if (typeof inverse !== 'string') ways.push(...inverse);
    else left.push({ title: one.change.title, tenantId: one.step.tenantId, reason: inverse });
  }
  const open: Reversal[] = [];
  for (const part of mergeParts(ways.map((way) => way.part))) {
    const own = ways.filter((way) => way.part.step === part.step);
    const found = await changesOf(context, part);
    for (const way of own) {
      const why = typeof found === 'string' ? found : whyNot(way, found, planId);
      if (why === null) open.push(way);
      else left.push({ title: way.title, tenantId: way.tenantId, reason: why });
    }
  }
  return { parts: mergeParts(open.map((way) => way.part)), left };
}

/** What the part would do now, or why it refuses to. */
async function changesOf(
  context: Omit<StepContext, 'subject'>,
  part: UndoPart,
): Promise<readonly Change[] | string> {
  const whole: StepContext = { ...context, subject: undoOf([part]) };
  const changes: Change[] = [];
  try {
    for (const step of undoSteps) changes.push(...step.diff(whole, await step.observe(whole)));
    return changes;
  } catch (error) {
    if (!(error instanceof BotError) || !refusals.includes(error.code)) throw error;
    return `It was refused while ${error.doing}. ${error.remedy}`;
  }
}

/** What a step says when it will not do something; all else is a fault of the moment or a missing consent. */
const refusals = ['not-allowed', 'not-found', 'conflict'];

/** A subject that carries parts, for looking only. */
function undoOf(parts: readonly UndoPart[]) {
  const nobody = { command: '', displayName: '', planId: '', left: [] } as const;
  return { type: 'undo', ...nobody, tier: 'T1', kind: 'undo', parts } as const;
}

function whyNot(way: Reversal, found: readonly Change[], planId: string): string | null {
  const own = way.principalId
    ? found.filter(
        ({ parameters }) => String(parameters['principalId'] ?? '').toLowerCase() === way.principalId,
      )
    : found;
  const fields = own.flatMap((change) => change.fields);
  const names = Object.keys(way.left);
  const isSilent = names.length === 0 || way.isWhole === true;
  const isDone = isSilent ? own.length === 0 : names.every((name) => !fields.some(named(name)));
  if (isDone) return 'It is already as it was before.';
  const moved = fields.find(({ field, before }) => {
    const ours = way.left[field];
    return ours !== undefined && !isSame(ours, before);
  });
  if (way.isWhole && !moved) {
    const isEqual = fields.length === names.length && names.every((name) => fields.some(named(name)));
    return isEqual ? null : `Somebody changed it after ${planId}.`;
  }
  if (!moved) return null;
  return `Somebody changed ${moved.field} after ${planId}: it is ${words(moved.before)} now, not ${words(way.left[moved.field] ?? null)}.`;
}

function named(name: string) {
  return ({ field }: { readonly field: string }) => field === name;
}

function isSame(one: JsonValue, other: JsonValue): boolean {
  return words(one).toLowerCase() === words(other).toLowerCase();
}

function words(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
