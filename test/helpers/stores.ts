import { rmSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import type { Store } from '../../src/store/db';
import { openStore } from '../../src/store/open';
import { hasPostgres } from './postgres';
import { readyDataFolder, readyPostgresUrl } from './ready-databases';

export interface TestStore {
  readonly store: Store;
  end(): Promise<void>;
}

/** The databases on which a suite runs: always the embedded one, PostgreSQL where it is installed. */
export const dialects: readonly Store['dialect'][] = hasPostgres() ? ['pglite', 'postgres'] : ['pglite'];

/** A fresh store of its own. */
export async function openTestStore(dialect: Store['dialect'] = 'pglite'): Promise<TestStore> {
  const dataDir = readyDataFolder();
  const databaseUrl = dialect === 'postgres' ? await copyOfReadyDatabase() : null;
  const store = await openStore({ databaseUrl, dataDir });
  return {
    store,
    async end() {
      await store.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** A database of its own on the server of the whole run. */
async function copyOfReadyDatabase(): Promise<string> {
  const ready = new URL(readyPostgresUrl());
  const name = `copy_${randomUUID().replaceAll('-', '')}`;
  const client = new Client({ connectionString: new URL('/postgres', ready).href });
  await client.connect();
  await client.query(`create database ${name} template ${ready.pathname.slice(1)} strategy file_copy`);
  await client.end();
  return new URL(`/${name}`, ready).href;
}
