import { createPublicKey } from 'node:crypto';
import { JwtTokenExtractor } from 'botframework-connector/lib/auth/jwtTokenExtractor';
import { OpenIdMetadata, type IOpenIdMetadataKey } from 'botframework-connector/lib/auth/openIdMetadata';
import { z } from 'zod/v4';
import { log } from '../log';

export interface SigningKeysParts {
  readonly fetch?: typeof fetch;
  /** Milliseconds. */
  readonly now?: () => number;
}

const channel = 'msteams';
const timeoutMs = 5_000;
const minuteMs = 60_000;
/** Fetched anew once they are this old; the Bot Framework asks for a day. */
const refreshAfterMs = 24 * 60 * minuteMs;
/** Used this long at most when nothing newer can be had: a key that was withdrawn must stop some day. */
const forgetAfterMs = 5 * 24 * 60 * minuteMs;
/** An unknown key id causes one fetch in this time, a failed fetch another one after `retryAfterMs`. */
const refetchAfterMs = 5 * minuteMs;
const retryAfterMs = 10_000;

const metadataSchema = z.object({ jwks_uri: z.url({ protocol: /^https$/ }) });
const keySchema = z.object({
  kty: z.literal('RSA'),
  kid: z.string().min(1).max(256),
  n: z.string().min(1).max(2_048),
  e: z.string().min(1).max(16),
  endorsements: z.array(z.string()),
});
const keySetSchema = z.object({ keys: z.array(z.unknown()).max(200) });

type Keys = ReadonlyMap<string, IOpenIdMetadataKey>;

/** Keys of Teams only: the SDK takes a key without endorsements for one that may sign for every channel. */
function readKeys(answer: unknown): Keys {
  const found = keySetSchema.parse(answer).keys.flatMap((entry) => {
    const key = keySchema.safeParse(entry);
    return key.success && key.data.endorsements.includes(channel) ? [key.data] : [];
  });
  return new Map(
    found.map(({ kid, endorsements, ...jwk }) => {
      const pem = createPublicKey({ key: jwk, format: 'jwk' }).export({ type: 'spki', format: 'pem' });
      return [kid, { key: String(pem), endorsements }];
    }),
  );
}

/**
 * The keys that sign the channel's tokens, in place of the SDK's own cache: that one fetches once per request until it
 * first succeeds, waits for ever, refuses everybody when a day-old cache cannot be renewed, and sees a new key only
 * an hour after the last fetch (safety C1). Here a burst is one fetch, and outages are bridged by the keys at hand.
 */
export class SigningKeys extends OpenIdMetadata {
  readonly #url: string;
  readonly #fetch: typeof fetch;
  readonly #now: () => number;
  #known: Keys = new Map();
  #loadedAt = -Infinity;
  #notBefore = -Infinity;
  #pending: Promise<void> | null = null;

  constructor(url: string, parts: SigningKeysParts = {}) {
    super(url);
    this.#url = url;
    this.#fetch = parts.fetch ?? fetch;
    this.#now = parts.now ?? Date.now;
  }

  /** Makes the SDK ask these keys whenever it would look at that address. */
  serve(metadataUrl: string): void {
    // `private` in its types only; it is the one place where a cache of ours fits in.
    const { openIdMetadataCache } = JwtTokenExtractor as unknown as {
      readonly openIdMetadataCache: Map<string, OpenIdMetadata>;
    };
    openIdMetadataCache.set(metadataUrl, this);
  }

  /** Whether a token could be checked now; asks for the keys when there are none, without waiting for them. */
  isReady(): boolean {
    if (!this.#areUsable()) void this.load();
    return this.#areUsable();
  }

  /** Fetches the keys unless that was done just now. Never rejects: the keys at hand stay. */
  load(): Promise<void> {
    if (this.#pending === null && this.#now() < this.#notBefore) return Promise.resolve();
    this.#pending ??= this.#load().finally(() => (this.#pending = null));
    return this.#pending;
  }

  /** @throws Error when there are no keys at all: a fault of ours, so that the channel asks again later */
  override async getKey(keyId: string): Promise<IOpenIdMetadataKey | null> {
    const isKnown = this.#areUsable() && this.#known.has(keyId);
    if (!isKnown) await this.load();
    else if (this.#now() - this.#loadedAt > refreshAfterMs) void this.load();
    if (!this.#areUsable()) throw new Error('no signing keys at hand');
    return this.#known.get(keyId) ?? null;
  }

  #areUsable(): boolean {
    return this.#now() - this.#loadedAt < forgetAfterMs;
  }

  async #load(): Promise<void> {
    const isFirst = this.#known.size === 0;
    try {
      this.#known = await this.#ask();
      this.#loadedAt = this.#now();
      this.#notBefore = isFirst ? -Infinity : this.#now() + refetchAfterMs;
      log.info('the signing keys of the channel are loaded', {
        event: 'signing-keys',
        count: this.#known.size,
      });
    } catch (error) {
      this.#notBefore = this.#now() + retryAfterMs;
      const reason = error instanceof Error ? error.name : 'unknown';
      log.warn('the signing keys of the channel could not be loaded', { event: 'signing-keys', reason });
    }
  }

  async #ask(): Promise<Keys> {
    const signal = AbortSignal.timeout(timeoutMs);
    const metadata = metadataSchema.parse(await this.#get(this.#url, signal));
    if (new URL(metadata.jwks_uri).origin !== new URL(this.#url).origin) throw new RangeError('foreign keys');
    const keys = readKeys(await this.#get(metadata.jwks_uri, signal));
    if (keys.size === 0) throw new RangeError('no keys');
    return keys;
  }

  async #get(url: string, signal: AbortSignal): Promise<unknown> {
    const response = await this.#fetch(url, { redirect: 'error', signal });
    if (response.ok) return response.json();
    await response.body?.cancel();
    throw new RangeError('no keys in the answer');
  }
}
