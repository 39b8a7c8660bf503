import type { Link, Side, Tenant } from '../plan/types';
import type { AdaptiveCard } from '../store/ports';
import { commandButton } from './buttons';
import { fit, render, type HeaderStyle } from './render';
import { sentence, text } from './text';
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

const order: readonly CheckLine['verdict'][] = ['stop', 'warn', 'unknown', 'pass'];
const marks = { stop: '✗ Stop', warn: '! Warning', unknown: '? Not readable', pass: '✓ Pass' } as const;
const colours = { stop: 'Attention', warn: 'Warning', unknown: 'Warning', pass: 'Good' } as const;

/** What stops synchronization, on which side, and who can fix it; the worst first. */
export function checkCard(view: CheckView): AdaptiveCard {
  const count = (verdict: CheckLine['verdict']) =>
    view.lines.filter((line) => line.verdict === verdict).length;
  const sorted = [...view.lines].sort(
    (one, other) => order.indexOf(one.verdict) - order.indexOf(other.verdict),
  );
  const open = sorted.filter((line) => line.verdict !== 'pass');
  const passed = sorted.filter((line) => line.verdict === 'pass');
  const [stops, warnings, unread] = [count('stop'), count('warn'), count('unknown')];
  return fit((limit) =>
    render(
      'check',
      {
        kind: 'Check',
        title: linkTitle(view.link),
        state: stops > 0 ? counted(stops, 'stop') : warnings + unread > 0 ? 'With warnings' : 'Ready',
        style: styleOf(stops, warnings + unread),
        sentence: text`${counted(passed.length, 'check')} passed, ${counted(warnings, 'warning')}, ${counted(stops, 'stop')}${unread > 0 ? text`, ${unread} not readable` : ''}. ${stops > 0 ? text`Synchronization cannot work before the stops are gone; **setup** clears those that are settings.` : text`Nothing stands in the way.`}`,
        footer: [text`checked ${when(view.checkedAt, view.timeZone)}`],
      },
      {
        open: open.slice(0, limit).map((line) => ({
          verdict: marks[line.verdict],
          colour: colours[line.verdict],
          title: line.title,
          where: text`${line.tenant.displayName} (${line.side})`,
          current: line.current,
          needed: line.needed,
          remedy: line.remedy === null ? '' : sentence(line.remedy),
          role: line.role === null ? '' : text`Who can: ${sentence(line.role)}`,
        })),
        whoMay: view.whoMayPlan ? text`Setup may be planned by ${sentence(view.whoMayPlan)}.` : '',
        moreOpen: andMore(open.length - limit, 'finding'),
        passed: passed.slice(0, 2 * limit).map((line) => ({
          line: text`✓ ${line.title}: ${line.current} (${line.tenant.displayName})`,
        })),
        more: andMore(passed.length - 2 * limit, 'passed check'),
      },
      {
        buttons: [
          ...(view.canPlan
            ? [commandButton('Plan setup', `setup ${linkName(view.link)}`, { style: 'positive' })]
            : []),
          commandButton('Check again', `check ${linkName(view.link)}`),
        ],
      },
    ),
  );
}

function styleOf(stops: number, warnings: number): HeaderStyle {
  if (stops > 0) return 'attention';
  return warnings > 0 ? 'warning' : 'good';
}
