import type { Context, Middleware } from '@microsoft/microsoft-graph-client';
import { ownPath } from '../egress';
import { operationOf, operations } from '../operations';
import type { Pace } from '../pace';
import { backoffSeconds, longestWaitSeconds, retryAfterSeconds } from '../retry-after';
import { throttleClassOf, unitsOf, type Budget, type ThrottleClass } from '../throttle';
import type { Tokens } from '../tokens';
import { addressOf, callOf } from './call-options';

interface Toll {
  readonly kind: ThrottleClass;
  readonly units: number;
}

/** Waits for the budget of tenant, application and class (facts 7), and holds the class after a 429. */
export class Gate implements Middleware {
  private next: Middleware | undefined;

  constructor(
    private readonly budget: Budget,
    private readonly tokens: Tokens,
    private readonly origin: string,
    private readonly pace: Pace,
  ) {}

  setNext(next: Middleware): void {
    this.next = next;
  }

  async execute(context: Context): Promise<void> {
    const { call } = callOf(context);
    const owner = `${call.tenantId} ${this.tokens.application(call.pack)?.clientId ?? ''}`;
    const target = ownPath(addressOf(context), this.origin);
    const method = context.options?.method ?? 'GET';
    const path = target?.path ?? '';
    const tolls = tollsOf(method, path, target?.query ?? '', context.options?.body);
    const operation = operationOf(method, path);
    const isWrite = operation !== undefined && operations[operation].effect === 'write';
    for (const toll of tolls) await this.budget.take(owner, toll.kind, toll.units, isWrite);
    await this.next?.execute(context);
    if (context.response?.status === 429) this.holdAll(owner, tolls, context.response);
  }

  private holdAll(owner: string, tolls: readonly Toll[], response: Response): void {
    const asked = retryAfterSeconds(response.headers.get('Retry-After'), this.pace.now());
    const seconds = Math.min(asked ?? backoffSeconds(1, this.pace.random()), longestWaitSeconds);
    for (const toll of tolls) this.budget.hold(owner, toll.kind, seconds);
  }
}

/** One toll per class; each request inside a batch counts by itself (facts 7.4). */
function tollsOf(method: string, path: string, query: string, body: unknown): readonly Toll[] {
  if (path !== '/$batch' || typeof body !== 'string') {
    return [{ kind: throttleClassOf(path), units: unitsOf(method, path, query) }];
  }
  const { requests } = JSON.parse(body) as { requests: { url: string }[] };
  const tolls = new Map<ThrottleClass, number>();
  for (const { url } of requests) {
    const [inner = '', search = ''] = url.split('?');
    const kind = throttleClassOf(inner);
    tolls.set(kind, (tolls.get(kind) ?? 0) + unitsOf('GET', inner, `?${search}`));
  }
  return [...tolls].map(([kind, units]) => ({ kind, units }));
}
