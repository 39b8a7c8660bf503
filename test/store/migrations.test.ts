import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { sql } from 'drizzle-orm';
import { drizzle as drizzlePostgres } from 'drizzle-orm/node-postgres';
import { migrate as migratePostgres } from 'drizzle-orm/node-postgres/migrator';
import { drizzle as drizzlePglite } from 'drizzle-orm/pglite';
import { migrate as migratePglite } from 'drizzle-orm/pglite/migrator';
import { Pool } from 'pg';
import { appendAudit, findBrokenLink, listAudit } from '../../src/store/audit';
import type { Db } from '../../src/store/db';
import { openStore } from '../../src/store/open';
import { rowsOf } from '../../src/store/rows';
import { newestNumber, previousMigrations } from '../helpers/migrations';
import { startPostgres } from '../helpers/postgres';
import { dialects } from '../helpers/stores';

const told = { event: 'refused', facts: { why: 'no-role' } } as const;

/** A database that the version before this one has made and used, closed again. */
async function leftByPredecessor(databaseUrl: string | null, dataDir: string): Promise<void> {
  const previous = { migrationsFolder: previousMigrations() };
  const use = async (db: Db) => db.transaction((tx) => appendAudit(tx as unknown as Db, told));
  if (databaseUrl === null) {
    const client = await PGlite.create(join(dataDir, 'database'));
    const db = drizzlePglite(client);
    await migratePglite(db, previous);
    await use(db as unknown as Db);
    return client.close();
  }
  const pool = new Pool({ connectionString: databaseUrl });
  const db = drizzlePostgres(pool);
  await migratePostgres(db, previous);
  await use(db as unknown as Db);
  await pool.end();
}

describe.each(dialects)('a database of the version before, on %s', (dialect) => {
  it('is brought up to date with all that is in it, and is ready', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'steward-previous-'));
    const server = dialect === 'postgres' ? await startPostgres() : undefined;
    const databaseUrl = (await server?.createDatabase()) ?? null;
    await leftByPredecessor(databaseUrl, dataDir);
    const replicas = databaseUrl === null ? 1 : 3;
    const stores = await Promise.all(
      Array.from({ length: replicas }, () => openStore({ databaseUrl, dataDir })),
    );
    const [store] = stores;
    if (!store) throw new Error('unreachable: at least one was opened');
    const applied = rowsOf<{ count: string | number }>(
      await store.db.execute(sql`select count(*) as count from drizzle.__drizzle_migrations`),
    );
    expect(Number(applied[0]?.count)).toBe(newestNumber + 1);
    await store.transaction((tx) => appendAudit(tx, told));
    const records = await listAudit(store.db, { limit: 10 });
    expect(records).toHaveLength(2);
    expect(findBrokenLink(records)).toBeNull();
    expect(await store.isReady()).toBe(true);
    await Promise.all(stores.map((one) => one.close()));
    await server?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }, 120_000);
});
