import { Refusal } from './refusal';
import type { Answer, Call } from './route';
import type { Runtime } from './runtime';

const keyOf = (call: Call, path = call.path) => `${call.tenant.key} ${path.toLowerCase()}`;

/** What a lagging replica still answers on this path, or null when it caught up. */
export function staleAnswer(runtime: Runtime, call: Call): Answer | null {
  const key = keyOf(call);
  const kept = runtime.stale.get(key);
  if (!kept) return null;
  if (kept.until > Date.now()) {
    const { status, body } = kept.answer;
    if (status < 400) return kept.answer;
    const error = (body as { error: { code: string; message: string } }).error;
    throw new Refusal(status, error.code, error.message);
  }
  runtime.stale.delete(key);
  return null;
}

/**
 * Reads what the path of a write answers now. The function returned is called after the effect: for `lagMs`
 * real ms reads of that path, and of an object that the write made, answer as before.
 */
export async function rememberBefore(
  runtime: Runtime,
  call: Call,
): Promise<(answer: Answer, lagMs: number) => void> {
  const found = runtime.router.find('GET', call.path);
  const before = found
    ? await read({ ...call, method: 'GET', query: new Map(), body: undefined }, found.route)
    : null;
  return (answer, lagMs) => {
    if (answer.status >= 300) return;
    const until = Date.now() + lagMs;
    if (before) runtime.stale.set(keyOf(call), { until, answer: before });
    const made = answer.status === 201 ? madeId(answer.body) : null;
    if (made) runtime.stale.set(keyOf(call, `${call.path}/${made}`), { until, answer: missing(made) });
  };
}

async function read(call: Call, route: { run(call: Call): Answer | Promise<Answer>; query?: Call['rules'] }) {
  try {
    return await route.run({ ...call, rules: route.query ?? { options: [] } });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { status: error.status, body: { error: { code: error.code, message: error.message } } };
  }
}

function madeId(body: unknown): string | null {
  const { id, tenantId } = (body ?? {}) as { id?: unknown; tenantId?: unknown };
  const made = id ?? tenantId;
  return typeof made === 'string' ? made : null;
}

function missing(id: string): Answer {
  const message = `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`;
  return { status: 404, body: { error: { code: 'Request_ResourceNotFound', message } } };
}
