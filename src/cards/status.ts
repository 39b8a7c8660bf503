import { BotError } from '../errors';
import type { Link } from '../plan/types';
import type { AdaptiveCard } from '../store/ports';

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
    readonly remedy: string;
  } | null;
  /** Users that were skipped or failed, newest first. */
  readonly failures: readonly {
    readonly user: string;
    readonly action: string;
    readonly reason: string;
    readonly remedy: string;
  }[];
  /** Whether [Start] or [Pause] is offered to this person. */
  readonly canChange: boolean;
  readonly whoMayChange: string | null;
  /** ISO 8601. */
  readonly readAt: string;
  readonly timeZone?: string;
}

/** `status all`: one row per link; or the only card of one link. */

export function statusCard(view: StatusView): AdaptiveCard {
  throw new BotError('internal', 'drawing a card', 'Try again in a minute.');
}
