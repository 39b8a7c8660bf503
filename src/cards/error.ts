import { BotError } from '../errors';
import type { ErrorCode } from '../errors';
import type { AdaptiveCard } from '../store/ports';

/** Unknown errors show no internals: they arrive as code `internal`. */
export interface ErrorView {
  readonly code: ErrorCode;
  /** What was happening, lower case: "reading the partner entry". */
  readonly doing: string;
  readonly remedy: string;
  readonly graphCode?: string;
  readonly requestId?: string;
  /** Our own id, for the log. */
  readonly correlationId?: string;
  /** Offered again as [Try again]; null when repeating cannot help. */
  readonly retryCommand: string | null;
  readonly suggestions?: readonly string[];
}

export function errorCard(view: ErrorView): AdaptiveCard {
  throw new BotError('internal', 'drawing a card', 'Try again in a minute.');
}
