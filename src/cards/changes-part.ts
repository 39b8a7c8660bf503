import type { FieldChange, Link, PlannedStep, PlanRecord } from '../plan/types';
import { type Button, commandButton, showButton } from './buttons';
import { fieldRow } from './field-words';
import { ordinal, placeOf } from './plan-facts';
import type { View } from './render';
import { type Leaf, name, text, TITLE_LIMIT, toText } from './text';
import { andMore } from './words';

export interface ChangesPart {
  /** Fields `changes` and `more` of the part cards/parts/changes.json. */
  readonly view: View;
  /** Rows that did not fit the table, still to be shown behind a button. */
  readonly rest: readonly View[];
  /** Rows that are shown nowhere on the card. */
  readonly left: number;
}

/** The table of changes: `limit` rows at once, as many again behind a button, and a word about the others. */
export function changesPart(
  record: PlanRecord,
  link: Link,
  steps: readonly PlannedStep[],
  limit: number,
): ChangesPart {
  const rows = changeRows(record, link, steps, 2 * limit);
  const total = fieldCount(steps);
  return {
    view: { changes: rows.slice(0, limit), more: andMore(total - limit, 'changed field') },
    rest: rows.slice(limit),
    left: Math.max(0, total - 2 * limit),
  };
}

/** One row per changed field: tenant, step, field, before, after; at most `most` rows from `from` on (0 = first). */
export function changeRows(
  record: PlanRecord,
  link: Link,
  steps: readonly PlannedStep[],
  most: number,
  from = 0,
): View[] {
  const rows: View[] = [];
  let position = 0;
  for (const [stepIndex, step] of steps.entries()) {
    for (const [changeIndex, change] of step.changes.entries()) {
      const start = Math.max(0, from - position);
      position += change.fields.length;
      if (start >= change.fields.length) continue;
      const isFirst = rows.length === 0;
      const before = isFirst ? undefined : steps[stepIndex - 1];
      const place = isFirst || changeIndex === 0 ? placeOf(link, step, before) : '';
      const title = step.changes.length === 1 ? step.title : change.title;
      const head = text`${ordinal(record, step)} ${name(title, TITLE_LIMIT)}`;
      const fields = change.fields.slice(start, start + most - rows.length);
      rows.push(
        ...fields.map((field, index) => rowOf(link, step, field, index === 0 ? { place, head } : {})),
      );
      if (rows.length >= most) return rows;
    }
  }
  return rows;
}

/** Changed fields, of which each is one row. */
export function fieldCount(steps: readonly PlannedStep[]): number {
  return steps.flatMap((step) => step.changes).reduce((sum, change) => sum + change.fields.length, 0);
}

function rowOf(
  link: Link,
  step: PlannedStep,
  change: FieldChange,
  first: { readonly place?: Leaf; readonly head?: Leaf },
): View {
  return {
    place: first.place ?? '',
    head: first.head ?? '',
    ...fieldRow(step, change, link),
  };
}

/** "Show 7 more" opens the rows that the table left out. */
export function moreChangesButton(part: ChangesPart, planId: string): Button[] {
  if (part.rest.length === 0) return [];
  const lines = part.rest.map((row) => ({
    type: 'Container',
    spacing: 'Small',
    items: [
      line(row['place'], { weight: 'Bolder' }),
      line(row['head']),
      line(row['field'], { isSubtle: true }),
      beforeAfter(row),
    ].filter(isShown),
  }));
  const tail = andMore(part.left, 'changed field');
  const all = part.left > 0 && planId !== '' ? [commandButton('Show every change', `changes ${planId}`)] : [];
  return [showButton(`Show ${part.rest.length} more`, [...lines, ...(tail === '' ? [] : [line(tail)])], all)];
}

type Field = View[string] | undefined;

function line(value: Field, look: Readonly<Record<string, unknown>> = {}) {
  return {
    type: 'TextBlock',
    text: toText((value ?? '') as Leaf).markdown,
    spacing: 'None',
    wrap: true,
    ...look,
  };
}

function beforeAfter(row: View) {
  const before = toText((row['before'] ?? '') as Leaf).markdown;
  const after = toText((row['after'] ?? '') as Leaf).markdown;
  return { type: 'TextBlock', text: `${before} → **${after}**`, spacing: 'None', wrap: true };
}

function isShown(block: { readonly text: string }): boolean {
  return block.text !== '';
}
