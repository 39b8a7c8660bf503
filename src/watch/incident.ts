import type { BreakGlassNotice } from '../plan/types';
import type { WatchEvent } from './events';
import type { CycleCounts, SwitchName, Trouble } from './snapshot';

export type IncidentKind =
  | 'first-cycle'
  | 'job-changed'
  | 'quarantine'
  | 'trouble'
  | 'switches'
  | 'unreadable'
  | 'lost-destination'
  | 'break-glass';

/** What the card of an incident tells; plain JSON, stored with it. */
export type IncidentFacts =
  | { readonly kind: 'first-cycle'; readonly counts: CycleCounts; readonly troubled: readonly Trouble[] }
  | { readonly kind: 'job-changed'; readonly from: string; readonly to: string }
  | {
      readonly kind: 'quarantine';
      readonly reason: string;
      readonly since: string | null;
      readonly nextAttempt: string | null;
      readonly healedCounts: CycleCounts | null;
    }
  /** Users who came into trouble while it is open, and those of them who are out of it. */
  | { readonly kind: 'trouble'; readonly troubled: readonly Trouble[]; readonly solved: readonly string[] }
  | {
      readonly kind: 'switches';
      readonly off: readonly SwitchName[];
      readonly onAgain: readonly SwitchName[];
    }
  | { readonly kind: 'unreadable'; readonly doing: string; readonly remedy: string }
  | {
      readonly kind: 'lost-destination';
      readonly place: 'channel' | 'groupChat' | 'personal';
      readonly isAll: boolean;
    }
  /** Told at once, muted or not (I39). */
  | (BreakGlassNotice & { readonly kind: 'break-glass' });

/** An incident as it shall stand: a new one, or the open one of its kind changed. */
export interface IncidentChange {
  readonly facts: IncidentFacts;
  readonly isOpen: boolean;
}

const mostNamed = 200;

/** What subscribers of problems only are told of. */
export function isProblem(facts: IncidentFacts): boolean {
  switch (facts.kind) {
    case 'first-cycle':
      return facts.troubled.length > 0;
    case 'job-changed':
      return facts.to !== 'on';
    default:
      return true;
  }
}

/**
 * What an event makes of the open incident of its kind; `null` when it says nothing new. One incident per kind is
 * open at a time, so that all that belongs together is one thread.
 */
export function applyEvent(open: IncidentFacts | null, event: WatchEvent): IncidentChange | null {
  switch (event.kind) {
    case 'first-cycle':
      return { facts: event, isOpen: false };
    case 'job-changed':
      return { facts: event, isOpen: false };
    case 'quarantined':
      return { facts: { ...event, kind: 'quarantine', healedCounts: null }, isOpen: true };
    case 'healed':
      return open?.kind === 'quarantine'
        ? { facts: { ...open, nextAttempt: null, healedCounts: event.counts }, isOpen: false }
        : null;
    case 'newly-troubled':
      return troubled(open, event.troubled);
    case 'no-longer-troubled':
      return solved(open, event.userIds);
    case 'switched-off':
      return switchedOff(open, event.switches);
    case 'switched-on':
      return switchedOn(open, event.switches);
  }
}

/** The kind of incident that an event belongs to. */
export function incidentKindOf(event: WatchEvent): IncidentKind {
  const kinds = {
    'first-cycle': 'first-cycle',
    'job-changed': 'job-changed',
    quarantined: 'quarantine',
    healed: 'quarantine',
    'newly-troubled': 'trouble',
    'no-longer-troubled': 'trouble',
    'switched-off': 'switches',
    'switched-on': 'switches',
  } as const;
  return kinds[event.kind];
}

function troubled(open: IncidentFacts | null, fresh: readonly Trouble[]): IncidentChange {
  const before = open?.kind === 'trouble' ? open : { troubled: [], solved: [] };
  const ids = new Set(fresh.map(({ userId }) => userId));
  const kept = before.troubled.filter(({ userId }) => !ids.has(userId));
  return {
    facts: {
      kind: 'trouble',
      troubled: [...kept, ...fresh].slice(-mostNamed),
      solved: before.solved.filter((userId) => !ids.has(userId)),
    },
    isOpen: true,
  };
}

function solved(open: IncidentFacts | null, userIds: readonly string[]): IncidentChange | null {
  if (open?.kind !== 'trouble') return null;
  const mine = open.troubled.filter(({ userId }) => userIds.includes(userId)).map(({ userId }) => userId);
  if (mine.length === 0) return null;
  const all = [...new Set([...open.solved, ...mine])];
  return { facts: { ...open, solved: all }, isOpen: all.length < open.troubled.length };
}

function switchedOff(open: IncidentFacts | null, switches: readonly SwitchName[]): IncidentChange {
  const before = open?.kind === 'switches' ? open : { off: [], onAgain: [] };
  return {
    facts: {
      kind: 'switches',
      off: [...new Set([...before.off, ...switches])],
      onAgain: before.onAgain.filter((name) => !switches.includes(name)),
    },
    isOpen: true,
  };
}

function switchedOn(open: IncidentFacts | null, switches: readonly SwitchName[]): IncidentChange | null {
  if (open?.kind !== 'switches') return null;
  const onAgain = [...new Set([...open.onAgain, ...switches])].filter((name) => open.off.includes(name));
  return { facts: { ...open, onAgain }, isOpen: onAgain.length < open.off.length };
}
