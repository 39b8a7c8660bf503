import type { IncomingHttpHeaders } from 'node:http';

/** An answer before it is written; `body` is JSON unless a content type says otherwise. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** A request whose URL was split; the body is still unread. */
export interface HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly search: string;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** True when the body is declared as JSON: what a web page of another origin cannot send unasked. */
export function isJson({ headers }: HttpRequest): boolean {
  return /^application\/json\b/i.test(headers['content-type'] ?? '');
}

export function plainError(status: number, message: string): HttpAnswer {
  return { status, body: { error: { code: 'Refused', message } } };
}

/** Loopback names only: a page on the internet that rebinds its name to 127.0.0.1 is refused. */
export function isLoopbackHost(host: string | undefined): boolean {
  return /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i.test(host ?? '');
}
