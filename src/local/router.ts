import type { IncomingMessage, ServerResponse } from 'node:http';

export interface Reply {
  readonly status: number;
  /** Sent as JSON; nothing when undefined. */
  readonly body?: unknown;
}

export interface RouteRequest {
  /** Named groups of the route's path, decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** The parsed JSON body; undefined for GET. */
  readonly body: unknown;
  /** Size of the body as Teams counts it: bytes in UTF-16. */
  readonly sizeInUtf16: number;
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Anchored; named groups become `params`. */
  readonly path: RegExp;
  answer(request: RouteRequest): Reply | Promise<Reply>;
}

/** An HTTP refusal, as Bot Connector words it. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

const bodyLimitBytes = 256 * 1024;

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > bodyLimitBytes) {
      throw new Refusal(413, 'MessageSizeTooBig', `The body is longer than ${bodyLimitBytes} bytes.`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

async function readJson(request: IncomingMessage): Promise<{ body: unknown; sizeInUtf16: number }> {
  const isJson = /^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? '');
  const text = await readBody(request);
  if (text === '' && request.method === 'DELETE') return { body: undefined, sizeInUtf16: 0 };
  if (!isJson) throw new Refusal(415, 'UnsupportedMediaType', 'Only application/json is taken.');
  try {
    return { body: JSON.parse(text), sizeInUtf16: Buffer.byteLength(text, 'utf16le') };
  } catch {
    throw new Refusal(400, 'BadSyntax', 'The body is not JSON.');
  }
}

function decoded(groups: Record<string, string> | undefined): Record<string, string> {
  try {
    return Object.fromEntries(Object.entries(groups ?? {}).map(([name, v]) => [name, decodeURIComponent(v)]));
  } catch {
    throw new Refusal(400, 'BadSyntax', 'The address is not well encoded.');
  }
}

/** Finds the route of a request; null when none has this path. Throws a `Refusal`. */
export async function routed(
  routes: readonly Route[],
  request: IncomingMessage,
  url: URL,
): Promise<Reply | null> {
  const here = routes.filter((route) => route.path.test(url.pathname));
  if (here.length === 0) return null;
  const route = here.find((candidate) => candidate.method === request.method);
  if (!route) throw new Refusal(405, 'MethodNotAllowed', `${request.method} is not possible here.`);
  const params = decoded(route.path.exec(url.pathname)?.groups);
  const read = route.method === 'GET' ? { body: undefined, sizeInUtf16: 0 } : await readJson(request);
  return route.answer({ params, query: url.searchParams, ...read });
}

/** Sends JSON that no cache keeps. */
export function sendJson(response: ServerResponse, { status, body }: Reply): void {
  const text = body === undefined ? '' : JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  response.end(text);
}
