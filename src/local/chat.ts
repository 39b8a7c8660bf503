import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { BotError } from '../errors';
import { log } from '../log';
import { createBotClient } from './bot-client';
import { connectorRoutes } from './connector';
import type { Conversation } from './conversation';
import { createDirectory } from './directory';
import { createEventLog } from './event-log';
import { installEverywhere } from './installing';
import { requireLoopback } from './loopback';
import { createMemory } from './memory';
import { pageRoutes } from './page-api';
import { servePageFile } from './page-files';
import { createPressing } from './pressing';
import { Refusal, routed, sendJson, type Route } from './router';
import { createSending } from './sending';
import { openStateFile } from './state-file';

export interface ChatOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** Where the bot takes activities, e.g. `http://127.0.0.1:3978/api/messages`. */
  readonly botUrl: string;
  /** Origin of the simulated tenants. */
  readonly simulatorUrl: string;
  /** Keeps conversations over a restart; nothing is kept without it. */
  readonly stateFile?: string;
  /** Folder of the built page; only tests need to say it. */
  readonly pageDir?: string;
}

export interface Chat {
  /** Origin, e.g. `http://127.0.0.1:3980`: the page is at `/`, the connector (serviceUrl) at `/connector`. */
  readonly url: string;
  close(): Promise<void>;
}

const worldPauseMs = 500;

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  }).catch((cause: unknown) => {
    throw new BotError(
      'bad-settings',
      `starting the chat on port ${port}`,
      'Set CHAT_PORT to a free port or end the program that has it.',
      { cause },
    );
  });
  return (server.address() as AddressInfo).port;
}

function refuse(response: ServerResponse, error: unknown): void {
  if (response.headersSent) return void response.destroy();
  if (!(error instanceof Refusal)) {
    const reason = error instanceof Error ? error.message : String(error);
    log.error('the chat met something unexpected', { part: 'chat', reason });
  }
  const { status, code, message } =
    error instanceof Refusal ? error : new Refusal(500, 'InternalError', 'Something unexpected happened.');
  sendJson(response, { status, body: { error: { code, message } } });
}

/**
 * The local chat: a Bot Connector for many people and a page on loopback. It starts at once and waits for the
 * simulator and the bot by itself. Throws a BotError when the port is taken.
 */
export async function createChat(options: ChatOptions): Promise<Chat> {
  const file = openStateFile(options.stateFile);
  const events = createEventLog(file.state.lastEventId);
  const directory = createDirectory(options.simulatorUrl);
  const memory = createMemory({
    ...{ state: file.state, events, onChange: file.saveSoon },
    teamsUserIdOf: (person) => directory.person(person)?.teamsUserId ?? '',
  });
  const ending = new AbortController();
  let url = '';
  const parts = {
    ...{ memory, directory, events, bot: createBotClient(options.botUrl) },
    serviceUrl: () => `${url}/connector`,
  };
  const installed = new Set<string>();

  async function lookAgain(): Promise<void> {
    if (!(await directory.refresh())) return;
    const added = new Set(memory.adopt(directory.world()));
    const here = (conversation: Conversation) => directory.membersOf(conversation).length > 0;
    const fresh = memory.all().filter((each) => here(each) && !installed.has(each.id));
    fresh.forEach(({ id }) => installed.add(id));
    void installEverywhere(parts, fresh, (conversation) => added.has(conversation), ending.signal);
  }

  async function waitForWorld(): Promise<void> {
    while (!ending.signal.aborted && !directory.isReady()) {
      await lookAgain().catch(() => undefined);
      if (!directory.isReady()) await new Promise((resolve) => setTimeout(resolve, worldPauseMs));
    }
  }

  const sending = createSending(parts);
  const pressing = createPressing(parts);
  const { simulatorUrl } = options;
  const pageDir = options.pageDir ?? join(__dirname, 'page');
  const routes: readonly Route[] = [
    ...connectorRoutes(parts),
    ...pageRoutes({ ...parts, sending, pressing, simulatorUrl, lookAgain }),
  ];

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    requireLoopback(request);
    const asked = new URL(request.url ?? '/', 'http://127.0.0.1');
    if (asked.pathname === '/events') return events.stream(request, response, asked);
    const reply = await routed(routes, request, asked);
    if (reply) return sendJson(response, reply);
    if (await servePageFile(request, response, asked.pathname, pageDir)) return;
    throw new Refusal(404, 'NotFound', 'There is nothing at this address.');
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => refuse(response, error));
  });
  url = `http://127.0.0.1:${await listen(server, options.port)}`;
  void waitForWorld();

  return {
    url,
    async close() {
      ending.abort();
      events.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await file.flush();
    },
  };
}
