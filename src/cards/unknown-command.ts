import { BotError } from '../errors';
import type { AdaptiveCard } from '../store/ports';

export interface UnknownCommandView {
  /** As typed. */
  readonly typed: string;
  /** Set when the command is known and its arguments are wrong: one sentence. */
  readonly fault: string | null;
  readonly usage: string | null;
  /** Nearest commands, ready to run or to ask for help about (`status ?`). */
  readonly nearest: readonly { readonly command: string; readonly summary: string }[];
}

export function unknownCommandCard(view: UnknownCommandView): AdaptiveCard {
  throw new BotError('internal', 'drawing a card', 'Try again in a minute.');
}
