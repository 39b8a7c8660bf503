import { BotError } from '../errors';
import type { AdaptiveCard } from '../store/ports';

export interface WorkingView {
  /** "Checking Contoso → Fabrikam". */
  readonly title: string;
  /** One sentence: what runs and how long it usually takes. */
  readonly sentence: string;
  /** Done and total, where they are known. */
  readonly progress: { readonly done: number; readonly total: number } | null;
  /** ISO 8601. */
  readonly since: string;
  readonly timeZone?: string;
}

export function workingCard(view: WorkingView): AdaptiveCard {
  throw new BotError('internal', 'drawing a card', 'Try again in a minute.');
}
