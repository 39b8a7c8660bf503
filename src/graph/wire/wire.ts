import { Client, ResponseType } from '@microsoft/microsoft-graph-client';
import { randomUUID } from 'node:crypto';
import type { GraphVersion } from '../client';
import type { WireAnswer } from '../graph-error';
import type { Pace } from '../pace';
import { Budget } from '../throttle';
import type { Tokens } from '../tokens';
import { Bearer } from './bearer';
import { CallOptions, type Call } from './call-options';
import { Gate } from './gate';
import { Guard } from './guard';
import { KeepError } from './keep-error';
import { Retry, type Patience } from './retry';
import { Transport } from './transport';

export interface WireParts {
  readonly origin: string;
  readonly areWritesEnabled: boolean;
  readonly tokens: Tokens;
  readonly pace: Pace;
  readonly patience: Patience;
  readonly fetch: typeof globalThis.fetch;
}

export interface WireRequest {
  readonly call: Call;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly version: GraphVersion;
  /** Path after the version, with its query, encoded. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly clientRequestId?: string;
  /** See `SendOptions`. */
  readonly beforeSend?: () => void;
}

export interface Exchange {
  /** Missing when nothing came back. */
  readonly answer?: WireAnswer;
  readonly error?: unknown;
  readonly retryAfterSeconds?: number;
}

/**
 * The one way to Graph. The SDK builds the address and runs our chain; its own retry, redirect and authentication
 * are not used: it repeats writes, follows redirects, and sends tokens to https only (safety C4).
 */
export class Wire {
  private readonly client: Client;

  constructor({ origin, areWritesEnabled, tokens, pace, patience, fetch }: WireParts) {
    this.client = Client.initWithMiddleware({
      baseUrl: `${origin}/`,
      middleware: [
        new KeepError(),
        new Guard(origin, areWritesEnabled),
        new Retry(pace, patience),
        new Gate(new Budget(pace), tokens, origin, pace),
        new Bearer(tokens),
        new Transport(fetch),
      ],
    });
  }

  async exchange(request: WireRequest): Promise<Exchange> {
    const options = new CallOptions(request.call, request.beforeSend);
    const clientRequestId = request.clientRequestId ?? randomUUID();
    const prepared = this.client
      .api(request.path)
      .version(request.version)
      .headers({ ...request.headers, 'client-request-id': clientRequestId })
      .responseType(ResponseType.RAW)
      .middlewareOptions([options]);
    try {
      const response = await sendBy(prepared, request);
      const answer = {
        status: response.status,
        headers: response.headers,
        text: await response.text(),
        clientRequestId,
      };
      return { answer, retryAfterSeconds: options.retryAfterSeconds };
    } catch (error) {
      return { error: options.error ?? error };
    }
  }
}

async function sendBy(prepared: ReturnType<Client['api']>, { method, body }: WireRequest): Promise<Response> {
  const sending: Promise<unknown> = {
    GET: async () => prepared.get() as Promise<unknown>,
    POST: async () => prepared.post(body) as Promise<unknown>,
    PUT: async () => prepared.put(body) as Promise<unknown>,
    PATCH: async () => prepared.patch(body) as Promise<unknown>,
    DELETE: async () => prepared.delete() as Promise<unknown>,
  }[method]();
  return (await sending) as Response;
}
