import { instant, simulatedNow } from './clock';
import type { Strike } from './faults';
import { Refusal } from './refusal';
import type { Answer } from './route';
import type { World } from './world';

/** What a fault answers in place of the simulator. */
export function injectedAnswer({ answer }: Strike): Answer {
  const { status, headers, body } = answer ?? { status: 500, headers: {}, body: undefined };
  const code =
    status === 429 ? 'TooManyRequests' : status === 403 ? 'Authorization_RequestDenied' : 'UnknownError';
  const message =
    status === 403 ? 'Insufficient privileges to complete the operation.' : 'Injected by a fault.';
  return { status, headers, body: body ?? { error: { code, message, innerError: {} } } };
}

/** Headers of every Graph answer (facts 0.3); `Date` is simulated time. */
export function standardHeaders(
  world: World,
  requestId: string,
  clientRequestId: string | null,
  answer: Answer,
): Record<string, string> {
  return {
    Date: new Date(simulatedNow(world)).toUTCString(),
    'request-id': requestId,
    'client-request-id': clientRequestId ?? requestId,
    ...answer.headers,
  };
}

/** A refusal in Graph's error body; anything else is thrown on. */
export function errorAnswer(
  world: World,
  error: unknown,
  requestId: string,
  clientRequestId: string | null,
): Answer {
  if (!(error instanceof Refusal)) throw error;
  const innerError = {
    date: instant(simulatedNow(world)).slice(0, 19),
    'request-id': requestId,
    'client-request-id': clientRequestId ?? requestId,
  };
  const { details, headers } = error.extras;
  const body = {
    error: { code: error.code, message: error.message, ...(details ? { details } : {}), innerError },
  };
  return { status: error.status, body, headers };
}
