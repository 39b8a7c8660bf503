import type { Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer, plugins, type Next, type Request, type Response, type Server } from 'restify';
import type { Steward } from '../commands/command';
import type { Config } from '../config';
import { log } from '../log';
import type { Messenger } from '../store/ports';
import { createApplication } from './application';
import { logFault } from './background';
import type { BotIdentity } from './bot-identity';
import { CommandLimits } from './command-limits';
import { consentPageHtml, consentPagePolicy, type ConsentPage } from './consent-page';
import { admit, jsonOnly, localOnly, refuse } from './door';
import { exportRoutes, type ExportDoors } from './export-routes';
import { watchPulse } from './pulse';
import { createReplies } from './replies';
import { runTurn } from './run-turn';
import { createTurns } from './turns';

export interface BotServerOptions {
  readonly config: Pick<Config, 'mode' | 'port' | 'bot' | 'tenants' | 'commandsPerMinute'>;
  readonly identity: BotIdentity;
  readonly steward: Steward;
  readonly messenger: Messenger;
  /** The administrator came back from the consent page; single values, as they came. */
  readonly onConsent: (query: Readonly<Record<string, string>>) => Promise<ConsentPage>;
  /** Links that `export audit` gave. */
  readonly exports?: ExportDoors;
  /** Whether the store answers; cheap, asked for every `/readyz`. */
  readonly isReady: () => Promise<boolean>;
  /** Whether this process answers in time, asked for every `/livez`; its own pulse when left out. */
  readonly isLive?: () => boolean;
  readonly answerWithinMs?: number;
}

export interface BotServer {
  readonly port: number;
  /** Not ready from now on; waits for turns under way (at most 10 s), then stops listening. */
  close(): Promise<void>;
}

const maxBodyBytes = 256 * 1024;
const maxTurnsAtOnce = 500;
const headersTimeoutMs = 5_000;
const requestTimeoutMs = 10_000;
/** Node looks every 30 s only, whatever the times are. */
const slowClientsCheckedMs = 1_000;
/** A slow client holds a socket for ten seconds; beyond this many nobody else gets one (I36). */
const maxSockets = 2_000;
const drainMs = 10_000;

/** Errors of restify itself (404, 405, unreadable JSON, 413): status as it is, body fixed. */
function mapErrors(server: Server): void {
  server.on(
    'restifyError',
    (_request: Request, _response: Response, error: RestifyError, done: () => void) => {
      const status = error.statusCode && error.statusCode < 500 ? error.statusCode : 500;
      if (status === 500) logFault(error);
      error.statusCode = status;
      error.toJSON = () => ({ code: status === 500 ? 'Internal' : (error.body?.code ?? 'BadRequest') });
      done();
    },
  );
}

interface RestifyError extends Error {
  statusCode?: number;
  body?: { readonly code?: string };
  toJSON?: () => unknown;
}

function singleValues(request: Request): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(request.getQuery()));
}

/** Before it listens: then the checking begins. */
function harden(server: HttpServer & { connectionsCheckingInterval?: number }): void {
  server.headersTimeout = headersTimeoutMs;
  server.requestTimeout = requestTimeoutMs;
  server.connectionsCheckingInterval = slowClientsCheckedMs;
  server.maxConnections = maxSockets;
  server.keepAliveTimeout = 65_000;
  server.maxRequestsPerSocket = 10_000;
}

function listen(server: Server, config: BotServerOptions['config']): Promise<number> {
  return new Promise((resolve, reject) => {
    server.server.once('error', reject);
    const host = config.mode === 'local' ? '127.0.0.1' : '0.0.0.0';
    server.listen(config.port, host, () => resolve((server.server.address() as AddressInfo).port));
  });
}

/**
 * Starts the HTTP side of the bot: `POST /api/messages`, `GET /consent`, `/livez` and `/readyz` on one port.
 * @throws the listen error (`EADDRINUSE`) when the port is taken
 */
export async function startBotServer(options: BotServerOptions): Promise<BotServer> {
  const { config, identity, isLive = watchPulse() } = options;
  const turns = createTurns({
    ...options,
    replies: createReplies(options.messenger),
    limits: new CommandLimits(config.commandsPerMinute),
    allowedTenantIds: new Set(config.tenants.map(({ tenantId }) => tenantId.toLowerCase())),
  });
  const application = createApplication(identity.adapter, identity.appId, turns);
  let isDraining = false;
  let turnsUnderWay = 0;

  async function receive(request: Request, response: Response): Promise<void> {
    const admission = admit(request, config);
    if ('status' in admission) return refuse(response, admission.status);
    if (isDraining || turnsUnderWay >= maxTurnsAtOnce) return refuse(response, 503);
    turnsUnderWay += 1;
    try {
      const { status, body } = await runTurn(identity.adapter, application, request, admission.activity);
      if (body === undefined) response.send(status);
      else response.send(status, body);
    } finally {
      turnsUnderWay -= 1;
    }
  }

  async function consent(request: Request, response: Response): Promise<void> {
    const page = await options.onConsent(singleValues(request));
    response.sendRaw(page.status, consentPageHtml(page), {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': consentPagePolicy,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
  }

  async function ready(_request: Request, response: Response): Promise<void> {
    const isReady = !isDraining && (await options.isReady().catch(() => false));
    response.send(isReady ? 200 : 503, { ready: isReady });
  }

  const server = createServer({ name: '', handleUncaughtExceptions: false });
  mapErrors(server);
  harden(server.server as HttpServer);
  server.pre(localOnly(config.mode));
  const readBody = plugins.bodyParser({ maxBodySize: maxBodyBytes, mapParams: false });
  server.post('/api/messages', jsonOnly(maxBodyBytes), ...readBody, caught(receive));
  server.get('/consent', caught(consent));
  if (options.exports) {
    const routes = exportRoutes(options.exports);
    server.get('/export', caught(routes.show));
    server.post('/export', caught(routes.take));
  }
  server.get('/livez', (_request: Request, response: Response, next: Next) => {
    const live = isLive();
    response.send(live ? 200 : 503, { live });
    return next();
  });
  server.get('/readyz', caught(ready));
  const port = await listen(server, config);
  log.info('the bot listens', { event: 'bot-listening', port });

  return {
    port,
    async close() {
      isDraining = true;
      await Promise.race([turns.settled(), new Promise((resolve) => setTimeout(resolve, drainMs).unref())]);
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        (server.server as HttpServer).closeAllConnections();
      });
    },
  };
}

/** A fault in a handler is logged and answered with fixed words. */
function caught(handler: (request: Request, response: Response) => Promise<void>) {
  return async (request: Request, response: Response): Promise<void> => {
    try {
      await handler(request, response);
    } catch (error) {
      logFault(error);
      if (!response.headersSent) refuse(response, 500);
    }
  };
}
