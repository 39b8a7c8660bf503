import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ChatEvent } from './protocol';

interface Numbered {
  readonly id: number;
  readonly event: ChatEvent;
}

export interface EventLog {
  /** Id of the newest event. */
  lastId(): number;
  /** Numbers an event and sends it to every open page. */
  publish(make: ChatEvent | ((id: number) => ChatEvent)): number;
  /** Answers `GET /events`: first what was missed since `Last-Event-ID` or `?since=`, then everything live. */
  stream(request: IncomingMessage, response: ServerResponse, url: URL): void;
  close(): void;
}

const keptEvents = 500;
const heartbeatMs = 15_000;
const maxPages = 50;

function line({ id, event }: Numbered): string {
  return `id: ${id}\ndata: ${JSON.stringify(event)}\n\n`;
}

/** One stream of everything that happens, with ids, so that a page that lost its connection goes on where it was. */
export function createEventLog(lastIdAtStart: number): EventLog {
  let lastId = lastIdAtStart;
  const kept: Numbered[] = [];
  const pages = new Set<ServerResponse>();
  const heartbeat = setInterval(() => pages.forEach((page) => page.write(': still here\n\n')), heartbeatMs);
  heartbeat.unref();

  function missedSince(since: number): readonly Numbered[] {
    const oldestKnown = kept[0]?.id ?? lastId + 1;
    if (since > lastId || since < oldestKnown - 1) return [{ id: lastId, event: { type: 'reset' } }];
    return kept.filter(({ id }) => id > since);
  }

  return {
    lastId: () => lastId,
    publish(make) {
      lastId += 1;
      const numbered = { id: lastId, event: typeof make === 'function' ? make(lastId) : make };
      kept.push(numbered);
      if (kept.length > keptEvents) kept.shift();
      const text = line(numbered);
      pages.forEach((page) => page.write(text));
      return lastId;
    },
    stream(request, response, url) {
      if (pages.size >= maxPages) {
        response.writeHead(503);
        response.end();
        return;
      }
      response.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        connection: 'keep-alive',
      });
      const since = Number(request.headers['last-event-id'] ?? url.searchParams.get('since') ?? lastId);
      response.write(`retry: 1000\n\n${missedSince(since).map(line).join('')}`);
      pages.add(response);
      response.on('close', () => pages.delete(response));
    },
    close() {
      clearInterval(heartbeat);
      pages.forEach((page) => page.end());
      pages.clear();
    },
  };
}
