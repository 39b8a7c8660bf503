import { z } from 'zod/v4';
import { answerGraph, parseQuery, type GraphAnswer, type GraphRequest } from './graph';
import { badRequest, Refusal } from './refusal';
import type { Runtime } from './runtime';
import type { Json } from './world';

const partSchema = z.strictObject({
  id: z.string().min(1),
  method: z.enum(['GET', 'POST', 'PATCH', 'PUT', 'DELETE']),
  url: z.string().min(1),
  headers: z.record(z.string(), z.string()).optional(),
  body: z.json().optional(),
  dependsOn: z.array(z.string()).optional(),
});

type Part = z.infer<typeof partSchema>;

export interface BatchResponse {
  readonly id: string;
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body?: unknown;
}

/** Checks the envelope (facts 7.4): at most 20 parts, unique ids, `dependsOn` names earlier parts. */
export function readBatch(body: Json | undefined): Part[] {
  const parsed = z.strictObject({ requests: z.array(partSchema).min(1) }).safeParse(body);
  if (!parsed.success) throw badRequest('Invalid batch payload format.');
  const parts = parsed.data.requests;
  if (parts.length > 20) {
    throw badRequest('Number of batch request steps exceeds the maximum value of 20.');
  }
  const known = new Set<string>();
  for (const part of parts) {
    if (known.has(part.id)) throw badRequest(`Request Id has to be unique in a batch: '${part.id}'.`);
    if (part.dependsOn?.some((id) => !known.has(id)))
      throw badRequest('Invalid dependsOn in the batch payload.');
    if (part.body !== undefined && !hasJsonType(part)) {
      throw badRequest(`The Content-Type header is missing or not JSON in request '${part.id}'.`);
    }
    known.add(part.id);
  }
  return parts;
}

const hasJsonType = (part: Part) =>
  Object.entries(part.headers ?? {}).some(
    ([name, value]) =>
      name.toLowerCase() === 'content-type' && value.toLowerCase().includes('application/json'),
  );

/** Runs the parts in order; each counts by itself. A part whose dependency did not succeed answers 424. */
export async function runBatch(
  runtime: Runtime,
  version: string,
  outer: GraphRequest,
): Promise<{ responses: BatchResponse[]; cut: boolean }> {
  const responses: BatchResponse[] = [];
  const failed = new Set<string>();
  let cut = false;
  for (const part of readBatch(outer.body)) {
    if (part.dependsOn?.some((id) => failed.has(id))) {
      failed.add(part.id);
      responses.push({ id: part.id, status: 424, headers: {}, body: failedDependency });
      continue;
    }
    const answer = await runPart(runtime, version, outer, part);
    cut ||= answer.cut;
    if (answer.status >= 400) failed.add(part.id);
    responses.push({ id: part.id, status: answer.status, headers: answer.headers, body: answer.body });
  }
  return { responses, cut };
}

const failedDependency = {
  error: {
    code: 'FailedDependency',
    message: 'A request on which this request depends has failed.',
    innerError: {},
  },
};

async function runPart(
  runtime: Runtime,
  version: string,
  outer: GraphRequest,
  part: Part,
): Promise<GraphAnswer> {
  const request = partRequest(version, outer, part);
  const answer = request instanceof Refusal ? refusedPart(request) : await answerGraph(runtime, request);
  if (!(request instanceof Refusal)) tellExchange(runtime, request, answer);
  const { Date: _, ...headers } = answer.headers;
  const type: Record<string, string> =
    answer.body === undefined ? {} : { 'Content-Type': 'application/json' };
  return { ...answer, headers: { ...type, ...headers } };
}

function partRequest(version: string, outer: GraphRequest, part: Part): GraphRequest | Refusal {
  const [path = '', query = ''] = part.url.split('?', 2);
  if (/^https?:/i.test(part.url))
    return badRequest(`Invalid URL in request '${part.id}': it must be relative.`);
  const own = Object.entries(part.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]);
  const inherited = {
    authorization: outer.headers.authorization,
    'client-request-id': outer.headers['client-request-id'],
  };
  try {
    return {
      method: part.method,
      path: `/${version}/${decodeURIComponent(path.replace(/^\//, ''))}`,
      query: parseQuery(query),
      headers: { ...inherited, ...Object.fromEntries(own) },
      body: part.body as Json | undefined,
    };
  } catch (error) {
    return error instanceof Refusal ? error : badRequest(`Invalid URL in request '${part.id}'.`);
  }
}

function refusedPart(refusal: Refusal): GraphAnswer {
  const body = { error: { code: refusal.code, message: refusal.message, innerError: {} } };
  return { status: refusal.status, headers: {}, body, cut: false, injected: false };
}

/** Tells the hook about one request and its answer. */
export function tellExchange(runtime: Runtime, request: GraphRequest, answer: GraphAnswer): void {
  runtime.onExchange?.(request, answer);
}
