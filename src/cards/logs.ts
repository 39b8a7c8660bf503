import type { Link } from '../plan/types';
import type { AdaptiveCard } from '../store/ports';
import { commandButton } from './buttons';
import { fit, type Frame, render, type View } from './render';
import { joined, type Leaf, name, sentence, text, type Text, TITLE_LIMIT } from './text';
import { distance, when } from './when';
import { andMore, counted, linkName, linkTitle, listed, suggestionButtons } from './words';

/** All rows of the log that have one cause. */
export interface LogCauseView {
  /** In words; null when the catalogue does not know it: then only what Microsoft wrote is shown. */
  readonly cause: string | null;
  /** "Alpha (source)", "both tenants", "Microsoft's side". */
  readonly where: string | null;
  readonly remedy: string | null;
  /** As Microsoft wrote it; null when the row carries none. */
  readonly code: string | null;
  /** Microsoft's words or the scoping clause; null when there are none. */
  readonly said: string | null;
  readonly failed: number;
  readonly skipped: number;
  readonly staged: number;
  /** Distinct users, and the names of a few. */
  readonly userCount: number;
  readonly users: readonly string[];
  /** ISO 8601. */
  readonly lastAt: string | null;
  /** The command that leads on; null when this person has none. */
  readonly command: string | null;
}

export interface LogsView {
  readonly link: Link;
  /** Only this user's rows; null for everybody. */
  readonly user: string | null;
  /** Only this code; null for all. */
  readonly code: string | null;
  readonly rows: number;
  readonly succeeded: number;
  readonly unchanged: number;
  readonly causes: readonly LogCauseView[];
  /** ISO 8601. */
  readonly since: string;
  readonly retentionDays: number;
  /** The wish reached further back than the log is kept. */
  readonly isCut: boolean;
  /** `false` when only the newest rows were read; `oldestAt` says down to when. */
  readonly isComplete: boolean;
  readonly oldestAt: string | null;
  readonly hasJob: boolean;
  /** Options of the same question, for [Refresh]. */
  readonly again: string;
  /** ISO 8601. */
  readonly readAt: string;
  readonly timeZone?: string;
}

/** The provisioning log grouped by cause: what happened, on which side, to whom, and what to do. */
export function logsCard(view: LogsView): AdaptiveCard {
  const count = view.causes.length;
  const frame: Frame = {
    kind: 'Provisioning log',
    title: linkTitle(view.link),
    state: stateOf(view),
    style: count > 0 ? 'warning' : view.rows > 0 ? 'good' : 'emphasis',
    sentence: sentenceOf(view),
    footer: [
      text`since ${when(view.since, view.timeZone)}`,
      text`kept ${view.retentionDays} days`,
      text`read ${when(view.readAt, view.timeZone)}`,
    ],
  };
  const commands = [...new Set(view.causes.flatMap(({ command }) => command ?? []))];
  const buttons = view.hasJob
    ? [...suggestionButtons(commands.slice(0, BUTTONS)), commandButton('Refresh log', view.again)]
    : [commandButton('Check link', `check ${linkName(view.link)}`, { style: 'positive' })];
  return fit((limit) => {
    const rows = Math.min(limit, CAUSES);
    const facts: View = {
      counts: countsOf(view),
      limits: limitsOf(view).map((line) => ({ line })),
      causes: view.causes.slice(0, rows).map((one, index) => causeOf(one, index, view)),
      more: andMore(count - rows, 'cause'),
    };
    return render('logs', frame, facts, { buttons });
  });
}

const CAUSES = 6;
const BUTTONS = 4;

function stateOf(view: LogsView): Leaf {
  if (!view.hasJob) return 'No job';
  if (view.rows === 0) return 'Empty';
  return view.causes.length === 0 ? 'Clean' : counted(view.causes.length, 'cause');
}

function sentenceOf(view: LogsView): Text {
  if (!view.hasJob) return text`This link has no synchronization job yet, so there is no log.`;
  const about = aboutOf(view);
  if (view.rows === 0) return text`Nothing was logged${about} since ${when(view.since, view.timeZone)}.`;
  if (view.causes.length === 0) return text`Nobody failed or was left out${about}.`;
  const first = view.causes[0];
  const lead = first?.cause ?? null;
  return lead === null
    ? text`Some users failed or were left out${about}; what Microsoft wrote stands below.`
    : text`Most often${about}: ${sentence(lead)}`;
}

function aboutOf({ user, code }: LogsView): Text {
  const who = user === null ? '' : text` for ${user}`;
  return text`${who}${code === null ? '' : text` with code ${name(code)}`}`;
}

/** "1,190 went well · 40 unchanged · 12 left out". */
function countsOf(view: LogsView): Leaf {
  if (view.rows === 0) return '';
  const sum = (pick: (one: LogCauseView) => number) =>
    view.causes.reduce((total, one) => total + pick(one), 0);
  const counts: readonly (readonly [number, string])[] = [
    [view.succeeded, 'went well'],
    [view.unchanged, 'unchanged'],
    [sum((one) => one.skipped), 'left out'],
    [sum((one) => one.failed), 'failed'],
    [sum((one) => one.staged), 'held back'],
  ];
  const pieces = counts.filter(([count]) => count > 0).map(([count, words]) => text`${count} ${words}`);
  return joined(pieces, ' · ');
}

/** What this answer cannot show, said as such. */
function limitsOf(view: LogsView): Text[] {
  const kept = text`Microsoft keeps this log for ${view.retentionDays} days: what is older is gone.`;
  const oldest = view.oldestAt === null ? '' : text`, back to ${when(view.oldestAt, view.timeZone)}`;
  return [
    ...(view.isCut ? [kept] : []),
    ...(view.isComplete ? [] : [text`Only the newest ${view.rows} events were read${oldest}.`]),
  ];
}

function causeOf(one: LogCauseView, index: number, view: LogsView): View {
  const happened = [
    one.failed > 0 ? text`${one.failed} failed` : '',
    one.skipped > 0 ? text`${one.skipped} left out` : '',
    one.staged > 0 ? text`${counted(one.staged, 'deletion')} held back` : '',
  ].filter((piece) => piece !== '');
  const others = Math.max(0, one.userCount - one.users.length);
  const who = others > 0 ? text`${joined(one.users, ', ')} and ${others} more` : listed(one.users, 3);
  const last =
    one.lastAt === null
      ? ''
      : text`, last ${when(one.lastAt, view.timeZone)} (${distance(one.lastAt, new Date(view.readAt))})`;
  return {
    title: text`${index + 1}${'.'} ${one.cause === null ? text`Not in the catalogue` : sentence(one.cause)}`,
    counts: text`${listed(happened)}: ${who}${last}`,
    where: one.where === null ? '' : name(one.where, TITLE_LIMIT),
    remedy: one.remedy === null ? '' : sentence(one.remedy),
    code: one.code ?? '',
    said: one.said === null ? '' : sentence(one.said),
  };
}
