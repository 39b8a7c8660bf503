import type { PlanAudience, PlannedStep, PlanRecord } from '../plan/types';
import { type Button, commandButton, decisionButton } from './buttons';
import { name, text, type Text, TITLE_LIMIT } from './text';
import { when } from './when';
import { listed } from './words';

/** "the first change", "the first 5 changes". */
export function headWords(count: number): string {
  return count === 1 ? 'the first change' : `the first ${count} changes`;
}

/** Which changes can be approved alone, and what becomes of the rest; none where the plan is decided as a whole. */
export function canaryLines(
  { changes }: Pick<PlannedStep, 'changes'>,
  { canarySize }: PlanAudience & { role: 'approver' },
): Text[] {
  if (canarySize === undefined) return [];
  const titles = changes.slice(0, canarySize).map(({ title }) => name(title, TITLE_LIMIT));
  return [
    text`**${canaryTitle(canarySize)}** makes ${headWords(canarySize)} (${listed(titles, canarySize)}), then waits until you continue. Without that, the rest is not made.`,
  ];
}

/** "Approve only the first change". */
export function canaryTitle(count: number): string {
  return `Approve only ${headWords(count)}`;
}

/** "The first change is done and read back. It waits for Jo Doe to continue; nothing more is written before." */
export function holdSentence({ hold, stop }: PlanRecord, audience: PlanAudience): Text | null {
  if (!hold?.isReached || stop) return null;
  const head = headWords(hold.after);
  const done = `${head.charAt(0).toUpperCase()}${head.slice(1)} ${hold.after === 1 ? 'is' : 'are'} done`;
  const until = hold.until === null ? '' : text` until ${when(hold.until, audience.timeZone)}`;
  const isYou = audience.role === 'approver' && audience.isWaitedFor === true;
  const others = hold.waitsFor.length > 1 ? text`, one of ${hold.waitsFor.length},` : '';
  const who = isYou ? text`you${others}` : waitsForWords(hold.waitsFor);
  return text`${done} and read back. It waits${until} for ${who} to continue; nothing more is written before.`;
}

/** In the place of the state, which says that it runs. */
export const heldWords = { word: 'Waits', style: 'warning' } as const;

/** What a plan that runs will do at its hold; none once it is there. */
export function holdLines({ hold }: PlanRecord): Text[] {
  if (!hold || hold.isReached) return [];
  return [
    text`After ${headWords(hold.after)} it waits for ${waitsForWords(hold.waitsFor)}, who approved no more than that.`,
  ];
}

export function continueButtons(record: PlanRecord, audience: PlanAudience): Button[] {
  const isTheirs = audience.role === 'approver' && audience.isWaitedFor === true;
  if (!isTheirs || !record.hold?.isReached || record.stop || record.freeze) return [];
  const ticket = { planId: record.id, revision: record.revision, nonce: audience.nonce };
  return [decisionButton('Continue plan', 'continue', ticket, { style: 'positive' })];
}

/** Ends it where it holds; for those who may ask for it. */
export function stopButton({ id, state, hold }: PlanRecord): Button {
  const title = hold?.isReached
    ? 'Stop plan here'
    : state === 'approved'
      ? 'Stop before it begins'
      : 'Stop after this step';
  return commandButton(title, `stop ${id}`, { style: 'destructive' });
}

function waitsForWords(people: readonly { readonly displayName: string }[]): Text {
  return listed(
    people.map(({ displayName }) => displayName),
    4,
  );
}
