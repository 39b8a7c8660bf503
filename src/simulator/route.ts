import type { IncomingHttpHeaders } from 'node:http';
import type { Json, TenantState, World } from './world';

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

/** Budgets of facts 7; `policy` and `synchronization` count as directory but are told apart in counters. */
export type ThrottleClass = 'directory' | 'reports' | 'provisionOnDemand';

export type ODataOption =
  | '$select'
  | '$filter'
  | '$top'
  | '$count'
  | '$search'
  | '$orderby'
  | '$expand'
  | '$skiptoken'
  | '$deltatoken';

export type FilterOperator =
  'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le' | 'in' | 'startswith' | 'endswith' | 'contains' | 'not';

/**
 * What a collection understands; everything else answers 400.
 * `filter` maps a property path (`mail`, `servicePrincipal/id`, `proxyAddresses/any`, `identities/any/issuer`)
 * to its operators. A trailing `!` (`ne!`) says: only as an advanced query (facts 7.5).
 */
export interface QueryRules {
  readonly options: readonly ODataOption[];
  readonly filter?: Readonly<Record<string, readonly (FilterOperator | `${FilterOperator}!`)[]>>;
  readonly orderby?: readonly string[];
  readonly search?: readonly string[];
  readonly expand?: readonly string[];
  readonly page?: { readonly size: number; readonly max: number };
  /** `$filter`, `$search`, `$orderby` need `ConsistencyLevel: eventual` and `$count=true`. */
  readonly advancedOnly?: boolean;
}

export interface Call {
  readonly world: World;
  readonly tenant: TenantState;
  readonly clientId: string;
  /** The person who does this in the portal; null for an application. */
  readonly actorId: string | null;
  readonly method: Method;
  /** Path with version, without query: `/v1.0/users`. */
  readonly path: string;
  /** Origin and path of the request, for nextLink and context: `http://127.0.0.1:3979`. */
  readonly origin: string;
  readonly version: 'v1.0' | 'beta';
  readonly parameters: Readonly<Record<string, string>>;
  /** Decoded query options, checked against the route's rules. */
  readonly query: ReadonlyMap<string, string>;
  readonly headers: IncomingHttpHeaders;
  readonly body: Json | undefined;
  /** Simulated now, epoch ms. */
  readonly now: number;
  readonly requestId: string;
  readonly rules: QueryRules;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** One Graph operation. `path` holds parameters in braces: `/v1.0/users/{userId}/transitiveMemberOf`. */
export interface Route {
  readonly method: Method;
  readonly path: string;
  /** Named operation of `/_control/writes`, e.g. `partners.create`. */
  readonly operation: string;
  /** Any one entry suffices; an entry that is a list needs all of its permissions. */
  readonly permissions: readonly (string | readonly string[])[];
  readonly throttle: ThrottleClass;
  /** Base cost in resource units (facts 7.1); 1 when left out. */
  readonly cost?: number;
  /** Changes something: listed in `/_control/writes` (named list of decisions.md, not the HTTP method). */
  readonly isWrite: boolean;
  readonly query?: QueryRules;
  /** Throws `Refusal` for every Graph error. */
  run(call: Call): Answer | Promise<Answer>;
}
