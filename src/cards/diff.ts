import type { Link } from '../plan/types';
import type { AdaptiveCard } from '../store/ports';
import { type Button, commandButton } from './buttons';
import { fit, render } from './render';
import { name, sentence, text, TITLE_LIMIT, type Leaf } from './text';
import { when } from './when';
import { andMore, counted, linkName, linkTitle } from './words';

export interface DiffRow {
  readonly setting: string;
  readonly now: string;
  readonly against: string;
  /** `null` = one of them could not be read. */
  readonly isEqual: boolean | null;
}

export interface DiffView {
  readonly link: Link;
  /** "the documented set-up", "the plans applied here", "Alpha → Gamma". */
  readonly against: string;
  /** Head of the column: "Wanted", "Planned", "alpha>gamma". */
  readonly column: string;
  readonly rows: readonly DiffRow[];
  /** What the comparison leaves out, whole sentences. */
  readonly notes: readonly string[];
  /** Plans what differs; null when there is nothing to plan, or for people who may not. */
  readonly plan: string | null;
  /** Other things to compare with: complete command lines. */
  readonly others: readonly string[];
  readonly readAt: string;
  readonly timeZone?: string;
}

/** A link field by field against something else; what differs comes first, and equal rows are counted only. */
export function diffCard(view: DiffView): AdaptiveCard {
  const differing = view.rows.filter(({ isEqual }) => isEqual !== true);
  const equal = view.rows.length - differing.length;
  return fit((limit) =>
    render(
      'diff',
      {
        kind: 'Difference',
        title: linkTitle(view.link),
        state:
          differing.length === 0
            ? 'Equal'
            : text`${differing.length} ${name(differing.length === 1 ? 'differs' : 'differ')}`,
        style: differing.length === 0 ? 'good' : 'warning',
        sentence: sentenceOf(view, differing.length, equal),
        meaning: view.notes.map(sentence),
        footer: [
          text`read ${when(view.readAt, view.timeZone)}`,
          text`${counted(equal, 'setting')} equal, not listed`,
        ],
      },
      {
        column: view.column,
        rows: differing.slice(0, limit).map((row) => ({
          setting: name(row.setting, TITLE_LIMIT),
          now: shown(row.now),
          against: shown(row.against),
        })),
        more: andMore(differing.length - limit, 'difference'),
      },
      { buttons: buttonsOf(view) },
    ),
  );
}

function sentenceOf({ against, rows }: DiffView, differing: number, equal: number): Leaf {
  if (rows.length === 0) return text`There is nothing to compare with ${sentence(against)}.`;
  if (differing === 0) {
    return text`All ${counted(equal, 'setting')} stand as in ${sentence(against)}.`;
  }
  const verb = differing === 1 ? 'stands' : 'stand';
  return text`**${differing}** of ${counted(rows.length, 'setting')} ${name(verb)} otherwise than in ${sentence(against)}.`;
}

function shown(value: string): Leaf {
  return value === '' || value === 'absent' ? text`not set` : name(value, TITLE_LIMIT);
}

function buttonsOf({ link, plan, others }: DiffView): Button[] {
  return [
    ...(plan === null ? [] : [commandButton('Plan what differs', plan)]),
    ...others.slice(0, 2).map((line) => commandButton(titleOf(line), line)),
    commandButton('Show settings', `policy ${linkName(link)}`),
  ];
}

function titleOf(line: string): string {
  return line.endsWith('template') ? 'Compare with the documentation' : 'Compare with the last plans';
}
