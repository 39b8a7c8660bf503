import type { Link, Side, Tenant } from '../plan/types';
import type { AdaptiveCard } from '../store/ports';
import { commandButton } from './buttons';
import { fit, type Frame, render, type View } from './render';
import { name, sentence, text, type Text, TITLE_LIMIT } from './text';
import { when } from './when';
import { andMore, counted, linkName, linkTitle } from './words';

export interface CheckLine {
  readonly verdict: 'pass' | 'warn' | 'stop' | 'unknown';
  /** What was looked at: "Automatic redemption, outbound". */
  readonly title: string;
  readonly tenant: Tenant;
  readonly side: Side;
  readonly current: string;
  readonly needed: string;
  /** Who can fix it ("Security Administrator") or null when nothing is to be fixed. */
  readonly role: string | null;
  /** One imperative sentence; null for a pass. */
  readonly remedy: string | null;
}

export interface CheckView {
  readonly link: Link;
  readonly lines: readonly CheckLine[];
  /** Whether [Plan setup] is offered: the person may ask for it. */
  readonly canPlan: boolean;
  /** Who may plan, when the person may not. */
  readonly whoMayPlan: string | null;
  /** ISO 8601. */
  readonly checkedAt: string;
  readonly timeZone?: string;
}

const marks = { stop: '✗ Stop', warn: '! Warning', unknown: '? Not readable', pass: '✓ Pass' } as const;
const colours = { stop: 'Attention', warn: 'Warning', unknown: 'Warning', pass: 'Good' } as const;

/** What stops synchronization, on which side, and who can fix it; the worst first. */
export function checkCard(view: CheckView): AdaptiveCard {
  const of = (verdict: CheckLine['verdict']) => view.lines.filter((line) => line.verdict === verdict);
  const open = [...of('stop'), ...of('warn'), ...of('unknown')];
  const passed = of('pass');
  const [stops, warnings, unread] = [of('stop').length, of('warn').length, of('unknown').length];
  const again = commandButton('Check again', `check ${linkName(view.link)}`);
  const plan = commandButton('Plan setup', `setup ${linkName(view.link)}`, { style: 'positive' });
  const frame: Frame = {
    kind: 'Check',
    title: linkTitle(view.link),
    state: stops > 0 ? counted(stops, 'stop') : warnings + unread > 0 ? 'With warnings' : 'Ready',
    style: stops > 0 ? 'attention' : warnings + unread > 0 ? 'warning' : 'good',
    sentence: sentenceOf(passed.length, warnings, stops, unread),
    footer: [text`checked ${when(view.checkedAt, view.timeZone)}`],
  };
  return fit((limit) => {
    const facts: View = {
      open: open.slice(0, limit).map(findingOf),
      moreOpen: andMore(open.length - limit, 'finding'),
      passed: passed.slice(0, 2 * limit).map(passedOf),
      more: andMore(passed.length - 2 * limit, 'passed check'),
      whoMay: view.whoMayPlan ? text`Setup may be planned by ${sentence(view.whoMayPlan)}.` : '',
    };
    return render('check', frame, facts, { buttons: view.canPlan ? [plan, again] : [again] });
  });
}

function sentenceOf(passed: number, warnings: number, stops: number, unread: number): Text {
  const counts = text`${counted(passed, 'check')} passed, ${counted(warnings, 'warning')}, ${counted(stops, 'stop')}`;
  const unclear = unread > 0 ? text`, ${unread} not readable` : '';
  const warned = warnings > 0 ? text` Have a look at the warnings.` : '';
  const clear =
    unread > 0
      ? text`Nothing that could be read stands in the way.${warned}`
      : text`Nothing stands in the way.${warned}`;
  const verdict =
    stops > 0
      ? text`Synchronization cannot work before the stops are gone; **setup** clears those that are settings.`
      : clear;
  return text`${counts}${unclear}. ${verdict}`;
}

function findingOf(line: CheckLine): View {
  return {
    verdict: marks[line.verdict],
    colour: colours[line.verdict],
    title: name(line.title, TITLE_LIMIT),
    where: text`${line.tenant.displayName} (${line.side})`,
    current: name(line.current, TITLE_LIMIT),
    needed: name(line.needed, TITLE_LIMIT),
    remedy: line.remedy === null ? '' : sentence(line.remedy),
    role: line.role === null ? '' : text`Who can: ${sentence(line.role)}`,
  };
}

function passedOf(line: CheckLine): View {
  return { line: text`✓ ${name(line.title, TITLE_LIMIT)}: ${line.current} (${line.tenant.displayName})` };
}
