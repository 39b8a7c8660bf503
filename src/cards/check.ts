import { BotError } from '../errors';
import type { Link, Side, Tenant } from '../plan/types';
import type { AdaptiveCard } from '../store/ports';

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

export function checkCard(view: CheckView): AdaptiveCard {
  throw new BotError('internal', 'drawing a card', 'Try again in a minute.');
}
