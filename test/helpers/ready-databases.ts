import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../src/store/open';
import { postgresPrograms, startPostgres } from './postgres';

/** What jest's global setup leaves to its workers: making a database takes ten times as long as copying one. */
const [folderKey, serverKey] = ['READY_PGLITE_FOLDER', 'READY_POSTGRES_URL'] as const;

/** Makes one migrated database of each kind. @returns what takes them away again */
export async function makeReadyDatabases(): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'steward-ready-'));
  const embedded = await openStore({ databaseUrl: null, dataDir: folder });
  await embedded.close();
  process.env[folderKey] = folder;
  const server = postgresPrograms() ? await startPostgres() : undefined;
  if (server) {
    const databaseUrl = await server.createDatabase();
    const store = await openStore({ databaseUrl, dataDir: folder });
    await store.close();
    process.env[serverKey] = databaseUrl;
  }
  return async () => {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}

/** A new data folder with a migrated embedded database in it; outside of jest an empty one. */
export function readyDataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'steward-'));
  const ready = process.env[folderKey];
  if (ready) cpSync(join(ready, 'database'), join(folder, 'database'), { recursive: true });
  return folder;
}

/** The migrated PostgreSQL database that others are copies of; nobody may be connected to it. */
export function readyPostgresUrl(): string {
  const url = process.env[serverKey];
  if (!url) throw new Error('there is no PostgreSQL in this run');
  return url;
}
