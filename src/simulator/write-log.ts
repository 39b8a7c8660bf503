import { instant, simulatedNow } from './clock';
import type { Route } from './route';
import type { Runtime } from './runtime';
import type { Json, TenantState } from './world';

const mostEntries = 20_000;
const retentionMs = 30 * 86_400_000;
const longestBody = 100_000;

interface WriteRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Json | undefined;
}

/** Adds one line to `/_control/writes`. Kept 30 simulated days, at most 20,000 lines. */
export function recordWrite(
  runtime: Runtime,
  tenant: TenantState,
  route: Route,
  request: WriteRequest,
  outcome: { status: number; effect: boolean; cut: boolean; requestId: string },
): void {
  const { world } = runtime;
  const now = simulatedNow(world);
  const text = JSON.stringify(request.body ?? null);
  const id = request.headers['client-request-id'];
  world.writes.push({
    time: instant(now),
    tenant: tenant.key,
    operation: route.operation,
    method: request.method,
    path: request.path,
    body: text.length > longestBody ? `(${text.length} characters)` : (request.body ?? null),
    status: outcome.status,
    effect: outcome.effect,
    clientRequestId: typeof id === 'string' ? id : null,
    requestId: outcome.requestId,
    dropped: outcome.cut,
  });
  const oldest = instant(now - retentionMs);
  const fresh = world.writes.findIndex((entry) => entry.time >= oldest);
  const excess = Math.max(fresh, world.writes.length - mostEntries);
  if (excess > 0) world.writes.splice(0, excess);
  runtime.changed();
}
