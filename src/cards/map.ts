import type { Link } from '../plan/types';
import type { AdaptiveCard } from '../store/ports';
import { type Button, commandButton } from './buttons';
import { fit, type Frame, render, type View } from './render';
import { name, sentence, text, TITLE_LIMIT, type Leaf } from './text';
import { when } from './when';
import { andMore, counted, linkName, linkTitle } from './words';

/** Lines of one page. */
export const mapPageSize = 10;

export interface MapLine {
  readonly target: string;
  /** "givenName and surname, joined with “ ”"; the expression itself when nobody can say it in words. */
  readonly words: string;
  /** The expression when it is no plain attribute; empty otherwise. */
  readonly raw: string;
  readonly isMatching: boolean;
  readonly isOnce: boolean;
  readonly difference: 'same' | 'changed' | 'added';
}

export interface MapView {
  readonly link: Link;
  /** Of this page. */
  readonly lines: readonly MapLine[];
  readonly total: number;
  /** From 1. */
  readonly page: number;
  readonly pages: number;
  /** In words: "department comes from jobTitle; the template takes department". */
  readonly differences: readonly string[];
  /** What userType and showInAddressList do for users, and whether leavers are deleted. */
  readonly explanations: readonly string[];
  /** ISO 8601. */
  readonly readAt: string;
  readonly timeZone?: string;
}

/** The attribute mappings for users as an administrator reads them, page by page. */
export function mapCard(view: MapView): AdaptiveCard {
  const changed = view.differences.length;
  const frame: Frame = {
    kind: 'Attribute mapping',
    title: linkTitle(view.link),
    state: changed === 0 ? 'As the template' : counted(changed, 'difference'),
    style: 'emphasis',
    sentence: sentenceOf(view),
    meaning: view.explanations.map(sentence),
    footer: [
      text`read ${when(view.readAt, view.timeZone)}`,
      text`“only at creation” = later changes do not arrive; everything else with every change in the source`,
    ],
  };
  return fit((limit) => {
    const facts: View = {
      lines: view.lines.slice(0, limit).map(rowOf),
      more: andMore(view.lines.length - limit, 'mapping'),
      differences: view.differences.slice(0, limit).map((line) => ({ line: sentence(line) })),
      moreDifferences: andMore(changed - limit, 'difference'),
    };
    return render('map', frame, facts, { buttons: buttonsOf(view) });
  });
}

function sentenceOf({ total, page, pages, link }: MapView): Leaf {
  const which = pages > 1 ? text` Page ${page} of ${pages}.` : '';
  return text`${counted(total, 'attribute')} of a user of ${link.source.displayName} (source) are written in ${link.target.displayName} (target).${which}`;
}

function rowOf(line: MapLine): View {
  const marks = [
    ...(line.isMatching ? ['matches users, fixed'] : []),
    ...(line.difference === 'same' ? [] : [line.difference === 'added' ? 'added' : 'changed']),
  ];
  return {
    target: name(line.target, TITLE_LIMIT),
    mark: marks.join(', '),
    words: sentence(line.words),
    raw: line.raw === '' ? '' : sentence(line.raw),
    applied: line.isOnce ? text`only at creation` : '',
  };
}

function buttonsOf({ link, page, pages }: MapView): Button[] {
  const at = (to: number) => `map ${linkName(link)} --page ${to}`;
  return [
    ...(page < pages ? [commandButton('Next page', at(page + 1))] : []),
    ...(page > 1 ? [commandButton('Previous page', at(page - 1))] : []),
    commandButton('Show scope', `scope ${linkName(link)}`),
  ];
}
