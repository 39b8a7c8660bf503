import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Store } from '../../src/store/db';
import { openStore } from '../../src/store/open';
import { hasPostgres, startPostgres, type TestPostgres } from './postgres';

export interface TestStore {
  readonly store: Store;
  end(): Promise<void>;
}

/** The databases on which a suite runs: always the embedded one, PostgreSQL where it is installed. */
export const dialects: readonly Store['dialect'][] = hasPostgres() ? ['pglite', 'postgres'] : ['pglite'];

/** A fresh store of its own. */
export async function openTestStore(dialect: Store['dialect'] = 'pglite'): Promise<TestStore> {
  const dataDir = mkdtempSync(join(tmpdir(), 'steward-store-'));
  let server: TestPostgres | undefined;
  if (dialect === 'postgres') server = await startPostgres();
  const databaseUrl = server ? await server.createDatabase() : null;
  const store = await openStore({ databaseUrl, dataDir });
  return {
    store,
    async end() {
      await store.close();
      await server?.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
