import type { Link, PlanRecord } from '../plan/types';
import type { AdaptiveCard } from '../store/ports';
import { type Button, commandButton } from './buttons';
import { changeRows, fieldCount } from './changes-part';
import { planFooter } from './plan-facts';
import { stateWords } from './plan-words';
import { fit, render, ROW_LIMIT } from './render';
import { text } from './text';
import { counted, linkTitle } from './words';

export interface PlanChangesView {
  readonly record: PlanRecord;
  readonly link: Link;
  /** Tenants whose changes the reader may see; of the others only the number is told. */
  readonly tenantIds: readonly string[];
  /** The first row to show; 1 = the first of all. */
  readonly from: number;
  readonly timeZone?: string;
}

/** Every change of a plan, field by field, one page after the other: what a plan card has no room for (I5). */
export function planChangesCard({ record, link, tenantIds, from, timeZone }: PlanChangesView): AdaptiveCard {
  const steps = record.content.steps.filter((step) => tenantIds.includes(step.tenantId));
  const total = fieldCount(steps);
  const hidden = fieldCount(record.content.steps) - total;
  const first = Math.min(Math.max(1, from), Math.max(1, total));
  const { word, style } = stateWords[record.state];
  return fit((limit) => {
    const rows = changeRows(record, link, steps, limit, first - 1);
    const last = first + rows.length - 1;
    const rest =
      hidden === 0 ? text`` : text` ${counted(hidden, 'more', 'more')} in a tenant that you may not look at.`;
    const span =
      total === 0
        ? text`None of its changed fields is in a tenant that you may look at.`
        : text`Changed fields ${first} to ${last} of ${total}.${rest}`;
    return render(
      'plan-changes',
      {
        kind: text`Changes of ${record.id}`,
        title: linkTitle(link),
        state: word,
        style,
        sentence: span,
        footer: planFooter(record, link, timeZone),
      },
      { changes: rows, more: '' },
      { buttons: pager(record.id, first, last, total) },
    );
  });
}

function pager(planId: string, first: number, last: number, total: number): Button[] {
  const next = commandButton('Next page', `changes ${planId} --from ${last + 1}`, { style: 'positive' });
  const previous = commandButton(
    'Previous page',
    `changes ${planId} --from ${Math.max(1, first - ROW_LIMIT)}`,
  );
  return [
    ...(last < total ? [next] : []),
    ...(first > 1 ? [previous] : []),
    commandButton('Open plan', `approve ${planId}`),
  ];
}
