import type { z } from 'zod/v4';
import type { PackName } from '../config';
import type { OperationName } from './operations';

export type GraphVersion = 'v1.0' | 'beta';

/** One read. `doing` is completed with the tenant's name: "reading the partner entry" + " in Alpha". */
export interface ReadOptions<T> {
  readonly schema: z.ZodType<T>;
  readonly doing: string;
  /** Any one of these suffices; decides which pack's token is used (`read` first). */
  readonly permissions: readonly string[];
  /** Raw values; encoded here. */
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly version?: GraphVersion;
  /** Forces a pack: probes only. */
  readonly pack?: PackName;
}

/** A list read: `schema` is that of one item. */
export interface ListOptions<T> extends ReadOptions<T> {
  /** Most items to bring; paging stops there. */
  readonly limit: number;
}

export interface GraphList<T> {
  readonly items: readonly T[];
  /** `false` when `limit` was reached and Graph had more. */
  readonly isComplete: boolean;
  /** `@odata.count`, when it was asked for. */
  readonly count: number | null;
}

/** One inner answer of a batch; `value` is set for a 2xx that could be read. */
export interface BatchAnswer<T> {
  readonly status: number;
  readonly value?: T;
  readonly graphCode?: string;
}

/** Reads one tenant. Cannot change anything: planning and watching get only this. */
export interface GraphRead {
  readonly tenantId: string;
  /** @throws BotError `not-found` on 404, otherwise the codes of `graph-error.ts` */
  get<T>(path: string, options: ReadOptions<T>): Promise<T>;
  /** Like `get`, with `undefined` for 404. */
  find<T>(path: string, options: ReadOptions<T>): Promise<T | undefined>;
  /** Follows `@odata.nextLink` (same origin and version only, no page twice) up to `limit` items. */
  list<T>(path: string, options: ListOptions<T>): Promise<GraphList<T>>;
  /** Page by page, for what must not be held in memory at once. */
  pages<T>(path: string, options: ReadOptions<T>): AsyncIterable<readonly T[]>;
  /** Many GETs by `$batch`, answers in the order of `paths`; failed ones were retried (facts 7.4). */
  batchGet<T>(paths: readonly string[], options: ReadOptions<T>): Promise<readonly BatchAnswer<T>[]>;
  /**
   * Looks again until something is there, up to a minute: Graph shows new objects late (facts 4.1).
   * @throws BotError `graph-unavailable` when it stays away
   */
  waitFor<T>(look: () => Promise<T | undefined>, doing: string): Promise<T>;
}

export interface SendOptions<T> {
  /** Fills the `{names}` of the operation's path. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly doing: string;
  /** Shape of the answer; leave out when only the status counts. */
  readonly schema?: z.ZodType<T>;
  /** To find the call in Graph's logs later (I22); made up when left out. */
  readonly clientRequestId?: string;
  /** Called last before the request leaves, after every wait; what it throws keeps the request back (I24). */
  readonly beforeSend?: () => void;
}

export interface Sent<T> {
  readonly status: number;
  readonly value: T;
  /** Graph's `request-id`s of this call, for the result card and the audit. */
  readonly requestIds: readonly string[];
}

/** Reads and writes one tenant; only `plan/apply` is handed one. Reads use the same packs as `GraphRead`. */
export interface GraphWrite extends GraphRead {
  readonly canWrite: true;
  /**
   * One named operation, sent once and never repeated by itself (I23).
   *
   * @throws BotError `writes-disabled` (I40); `graph-ambiguous` after a timeout, reset, 5xx or unreadable answer;
   *   `graph-throttled` on 429; `conflict` on 409; `not-found` on 404; `permission-missing` on 403; else `graph-refused`
   */
  send<T = unknown>(operation: OperationName, options: SendOptions<T>): Promise<Sent<T>>;
}
