import type { Faults } from './faults';
import type { Answer } from './route';
import type { Router } from './router';
import type { Throttle } from './throttle';
import type { World } from './world';

/** Seen by `onExchange`: one Graph request and its answer, `$batch` parts too. */
export interface ExchangeRequest {
  readonly method: string;
  /** With version, without query. */
  readonly path: string;
  readonly query: ReadonlyMap<string, string>;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: unknown;
}

export interface ExchangeResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** Comes from a fault, not from the simulator's own rules. */
  readonly injected: boolean;
}

export interface RequestCount {
  requests: number;
  refused: number;
  throttled: number;
}

/** What lives while the server runs; only `world` is saved. */
export interface Runtime {
  world: World;
  faults: Faults;
  throttle: Throttle;
  readonly router: Router;
  /** By `{tenant key}/{class}`. */
  counts: Map<string, RequestCount>;
  /** Answers of before, by `{tenant key} {path}`, until a real instant: replication lag. */
  stale: Map<string, { readonly until: number; readonly answer: Answer }>;
  origin: string;
  readonly latencyMs: number;
  readonly onExchange: ((request: ExchangeRequest, response: ExchangeResponse) => void) | null;
  /** Runs due cycles up to now. */
  catchUp(): void;
  /** The world changed: save it soon. */
  changed(): void;
  /** Starts over with this seed. */
  reset(seed: string): void;
}
