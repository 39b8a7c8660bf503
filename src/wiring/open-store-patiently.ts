import { createServer, type Server } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Config } from '../config';
import { BotError } from '../errors';
import { log } from '../log';
import type { Store } from '../store/db';
import { openStore, type StoreSettings } from '../store/open';
import { sqlState } from '../store/transaction';

type StoreConfig = Pick<Config, 'mode' | 'port'> & StoreSettings;

const betweenTriesMs = 2_000;
/** Tries between two lines in the log. */
const triesPerWarning = 30;

/**
 * Opens the store. A PostgreSQL server that does not answer, or whose schema is newer and unknown, is waited for:
 * meanwhile the port answers 503, so that no traffic comes and no supervisor has to restart anything.
 *
 * @throws BotError `storage-locked`, `storage-unavailable` for what waiting does not mend: a wrong password or name
 */
export async function openStorePatiently(config: StoreConfig): Promise<Store> {
  if (config.databaseUrl === null) return openStore(config);
  const first = await tryOpen(config);
  if (typeof first !== 'string') return first;
  const door = await listenUnready(config);
  try {
    let reason = first;
    for (let tries = 1; ; tries += 1) {
      if (tries % triesPerWarning === 1) {
        log.warn('waiting for the database', { event: 'database-awaited', part: 'store', reason });
      }
      await pause(betweenTriesMs);
      const found = await tryOpen(config);
      if (typeof found !== 'string') return found;
      reason = found;
    }
  } finally {
    await close(door);
  }
}

/** @returns why not, when it is worth while to try again */
async function tryOpen(config: StoreConfig): Promise<Store | string> {
  try {
    const store = await openStore(config);
    if (await store.isReady()) return store;
    await store.close();
    return 'it is of a newer version';
  } catch (error) {
    if (!(error instanceof BotError) || isMendable(error)) throw error;
    return sqlState(error) ?? error.code;
  }
}

/** Refused sign-in (class 28) or no such database (class 3D): somebody has to mend the settings. */
function isMendable(error: BotError): boolean {
  return error.code !== 'storage-unavailable' || /^(28|3D)/.test(sqlState(error.cause) ?? '');
}

/** Alive, and not ready for anything. */
async function listenUnready({ mode, port }: StoreConfig): Promise<Server> {
  const server = createServer((request, response) => {
    const isLive = request.url === '/livez';
    response.writeHead(isLive ? 200 : 503, { 'content-type': 'application/json', 'retry-after': '5' });
    response.end(JSON.stringify(isLive ? { live: true } : { ready: false }));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, mode === 'local' ? '127.0.0.1' : '0.0.0.0', resolve);
  });
  return server;
}

async function close(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
}
