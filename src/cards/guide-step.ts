import type { Link } from '../plan/types';
import type { AdaptiveCard } from '../store/ports';
import { type Button, commandButton, showButton } from './buttons';
import { fit, type Frame, render, type View } from './render';
import { name, sentence, text, type Text, TITLE_LIMIT } from './text';
import { tryInput } from './try-input';
import { when } from './when';
import { andMore, counted, linkName, linkTitle } from './words';

export interface GuideItem {
  readonly state: 'done' | 'missing' | 'look' | 'unknown';
  /** What was looked at, with its tenant: "Inbound synchronization, Beta (target)". */
  readonly title: string;
  /** How it stands now. */
  readonly current: string;
  /** What to do and who can; empty when it is done. */
  readonly remedy: string;
}

export interface GuideStepView {
  readonly number: 1 | 2 | 3 | 4 | 5;
  readonly title: string;
  /** What the step is really about, one sentence. */
  readonly about: string;
  readonly link: Link;
  readonly items: readonly GuideItem[];
  /** The guide's own lines, what to type instead, and why. */
  readonly guide: readonly { readonly says: string; readonly instead: string; readonly why: string }[];
  /** Next commands, best first: title of the button and line. */
  readonly next: readonly { readonly title: string; readonly command: string }[];
  /** [Try one user…] asks for the user. */
  readonly canTry: boolean;
  /** ISO 8601. */
  readonly readAt: string;
  readonly timeZone?: string;
}

const marks = { done: '✓', missing: '✗', look: '!', unknown: '?' } as const;

/** One step of the guide: what is done, what is missing, and the next command as a button. */
export function guideStepCard(view: GuideStepView): AdaptiveCard {
  const of = (state: GuideItem['state']) => view.items.filter((item) => item.state === state);
  const [missing, look, done] = [of('missing'), [...of('look'), ...of('unknown')], of('done')];
  const frame: Frame = {
    kind: text`Step ${view.number} of 5, ${linkTitle(view.link)}`,
    title: name(view.title, TITLE_LIMIT),
    state: missing.length > 0 ? text`${missing.length} missing` : look.length > 0 ? 'Look' : 'Done',
    style: missing.length > 0 ? 'attention' : look.length > 0 ? 'warning' : 'good',
    sentence: text`${sentence(view.about)} ${countWords(done.length, missing.length, look.length)}`,
    footer: [text`read ${when(view.readAt, view.timeZone)}`],
  };
  return fit((limit) => {
    const items = [...missing, ...look, ...done];
    const facts: View = {
      items: items.slice(0, limit).map(itemOf),
      more: andMore(items.length - limit, 'point'),
    };
    return render('guide-step', frame, facts, { buttons: buttonsOf(view) });
  });
}

function countWords(done: number, missing: number, look: number): Text {
  if (missing + look === 0) return text`Everything of this step is done.`;
  const open = missing > 0 ? text`, ${missing} missing` : '';
  return text`${counted(done, 'point')} done${open}${look > 0 ? text`, ${look} to look at` : ''}.`;
}

function itemOf(item: GuideItem): View {
  return {
    mark: marks[item.state],
    title: name(item.title, TITLE_LIMIT),
    current: name(item.current, TITLE_LIMIT),
    remedy: item.remedy === '' ? '' : sentence(item.remedy),
  };
}

/** The next thing first, then the neighbours: six at most. */
function buttonsOf(view: GuideStepView): Button[] {
  const { number, link } = view;
  const neighbour = (other: number) => commandButton(`Open step ${other}`, `step${other} ${linkName(link)}`);
  const lead = view.next
    .slice(0, view.canTry ? 1 : 2)
    .map(({ title, command }, index) =>
      commandButton(title, command, index === 0 ? { style: 'positive' } : {}),
    );
  return [
    ...lead,
    ...(view.canTry ? [tryInput(link)] : []),
    ...(number > 1 ? [neighbour(number - 1)] : []),
    ...(number < 5 ? [neighbour(number + 1)] : []),
    guideButton(view),
  ];
}

function guideButton({ guide }: GuideStepView): Button {
  const block = (words: Text, rest: object = {}) => ({
    type: 'TextBlock',
    text: words.markdown,
    wrap: true,
    ...rest,
  });
  const code = { fontType: 'Monospace', size: 'Small', spacing: 'Small' };
  const body = guide.flatMap(({ says, instead, why }) => [
    block(text`**The guide says**`, { spacing: 'Medium' }),
    block(sentence(says), code),
    block(text`**Right is**`, { spacing: 'Small' }),
    block(sentence(instead), code),
    block(sentence(why), { spacing: 'Small', isSubtle: true }),
  ]);
  return showButton('Show the guide’s PowerShell', body);
}
