import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { simulatedNow } from './clock';
import type { Strike } from './faults';
import { errorAnswer, injectedAnswer, standardHeaders } from './graph-answers';
import { checkQuery } from './odata';
import { badRequest, notFound, Refusal } from './refusal';
import { rememberBefore, staleAnswer } from './replication';
import type { Answer, Call, Method, QueryRules, Route } from './route';
import type { Runtime } from './runtime';
import { readToken, type Claims } from './token';
import { recordWrite } from './write-log';
import type { Json, TenantState } from './world';

export interface GraphRequest {
  readonly method: string;
  /** Decoded, with version: `/v1.0/users`. */
  readonly path: string;
  readonly query: ReadonlyMap<string, string>;
  readonly headers: IncomingHttpHeaders;
  readonly body: Json | undefined;
}

export interface GraphAnswer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: unknown;
  /** Cut the connection instead of answering. */
  readonly cut: boolean;
  readonly injected: boolean;
}

const noQuery: QueryRules = { options: [] };

/** Answers one Graph request, alone or as a part of a batch. Never throws for what Graph would refuse. */
export async function answerGraph(runtime: Runtime, request: GraphRequest): Promise<GraphAnswer> {
  const requestId = randomUUID();
  const clientRequestId = headerText(request.headers['client-request-id']);
  let caller: { tenant: TenantState; claims: Claims } | null = null;
  let strike: Strike | null = null;
  const found = runtime.router.find(request.method, request.path);
  const finish = (answer: Answer, effect: boolean, injected = false): GraphAnswer => {
    const headers = standardHeaders(runtime.world, requestId, clientRequestId, answer);
    const cut = strike?.reset === true || strike?.dropAfterEffect === true;
    if (found?.route.isWrite && caller) {
      recordWrite(runtime, caller.tenant, found.route, request, {
        status: answer.status,
        effect,
        cut,
        requestId,
      });
    }
    return { status: answer.status, headers, body: answer.body, cut, injected };
  };
  try {
    caller = readToken(runtime.world, headerText(request.headers.authorization) ?? undefined);
    strike = runtime.faults.strike(caller.tenant, request.method, request.path);
    const wait = runtime.latencyMs + strike.latencyMs;
    if (wait) await delay(wait);
    // The wait may have outlived a reset: the tenant is taken from the world as it is now.
    caller = { ...caller, tenant: runtime.world.tenants[caller.tenant.key] };
    if (strike.reset) return finish({ status: 0 }, false, true);
    if (strike.answer) return finish(injectedAnswer(strike), false, true);
    if (!found) throw unknownPath(runtime, request);
    const call = makeCall(runtime, request, caller, found.route, found.parameters, requestId);
    const answer = await runRoute(runtime, call, found.route, caller.claims, strike.lagMs);
    if (!strike.holdAfterEffectMs) return finish(answer, answer.status < 300 && found.route.isWrite);
    const held = finish(answer, answer.status < 300 && found.route.isWrite);
    await delay(strike.holdAfterEffectMs);
    return held;
  } catch (error) {
    return finish(errorAnswer(runtime.world, error, requestId, clientRequestId), false);
  }
}

async function runRoute(
  runtime: Runtime,
  call: Call,
  route: Route,
  claims: Claims,
  lagMs: number,
): Promise<Answer> {
  const { tenant, world } = call;
  const cost = requestCost(route, call);
  const charge = runtime.throttle.charge({
    tenant,
    clientId: claims.appid,
    throttle: route.throttle,
    cost,
    isWrite: route.method !== 'GET',
    users: world.userCount,
  });
  count(runtime, tenant, route, charge.refused);
  if (charge.refused)
    throw new Refusal(429, 'TooManyRequests', 'Too many requests.', { headers: charge.headers });
  if (!permitted(route, claims)) {
    throw new Refusal(
      403,
      'Authorization_RequestDenied',
      'Insufficient privileges to complete the operation.',
    );
  }
  checkQuery(call.rules, call);
  refuseHidden(call);
  const old = route.method === 'GET' ? staleAnswer(runtime, call) : null;
  if (old) return old;
  const before = lagMs ? await rememberBefore(runtime, call) : null;
  const answer = await route.run(call);
  before?.(answer, lagMs);
  if (route.method !== 'GET') runtime.changed();
  return { ...answer, headers: { ...charge.headers, ...answer.headers } };
}

/** Objects that were made a moment ago are not found yet (facts 4.1). */
function refuseHidden({ path, world }: Call): void {
  for (const segment of path.split('/')) {
    const until = world.hiddenUntil[segment.toLowerCase()];
    if (until === undefined) continue;
    if (until > Date.now()) throw notFound(segment);
    delete world.hiddenUntil[segment.toLowerCase()];
  }
}

function makeCall(
  runtime: Runtime,
  request: GraphRequest,
  { tenant, claims }: { tenant: TenantState; claims: Claims },
  route: Route,
  parameters: Record<string, string>,
  requestId: string,
): Call {
  runtime.catchUp();
  return {
    world: runtime.world,
    tenant,
    clientId: claims.appid,
    actorId: null,
    method: request.method as Method,
    path: request.path,
    origin: runtime.origin,
    version: request.path.startsWith('/beta/') ? 'beta' : 'v1.0',
    parameters,
    query: request.query,
    headers: request.headers,
    body: request.body,
    now: simulatedNow(runtime.world),
    requestId,
    rules: route.query ?? noQuery,
  };
}

function permitted(route: Route, { roles }: Claims): boolean {
  return route.permissions.some((entry) =>
    typeof entry === 'string'
      ? roles.includes(entry)
      : entry.every((permission) => roles.includes(permission)),
  );
}

/** Resource units with the modifiers of facts 7.1. */
function requestCost(route: Route, { query }: Call): number {
  const top = Number(query.get('$top') ?? NaN);
  const modifiers = (query.has('$select') ? -1 : 0) + (query.has('$expand') ? 1 : 0) + (top < 20 ? -1 : 0);
  return Math.max(1, (route.cost ?? 1) + modifiers);
}

function count(runtime: Runtime, tenant: TenantState, route: Route, throttled: boolean): void {
  const key = `${tenant.key}/${route.throttle}`;
  const entry = runtime.counts.get(key) ?? { requests: 0, refused: 0, throttled: 0 };
  entry.requests += 1;
  if (throttled) entry.throttled += 1;
  runtime.counts.set(key, entry);
}

function unknownPath(runtime: Runtime, { method, path }: GraphRequest): Refusal {
  if (runtime.router.methods(path).length) {
    return new Refusal(
      405,
      'Request_BadRequest',
      `Specified HTTP method is not allowed for the request target: ${method}.`,
    );
  }
  const segment = path.split('/').at(-1) ?? '';
  return new Refusal(404, 'BadRequest', `Resource not found for the segment '${segment}'.`);
}

export function headerText(value: string | string[] | undefined): string | null {
  return Array.isArray(value) ? (value[0] ?? null) : (value ?? null);
}

/** Decodes a raw query string; the same option twice is refused. */
export function parseQuery(text: string): Map<string, string> {
  const query = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(text)) {
    if (query.has(name)) throw badRequest(`Query option '${name}' was specified more than once.`);
    query.set(name, value);
  }
  return query;
}
