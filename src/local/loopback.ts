import type { IncomingMessage } from 'node:http';
import { Refusal } from './router';

const loopbackNames = new Set(['127.0.0.1', 'localhost', '[::1]']);

function isLoopback(origin: string): boolean {
  try {
    return loopbackNames.has(new URL(origin).hostname);
  } catch {
    return false;
  }
}

/**
 * Refuses a request that came through another name than loopback (DNS rebinding) or that a page of another
 * site sent. Throws a `Refusal` with 403.
 */
export function requireLoopback(request: IncomingMessage): void {
  const { host, origin } = request.headers;
  if (!host || !isLoopback(`http://${host}`)) {
    throw new Refusal(403, 'Forbidden', 'This address only answers on loopback.');
  }
  if (origin !== undefined && origin !== `http://${host}`) {
    throw new Refusal(403, 'Forbidden', 'Another site may not send requests here.');
  }
  if (
    request.headers['sec-fetch-site'] === 'cross-site' &&
    request.headers['sec-fetch-mode'] !== 'navigate'
  ) {
    throw new Refusal(403, 'Forbidden', 'Another site may not send requests here.');
  }
}
