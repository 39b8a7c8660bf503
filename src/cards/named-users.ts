import type { PlannedStep } from '../plan/types';
import { type Button, showButton } from './buttons';
import { leaverCount } from './plan-facts';
import type { View } from './render';
import { type Leaf, name, text } from './text';
import { andMore, counted } from './words';

/** The first leavers at once and more of them behind a button: for those who decide, and nobody else. */
export function leaversPart(
  steps: readonly PlannedStep[],
  limit: number,
): { readonly view: View; readonly buttons: readonly Button[] } {
  const total = leaverCount(steps);
  const named = steps.flatMap((step) => step.changes.flatMap(({ leavers }) => leavers?.named ?? []));
  const lines = named.map((user) => lineOf(user));
  const hidden = lines.slice(limit, limit * MORE);
  const view = {
    leaverCount: total === 0 ? '' : counted(total, 'user leaves the scope', 'users leave the scope'),
    leavers: lines.slice(0, limit).map((line) => ({ line })),
    moreLeavers: andMore(total - Math.min(limit, lines.length), 'user'),
  };
  if (hidden.length === 0) return { view, buttons: [] };
  const tail = andMore(total - limit - hidden.length, 'user');
  const blocks = [...hidden, ...(tail === '' ? [] : [tail])].map(blockOf);
  return { view, buttons: [showButton(`Show ${hidden.length} more who leave`, blocks)] };
}

/** What a mapping makes of a few users: before and after, as they would be written. */
export function examplesPart(steps: readonly PlannedStep[]): View {
  const examples = steps.flatMap((step) => step.changes.flatMap((change) => change.examples ?? []));
  return {
    examples: examples.map((example) => ({
      user: example.displayName,
      signIn: example.userPrincipalName,
      before: valueOf(example.before),
      after: valueOf(example.after),
    })),
  };
}

function valueOf(value: string | null): Leaf {
  if (value === null) return text`cannot be previewed`;
  return value === '' ? text`empty` : value;
}

function lineOf(user: { readonly displayName: string; readonly userPrincipalName: string }): Leaf {
  return user.userPrincipalName === ''
    ? text`${user.displayName}`
    : text`${user.displayName} (${name(user.userPrincipalName)})`;
}

function blockOf(line: Leaf) {
  return { type: 'TextBlock', text: text`${line}`.markdown, spacing: 'None', wrap: true };
}

/** So many times the first rows are named behind the button. */
const MORE = 9;
