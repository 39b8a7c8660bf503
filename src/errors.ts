/** Every way in which work can stop, in kebab-case; shown on the error card and in logs. */
export type ErrorCode =
  | 'bad-input'
  | 'bad-settings'
  | 'not-found'
  | 'not-allowed'
  | 'consent-missing'
  | 'permission-missing'
  | 'wrong-tenant'
  | 'conflict'
  | 'graph-refused'
  | 'graph-throttled'
  | 'graph-unavailable'
  | 'graph-unreadable'
  | 'graph-ambiguous'
  | 'writes-disabled'
  | 'egress-refused'
  | 'storage-unavailable'
  | 'storage-locked'
  | 'busy'
  | 'too-many-commands'
  | 'interrupted'
  | 'teams-unavailable'
  | 'internal';

export interface BotErrorDetails {
  readonly cause?: unknown;
  /** HTTP status that Graph or Teams answered, when there was one. */
  readonly status?: number;
  /** The error code of Graph, verbatim, for people who search for it. */
  readonly graphCode?: string;
  /** Graph's `request-id`: what Microsoft support asks for. */
  readonly requestId?: string;
  /** Seconds that the service asked us to wait. */
  readonly retryAfterSeconds?: number;
}

/**
 * Why something stopped, for the person who reads the card.
 *
 * @param code stable, kebab-case
 * @param doing what was happening, lower case, without "failed to": "reading the partner entry for Alpha"
 * @param remedy one imperative sentence: "Ask a Security Administrator of Beta to run join."
 */
export class BotError extends Error {
  readonly status?: number;
  readonly graphCode?: string;
  readonly requestId?: string;
  readonly retryAfterSeconds?: number;

  constructor(
    readonly code: ErrorCode,
    readonly doing: string,
    readonly remedy: string,
    details: BotErrorDetails = {},
  ) {
    super(`${doing}: ${code}`, { cause: details.cause });
    this.name = 'BotError';
    this.status = details.status;
    this.graphCode = details.graphCode;
    this.requestId = details.requestId;
    this.retryAfterSeconds = details.retryAfterSeconds;
  }
}
