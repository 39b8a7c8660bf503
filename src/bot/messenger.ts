import type { AdaptiveCard, ConversationReference, Delivery, Messenger } from '../store/ports';
import { log } from '../log';
import { isAllowedServiceUrl } from './service-url';

export interface MessengerOptions {
  readonly mode: 'production' | 'local';
  /** The bearer token for the connector; null in local mode, where it takes none. */
  readonly token: () => Promise<string | null>;
  readonly timeoutMs?: number;
}

const usualTimeoutMs = 10_000;
const usualWaitSeconds = 2;
const longestWaitSeconds = 120;
const waitForTokenSeconds = 15;

interface Call {
  readonly method: 'POST' | 'PUT';
  readonly path: string;
  readonly to: ConversationReference;
  readonly card: AdaptiveCard;
}

/** A card alone: with text beside it Teams would split the message and return no id (teams A1). */
function messageOf({ to, card }: Call): unknown {
  return {
    type: 'message',
    from: { id: to.botId },
    conversation: { id: to.conversationId },
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }],
  };
}

function retryAfterSeconds(response: Response): number {
  const header = response.headers.get('retry-after') ?? '';
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 1), longestWaitSeconds) : usualWaitSeconds;
}

async function idIn(response: Response): Promise<string> {
  const body: unknown = await response.json().catch(() => null);
  const id = typeof body === 'object' && body !== null && 'id' in body ? body.id : null;
  return typeof id === 'string' ? id : '';
}

const goneStatuses: readonly number[] = [403, 404, 410];
const laterStatuses: readonly number[] = [401, 412, 429];
/** Of these nobody knows the effect; of any other 4xx it is known that there was none. */
const unclearStatuses: readonly number[] = [408, 409, 425];
const neverConnected: readonly string[] = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
];

/** What an answer of the connector means (teams A5, A6): a 5xx may have had its effect, 403 and 404 are final. */
async function deliveryOf(response: Response, knownId: string): Promise<Delivery> {
  if (response.ok) return { outcome: 'sent', activityId: knownId || (await idIn(response)) };
  await response.body?.cancel();
  log.warn('the connector refused a message', { event: 'connector-refused', status: response.status });
  if (goneStatuses.includes(response.status)) return { outcome: 'gone' };
  if (laterStatuses.includes(response.status)) {
    return { outcome: 'throttled', retryAfterSeconds: retryAfterSeconds(response) };
  }
  const isRefused =
    response.status >= 400 && response.status < 500 && !unclearStatuses.includes(response.status);
  return isRefused ? { outcome: 'refused', status: response.status } : { outcome: 'ambiguous' };
}

/** Nothing was sent when there was no connection; any other fault may have come after the effect. */
function deliveryAfter(error: unknown): Delivery {
  const { cause } = Object(error) as { readonly cause?: { readonly code?: unknown } };
  const hasNotBegun = neverConnected.includes(String(cause?.code));
  return hasNotBegun
    ? { outcome: 'throttled', retryAfterSeconds: usualWaitSeconds }
    : { outcome: 'ambiguous' };
}

/**
 * Posts and updates cards through the Bot Connector: one request per call, whatever it answers. The SDK's own
 * client repeats a POST up to four times and would show a message as often (teams A5, measured), and waits for ever.
 */
export function createMessenger(options: MessengerOptions): Messenger {
  const timeoutMs = options.timeoutMs ?? usualTimeoutMs;

  async function send(call: Call, knownId: string): Promise<Delivery> {
    const { method, path, to } = call;
    if (!isAllowedServiceUrl(to.serviceUrl, options.mode)) return { outcome: 'gone' };
    const token = await options.token().catch(() => undefined);
    if (token === undefined) return { outcome: 'throttled', retryAfterSeconds: waitForTokenSeconds };
    const address = `${to.serviceUrl.replace(/\/+$/, '')}/v3/conversations/${path}`;
    try {
      const response = await fetch(address, {
        method,
        redirect: 'manual',
        headers: {
          'content-type': 'application/json; charset=utf-8',
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        },
        body: JSON.stringify(messageOf(call)),
        signal: AbortSignal.timeout(timeoutMs),
      });
      return await deliveryOf(response, knownId);
    } catch (error) {
      return deliveryAfter(error);
    }
  }

  return {
    post: (to, card) => {
      const path = `${encodeURIComponent(to.conversationId)}/activities`;
      return send({ method: 'POST', path, to, card }, '');
    },
    update: (to, activityId, card) => {
      const path = `${encodeURIComponent(to.conversationId)}/activities/${encodeURIComponent(activityId)}`;
      return send({ method: 'PUT', path, to, card }, activityId);
    },
  };
}
