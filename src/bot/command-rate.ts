interface Bucket {
  tokens: number;
  at: number;
  /** The person has been told to wait until then. */
  toldUntil: number;
}

const minuteMs = 60_000;
const mostBuckets = 10_000;

/** `seconds` until the next command; `isNews` when that was not said yet. */
export interface Wait {
  readonly seconds: number;
  readonly isNews: boolean;
}

/**
 * A token bucket per key: a minute's worth at once, refilled evenly. Bounded: the keys that were quiet for longest are
 * forgotten first (I36). In this process only; several processes allow as many times more.
 */
export class CommandRate {
  readonly #buckets = new Map<string, Bucket>();

  constructor(
    readonly perMinute: number,
    private readonly now: () => number = Date.now,
  ) {}

  /** Null when the key may go on; that counts. */
  take(key: string): Wait | null {
    const bucket = this.#bucketOf(key);
    if (bucket.tokens >= 1) {
      bucket.tokens -= 1;
      return null;
    }
    const waitMs = ((1 - bucket.tokens) * minuteMs) / this.perMinute;
    const isNews = this.now() >= bucket.toldUntil;
    if (isNews) bucket.toldUntil = this.now() + waitMs;
    return { seconds: Math.ceil(waitMs / 1_000), isNews };
  }

  /** Takes back what `take` counted, for a command that somebody else's limit stopped. */
  giveBack(key: string): void {
    const bucket = this.#bucketOf(key);
    bucket.tokens = Math.min(bucket.tokens + 1, this.perMinute);
  }

  #bucketOf(key: string): Bucket {
    const now = this.now();
    const known = this.#buckets.get(key) ?? { tokens: this.perMinute, at: now, toldUntil: 0 };
    known.tokens = Math.min(known.tokens + ((now - known.at) * this.perMinute) / minuteMs, this.perMinute);
    known.at = now;
    this.#buckets.delete(key);
    this.#buckets.set(key, known);
    const oldest = this.#buckets.keys().next().value;
    if (this.#buckets.size > mostBuckets && oldest !== undefined) this.#buckets.delete(oldest);
    return known;
  }
}
