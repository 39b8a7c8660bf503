import { z } from 'zod/v4';
import { BotError, type ErrorCode } from '../errors';
import { jsonInText, text } from './parse';

/** One answer as it came from the wire. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly clientRequestId: string;
}

const inner = z.looseObject({ 'request-id': text, requestId: text }).nullish().catch(null);
const plain = z.object({
  error: z.object({ code: text, message: text, innerError: inner, innererror: inner }),
});
const odata = z.object({
  error: z.object({ 'odata.error': z.object({ code: text, message: z.object({ value: text }) }) }),
});

export interface GraphProblem {
  readonly code?: string;
  readonly message?: string;
  readonly requestId?: string;
}

/** Code, message and request id of an error body, in today's or the old envelope; empty when there is none. */
export function problemOf(body: string, headers?: Headers): GraphProblem {
  const json = jsonInText(body);
  const header = headers?.get('request-id') ?? undefined;
  const old = odata.safeParse(json);
  if (old.success) {
    const error = old.data.error['odata.error'];
    return {
      code: error.code ?? undefined,
      message: error.message.value ?? undefined,
      requestId: header,
    };
  }
  const read = plain.safeParse(json);
  if (!read.success) return { requestId: header };
  const { code, message, innerError, innererror } = read.data.error;
  const within = innerError ?? innererror;
  return {
    code: code ?? undefined,
    message: message ?? undefined,
    requestId: header ?? within?.['request-id'] ?? within?.requestId ?? undefined,
  };
}

export interface ErrorSetting {
  readonly doing: string;
  readonly tenantName: string;
  /** The request may have changed something. */
  readonly isWrite: boolean;
  readonly permission: string;
  readonly retryAfterSeconds?: number;
}

/**
 * What an answer of 300 and above means to us (the only place that maps Graph's status and code to ours).
 * A write answered with 5xx may have happened (I23); a 429 was refused, though the executor still reads back (safety D2).
 */
export function refusalOf(answer: WireAnswer, setting: ErrorSetting): BotError {
  const problem = problemOf(answer.text, answer.headers);
  const details = {
    status: answer.status,
    graphCode: problem.code,
    requestId: problem.requestId,
    retryAfterSeconds: setting.retryAfterSeconds,
    cause: problem.message === undefined ? undefined : new Error(problem.message),
  };
  const [code, remedy] = meaningOf(answer.status, problem, setting);
  return new BotError(code, setting.doing, remedy, details);
}

function meaningOf(status: number, problem: GraphProblem, setting: ErrorSetting): [ErrorCode, string] {
  const { tenantName, isWrite, permission } = setting;
  if (status < 400) return ['graph-refused', 'Check GRAPH_BASE_URL: Graph answered with a redirect.'];
  if (status === 429) return ['graph-throttled', waitRemedy(setting.retryAfterSeconds)];
  if (status >= 500) {
    return isWrite ? ['graph-ambiguous', readBackRemedy] : ['graph-unavailable', 'Try again in a minute.'];
  }
  if (status === 404 || problem.code === 'Directory_ObjectNotFound') {
    return ['not-found', `Check that it still exists in ${tenantName}.`];
  }
  if (status === 409 || problem.code === 'Request_MultipleObjectsWithSameKeyValue') {
    return ['conflict', 'Run the command again: something else created it meanwhile.'];
  }
  if (problem.code === 'Authentication_RequestFromNonPremiumTenantOrB2CTenant') {
    return ['graph-refused', `Check the licences of ${tenantName}: this read needs Microsoft Entra ID P1.`];
  }
  if (status === 403) {
    return [
      'permission-missing',
      `Ask a Privileged Role Administrator of ${tenantName} to consent to ${permission}, then run connect.`,
    ];
  }
  if (status === 401)
    return ['consent-missing', `Run connect for ${tenantName} and let consent be given again.`];
  return [
    'graph-refused',
    problem.message ? `Read what Graph said: ${problem.message}` : 'Show the request id to support.',
  ];
}

const readBackRemedy = 'Run the command again: it looks at what happened before it writes.';

function waitRemedy(seconds: number | undefined): string {
  return seconds === undefined
    ? 'Try again in a few minutes.'
    : `Try again in ${Math.ceil(seconds)} seconds: Graph asked for that pause.`;
}

/** Nothing came back: for a write the outcome is unknown (I23). */
export function unreachable(setting: ErrorSetting, cause: unknown): BotError {
  return setting.isWrite
    ? new BotError('graph-ambiguous', setting.doing, readBackRemedy, { cause })
    : new BotError('graph-unavailable', setting.doing, 'Try again in a minute.', { cause });
}

/** A 2xx whose body is not what was expected (a proxy's HTML page, for example). */
export function unreadable(answer: WireAnswer, setting: ErrorSetting, cause: unknown): BotError {
  const details = {
    cause,
    status: answer.status,
    requestId: answer.headers.get('request-id') ?? undefined,
  };
  return setting.isWrite
    ? new BotError('graph-ambiguous', setting.doing, readBackRemedy, details)
    : new BotError('graph-unreadable', setting.doing, 'Show the request id to support.', details);
}
