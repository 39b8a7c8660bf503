import type { Link, PlannedStep, PlanRecord } from '../plan/types';
import { type Button, showButton } from './buttons';
import { changeRows } from './plan-facts';
import type { View } from './render';
import { toText, type Leaf } from './text';
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
  const rows = changeRows(record, link, steps);
  const rest = rows.slice(limit, 2 * limit);
  return {
    view: { changes: rows.slice(0, limit), more: andMore(rows.length - limit, 'changed field') },
    rest,
    left: Math.max(0, rows.length - 2 * limit),
  };
}

/** "Show 7 more" opens the rows that the table left out. */
export function moreChangesButton(part: ChangesPart): Button[] {
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
  return [showButton(`Show ${part.rest.length} more`, [...lines, ...(tail === '' ? [] : [line(tail)])])];
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
