import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ConnectorRequest {
  readonly method: string;
  readonly path: string;
  readonly body: { readonly attachments?: readonly { readonly content: unknown }[] };
}

type Script = 'reset' | 'silence' | { readonly status: number; readonly headers?: Record<string, string> };

export interface ScriptedConnector {
  readonly serviceUrl: string;
  readonly requests: readonly ConnectorRequest[];
  /** Titles or texts are found by searching the JSON of all cards sent. */
  sent(): string;
  /** What to do with every request from now on; without it each is taken with a new id. */
  script(next: Script | null): void;
  close(): Promise<void>;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}

/** A Bot Connector that counts what it is asked and misbehaves on command. */
export async function startScriptedConnector(): Promise<ScriptedConnector> {
  const requests: ConnectorRequest[] = [];
  let script: Script | null = null;

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = await bodyOf(request);
    requests.push({ method: request.method ?? '', path: request.url ?? '', body: JSON.parse(text || '{}') });
    if (script === 'silence') return;
    if (script === 'reset') return void request.socket.destroy();
    const { status, headers } = script ?? { status: request.method === 'POST' ? 201 : 200 };
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify({ id: `m${requests.length}` }));
  }

  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    serviceUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/connector`,
    requests,
    sent: () => JSON.stringify(requests.map(({ body }) => body.attachments)),
    script: (next) => void (script = next),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
