import { BotError } from '../errors';
import type { ErrorCode } from '../errors';

const transient: readonly ErrorCode[] = [
  'graph-throttled',
  'graph-unavailable',
  'graph-unreadable',
  'storage-unavailable',
  'busy',
];

/** Of the moment: the same request may go through later. */
export function isTransient(error: unknown): boolean {
  return error instanceof BotError && transient.includes(error.code);
}

/** What a failed write leaves behind. */
export type WriteFault =
  /** Graph said no: nothing was changed. */
  | 'refused'
  /** 409: what we want may be there already. */
  | 'conflict'
  /** 404: an object that we have just made may not be everywhere yet. */
  | 'not-found'
  /** 429: not now. It may have gone through all the same (safety D2). */
  | 'throttled'
  /** Nobody knows; look before anything else (I23). */
  | 'ambiguous';

const refusals: readonly ErrorCode[] = [
  'bad-input',
  'bad-settings',
  'not-allowed',
  'consent-missing',
  'permission-missing',
  'wrong-tenant',
  'graph-refused',
  'writes-disabled',
  'egress-refused',
];

export function writeFaultOf(error: unknown): WriteFault {
  if (!(error instanceof BotError)) return 'ambiguous';
  if (error.code === 'conflict' || error.code === 'not-found') return error.code;
  if (error.code === 'graph-throttled') return 'throttled';
  return refusals.includes(error.code) ? 'refused' : 'ambiguous';
}

/** Ready to show; errors that are not ours show no internals. */
export function shown(error: unknown): {
  readonly code: string;
  readonly doing: string;
  readonly remedy: string;
  readonly requestId?: string;
} {
  if (!(error instanceof BotError)) {
    return { code: 'internal', doing: 'carrying out a change', remedy: 'Look at the log of the bot.' };
  }
  const { code, doing, remedy, requestId } = error;
  return { code, doing, remedy, ...(requestId === undefined ? {} : { requestId }) };
}
