import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type Activity,
  type TurnContext,
} from 'botbuilder';

export interface FakeBot {
  readonly url: string;
  readonly adapter: CloudAdapter;
  /** Every activity that came, oldest first. */
  readonly activities: readonly Activity[];
  close(): Promise<void>;
}

/** A bot on botbuilder's own CloudAdapter, without authentication, that does what `turn` does. */
export async function startFakeBot(turn: (context: TurnContext) => Promise<void>): Promise<FakeBot> {
  const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
  adapter.onTurnError = async (_context, error) => {
    process.stderr.write(`the bot of a test threw: ${error.message}\n`);
  };
  const activities: Activity[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      const body = JSON.parse(text) as Activity;
      activities.push(body);
      let status = 200;
      const answer = {
        socket: response.socket,
        status: (code: number) => ((status = code), answer),
        header: (name: string, value: unknown) => (response.setHeader(name, String(value)), answer),
        send: (sent: unknown) => (response.write(JSON.stringify(sent)), answer),
        end: () => ((response.statusCode = status), response.end(), answer),
      };
      const asked = {
        body: body as unknown as Record<string, unknown>,
        headers: request.headers,
        method: 'POST',
      };
      void adapter.process(asked, answer as never, turn);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/messages`,
    ...{ adapter, activities },
    close: () => new Promise((resolve) => (server.closeAllConnections(), server.close(() => resolve()))),
  };
}
