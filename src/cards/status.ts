import type { Freeze, Link } from '../plan/types';
import type { AdaptiveCard } from '../store/ports';
import { commandButton, type Button } from './buttons';
import { frozenWords } from './freeze-words';
import { failureOf, lastCycleOf, nextCycleOf, progressOf, quarantineOf } from './status-facts';
import { fit, render, type HeaderStyle } from './render';
import { sentence, text, type Leaf } from './text';
import { when } from './when';
import { andMore, counted, linkName, linkTitle } from './words';

export interface CycleCounts {
  readonly created: number;
  readonly updated: number;
  readonly deleted: number;
  readonly skipped: number;
  readonly failed: number;
}

export interface StatusView {
  readonly link: Link;
  readonly state:
    'not-set-up' | 'never-started' | 'running' | 'idle' | 'paused' | 'quarantined' | 'disabled' | 'unknown';
  readonly lastCycle: {
    readonly startedAt: string | null;
    readonly endedAt: string | null;
    readonly counts: CycleCounts;
  } | null;
  /** ISO 8601; when the next cycle is due. */
  readonly nextCycleAt: string | null;
  readonly intervalMinutes: number | null;
  /** Members in scope by assignment; null when not read. */
  readonly assignedUsers: number | null;
  readonly quarantine: {
    readonly reason: string;
    readonly since: string | null;
    readonly nextAttemptAt: string | null;
    /** When Microsoft switches the job off if nothing changes. */
    readonly disabledAt: string | null;
    /** In words; null when the reason is not in the catalogue. */
    readonly cause: string | null;
    /** The error beside the reason, as Microsoft wrote it. */
    readonly said: string | null;
    readonly remedy: string;
  } | null;
  /** Users that were skipped or failed, newest first. */
  readonly failures: readonly {
    readonly user: string;
    readonly action: string;
    readonly reason: string;
    readonly remedy: string;
  }[];
  /** Deletions that the guard held back in the last cycle. */
  readonly heldBack: number;
  /** The cycle that runs now; null when none does. */
  readonly progress: { readonly done: number; readonly total: number | null } | null;
  /** The first cycle is not complete yet: nothing can be said about who is missing. */
  readonly isFirstCycle: boolean;
  /** The last cycle failed as a whole. */
  readonly cycleFailure: {
    readonly code: string;
    readonly cause: string | null;
    readonly remedy: string | null;
  } | null;
  /** Commands that lead out of a quarantine or a failed cycle, best first. */
  readonly next: readonly string[];
  /** Whether [Start] or [Pause] is offered to this person. */
  readonly canChange: boolean;
  readonly whoMayChange: string | null;
  /** Nothing is written by plans while it lasts. */
  readonly freeze?: Freeze | null;
  /** ISO 8601. */
  readonly readAt: string;
  readonly timeZone?: string;
}

type State = StatusView['state'];

const states: Readonly<
  Record<State, { readonly word: string; readonly style: HeaderStyle; readonly says: Leaf }>
> = {
  'not-set-up': { word: 'Not set up', style: 'emphasis', says: text`This link is not set up yet.` },
  'never-started': {
    word: 'Never started',
    style: 'warning',
    says: text`Everything is set up, but no cycle has run: the job was never started.`,
  },
  running: { word: 'Running now', style: 'good', says: text`A cycle is running now.` },
  idle: { word: 'Healthy', style: 'good', says: text`The job is on and waits for its next cycle.` },
  paused: {
    word: 'Paused',
    style: 'warning',
    says: text`The job is paused: nobody is created, updated or removed.`,
  },
  quarantined: {
    word: 'Quarantined',
    style: 'attention',
    says: text`Microsoft Entra has quarantined the job: it runs rarely, and is switched off after four weeks.`,
  },
  disabled: {
    word: 'Switched off',
    style: 'attention',
    says: text`Microsoft Entra has switched the job off.`,
  },
  unknown: { word: 'Not readable', style: 'warning', says: text`The state of the job could not be read.` },
};

const firstCycle = text`The first cycle is running: who is missing is known when it has ended.`;

/** How one link is doing: job, cycles, counts, quarantine, and who was left out and why. */
export function statusCard(view: StatusView): AdaptiveCard {
  const { word, style, says } = states[view.state];
  const cycle = view.lastCycle;
  const troubled = style === 'good' && view.failures.length > 0;
  return fit((limit) =>
    render(
      'status',
      {
        kind: 'Status',
        title: linkTitle(view.link),
        state: troubled ? text`${view.failures.length} left out` : word,
        style: troubled ? 'warning' : style,
        sentence: text`${view.isFirstCycle ? firstCycle : says} ${cycle ? text`The last cycle created ${cycle.counts.created}, skipped ${cycle.counts.skipped}, failed ${cycle.counts.failed}.` : ''}`,
        meaning: frozenLines(view),
        footer: [text`read ${when(view.readAt, view.timeZone)}`],
      },
      {
        whoMay: whoMayOf(view),
        lastCycle: lastCycleOf(view),
        progress: progressOf(view),
        cycleFailure: failureOf(view),
        nextCycle: nextCycleOf(view),
        heldBack: view.heldBack > 0 ? counted(view.heldBack, 'deletion') : '',
        assigned: view.assignedUsers === null ? '' : counted(view.assignedUsers, 'user'),
        counts: cycle
          ? (['created', 'updated', 'deleted', 'skipped', 'failed'] as const).map((name) => ({
              name,
              count: cycle.counts[name],
            }))
          : [],
        quarantine: quarantineOf(view),
        failures: view.failures.slice(0, limit).map((failure) => ({
          who: failure.user,
          what: text`${failure.action}: ${sentence(failure.reason)}`,
          remedy: sentence(failure.remedy),
        })),
        more: andMore(view.failures.length - limit, 'user'),
      },
      { buttons: buttonsOf(view) },
    ),
  );
}

function frozenLines({ freeze, timeZone }: StatusView): Leaf[] {
  if (!freeze) return [];
  return [text`${frozenWords(freeze, timeZone)} No plan changes anything; the job in Entra goes on.`];
}

function whoMayOf({ whoMayChange }: StatusView): Leaf {
  return whoMayChange ? text`Who may start and pause it: ${sentence(whoMayChange)}.` : '';
}

/** A command is its own title, so that people learn it; a long one would be cut on a phone. */
function leadTitle(command: string): string {
  return command.includes('--code StagedDelete') ? 'Show deletions held back' : command;
}

function buttonsOf(view: StatusView): Button[] {
  const name = linkName(view.link);
  const refresh = commandButton('Refresh status', `status ${name}`);
  if (view.state === 'not-set-up')
    return [commandButton('Check link', `check ${name}`, { style: 'positive' }), refresh];
  const lead = view.next.map((command, index) =>
    commandButton(leadTitle(command), command, index === 0 ? { style: 'positive' } : {}),
  );
  const log = commandButton('Show log', `logs ${name}`);
  if (view.state === 'unknown') return [refresh];
  if (!view.canChange) return [...lead, log, refresh];
  const isOn = view.state === 'running' || view.state === 'idle' || view.state === 'quarantined';
  return [
    ...lead,
    isOn
      ? commandButton('Pause sync', `pause ${name}`)
      : commandButton('Start sync', `start ${name}`, lead.length > 0 ? {} : { style: 'positive' }),
    log,
    refresh,
  ];
}
