import { BotError } from '../errors';
import type { Link } from '../plan/types';
import type { AdaptiveCard } from '../store/ports';

export interface TryStep {
  readonly name: 'Import' | 'Scope' | 'Match' | 'Action';
  readonly status: 'success' | 'skipped' | 'failure' | 'warning' | 'none';
  /** "none", "Created", "EntryExport". */
  readonly outcome: string;
  /** Why, when it did not go through; empty otherwise. */
  readonly detail: string;
}

export interface TryView {
  readonly link: Link;
  readonly user: { readonly displayName: string; readonly userPrincipalName: string };
  /** "Created", "Updated", "Skipped", "Failed", "Nothing to do". */
  readonly verdict: string;
  readonly isGood: boolean;
  readonly steps: readonly TryStep[];
  readonly attributes: readonly { readonly name: string; readonly value: string }[];
  /** What to do when it did not work; null when it did. */
  readonly remedy: string | null;
  readonly requestId: string | null;
  readonly planId: string | null;
  /** ISO 8601. */
  readonly at: string;
  readonly timeZone?: string;
}

export function tryCard(view: TryView): AdaptiveCard {
  throw new BotError('internal', 'drawing a card', 'Try again in a minute.');
}
