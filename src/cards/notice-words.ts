import type { Link } from '../plan/types';
import type { IncidentFacts } from '../watch/incident';
import type { CycleCounts, SwitchName, Trouble } from '../watch/snapshot';
import { breakGlassNotice } from './break-glass-words';
import type { HeaderStyle } from './render';
import { sentence, text, type Leaf, type Text } from './text';
import { when } from './when';
import { counted, linkName, listed } from './words';

export interface NoticeWords {
  readonly state: Leaf;
  readonly style: HeaderStyle;
  readonly sentence: Leaf;
  readonly facts?: readonly (readonly [Leaf, Leaf])[];
  readonly rows?: readonly { readonly who: Leaf; readonly what: Leaf }[];
  /** What a person should do; left out when nothing is to be done. */
  readonly next?: Leaf;
}

/** What the notice of an incident says, while it lasts and after. */
export function noticeWords(facts: IncidentFacts, link: Link, isOpen: boolean): NoticeWords {
  switch (facts.kind) {
    case 'first-cycle':
      return firstCycle(facts);
    case 'job-changed':
      return jobChanged(facts);
    case 'quarantine':
      return quarantine(facts, link, isOpen);
    case 'trouble':
      return trouble(facts, link, isOpen);
    case 'switches':
      return switches(facts, link, isOpen);
    case 'unreadable':
      return unreadable(facts, isOpen);
    case 'lost-destination':
      return lostDestination(facts, link);
    case 'break-glass':
      return breakGlassNotice(facts, link);
  }
}

type Facts<Kind> = Extract<IncidentFacts, { kind: Kind }>;

function firstCycle({ counts, troubled }: Facts<'first-cycle'>): NoticeWords {
  return {
    state: troubled.length > 0 ? text`${troubled.length} left out` : 'First cycle done',
    style: troubled.length > 0 ? 'warning' : 'good',
    sentence: text`The first cycle has ended: ${countsLine(counts)}.`,
    rows: troubled.map(row),
  };
}

const jobWords: Readonly<Record<string, Pick<NoticeWords, 'state' | 'style' | 'sentence'>>> = {
  on: { state: 'Started', style: 'good', sentence: 'The job was started: cycles run every 40 minutes.' },
  off: {
    state: 'Paused',
    style: 'warning',
    sentence: text`The job does not run any more: nobody is created, updated or removed.`,
  },
  'never-started': {
    state: 'Set up',
    style: 'emphasis',
    sentence: text`The job exists now. No cycle runs before it is started.`,
  },
  none: {
    state: 'Job is gone',
    style: 'attention',
    sentence: text`The synchronization job is not there any more. Users that it made stay in the target.`,
  },
};

function jobChanged({ to }: Facts<'job-changed'>): NoticeWords {
  return jobWords[to] ?? { state: 'Changed', style: 'emphasis', sentence: text`The job has changed.` };
}

/** A job in quarantine is switched off after four weeks (facts 4.5). */
const quarantineDays = 28;

function quarantine(facts: Facts<'quarantine'>, link: Link, isOpen: boolean): NoticeWords {
  if (!isOpen) {
    return {
      state: 'Healthy again',
      style: 'good',
      sentence: text`The job is out of quarantine.${facts.healedCounts ? text` The last cycle: ${countsLine(facts.healedCounts)}.` : ''}`,
      facts: [['Reason was', facts.reason]],
    };
  }
  const { reason, since, nextAttempt } = facts;
  return {
    state: 'Quarantined',
    style: 'attention',
    sentence: text`Microsoft Entra has quarantined the job: it runs rarely until the cause is gone.`,
    facts: [
      ['Reason', reason],
      ...(since ? [['Since', when(since)] as const] : []),
      ...(nextAttempt ? [['Next attempt', when(nextAttempt)] as const] : []),
      ...(since ? [['Switched off on', when(daysAfter(since, quarantineDays))] as const] : []),
    ],
    next: text`find the cause with **check ${linkName(link)}** before anything is restarted: staged deletions could run.`,
  };
}

function trouble({ troubled, solved }: Facts<'trouble'>, link: Link, isOpen: boolean): NoticeWords {
  const left = troubled.length - solved.length;
  const isSolved = new Set(solved);
  return {
    state: isOpen ? text`${left} left out` : 'Solved',
    style: isOpen ? 'warning' : 'good',
    sentence: isOpen
      ? text`${counted(left, 'user')} could not be synchronized who could be before, or who came new.`
      : text`All ${counted(troubled.length, 'user')} of this notice are synchronized, or out of scope.`,
    rows: [...troubled]
      .sort((one, other) => Number(isSolved.has(one.userId)) - Number(isSolved.has(other.userId)))
      .map((one) => (isSolved.has(one.userId) ? { who: one.name, what: text`✓ solved` } : row(one))),
    ...(isOpen ? { next: text`**status ${linkName(link)}** says what to do for each.` } : {}),
  };
}

function switches({ off, onAgain }: Facts<'switches'>, link: Link, isOpen: boolean): NoticeWords {
  const names = (list: readonly SwitchName[]) => listed(list.map((name) => switchTitle(name, link)));
  if (!isOpen) {
    return { state: 'On again', style: 'good', sentence: text`${names(off)}: on again.` };
  }
  const left = off.filter((name) => !onAgain.includes(name));
  return {
    state: 'Switched off',
    style: 'attention',
    sentence: text`${names(left)}: switched off. The next cycles will fail.`,
    facts: left.map((name) => [switchTitle(name, link), 'off'] as const),
    next: text`**history ${linkName(link)}** says whether a plan of mine did it; **setup ${linkName(link)}** plans to switch it on again.`,
  };
}

function switchTitle(name: SwitchName, { source, target }: Link): Text {
  switch (name) {
    case 'inbound-sync':
      return text`Inbound synchronization in ${target.displayName}`;
    case 'redemption-inbound':
      return text`Automatic redemption in ${target.displayName}`;
    case 'redemption-outbound':
      return text`Automatic redemption in ${source.displayName}`;
  }
}

function unreadable({ doing, remedy }: Facts<'unreadable'>, isOpen: boolean): NoticeWords {
  if (!isOpen) return { state: 'Readable again', style: 'good', sentence: text`The link can be read again.` };
  return {
    state: 'Cannot be read',
    style: 'warning',
    sentence: text`Nobody knows how this link is doing: I could not look at it several times in a row, while ${sentence(doing)}.`,
    next: sentence(remedy),
  };
}

const places = { channel: 'a channel', groupChat: 'a group chat', personal: 'a chat' } as const;

function lostDestination({ place, isAll }: Facts<'lost-destination'>, link: Link): NoticeWords {
  const what = isAll ? text`all links` : text`**${linkName(link)}**`;
  return {
    state: 'Place lost',
    style: 'attention',
    sentence: text`Teams does not let me post in ${places[place]} any more where you subscribed to notices of ${what}. Nothing more is sent there.`,
    next: text`add me there again and repeat **subscribe**, or subscribe here.`,
  };
}

function row({ name, reason }: Trouble) {
  return { who: name, what: text`${sentence(reason)}` };
}

function countsLine({ created, updated, deleted, skipped, failed, isComplete }: CycleCounts): Text {
  const atLeast = isComplete ? '' : text`at least `;
  return text`${atLeast}created ${created}, updated ${updated}, deleted ${deleted}, skipped ${skipped}, failed ${failed}`;
}

function daysAfter(iso: string, days: number): string {
  const at = Date.parse(iso);
  return Number.isNaN(at) ? iso : new Date(at + days * 86_400_000).toISOString();
}
