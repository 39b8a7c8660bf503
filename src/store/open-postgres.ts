import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import { Pool } from 'pg';
import { BotError } from '../errors';
import { log } from '../log';
import type { Db, Store } from './db';
import { isSchemaKnown, mayMigrate, onKnownSchema, type Migrations } from './migrations';
import * as schema from './schema';
import { runTransaction } from './transaction';

/** Any number, the same in every replica: "steward migrations". */
const migrationLock = 7_310_271;

/**
 * A PostgreSQL server, for any number of replicas.
 * @throws BotError `storage-unavailable` when it does not answer within 5 s
 */
export async function openPostgres(connectionString: string, migrations: Migrations): Promise<Store> {
  const pool = new Pool({
    connectionString,
    max: 10,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 60_000,
    statement_timeout: 30_000,
    lock_timeout: 10_000,
    idle_in_transaction_session_timeout: 30_000,
    keepAlive: true,
  });
  // The pool listens to idle connections only: one that is lost in the middle of its work must not end the process (I35).
  pool.on('connect', (client) => client.on('error', connectionLost));
  pool.on('error', connectionLost);
  const db = drizzle(pool, { schema }) as unknown as Db;
  try {
    await migrateAlone(pool, migrations);
  } catch (cause) {
    await pool.end();
    throw new BotError('storage-unavailable', 'opening the database', 'Check DATABASE_URL and the server.', {
      cause,
    });
  }
  return {
    db,
    dialect: 'postgres',
    engine: { dialect: 'postgres', connectionString },
    transaction: (work) => runTransaction(db, onKnownSchema(migrations, work)),
    isReady: () => isSchemaKnown(db, migrations).catch(() => false),
    close: () => pool.end(),
  };
}

/** Whoever uses the connection is told by its query; the pool opens another one. */
function connectionLost(): void {
  log.warn('a database connection was lost', { part: 'store' });
}

/** One replica migrates, the others wait (stack 4.4). */
async function migrateAlone(pool: Pool, migrations: Migrations): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query(`set lock_timeout = '120s'; set statement_timeout = '120s'`);
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    const db = drizzle(client, { schema });
    if (await mayMigrate(db as unknown as Db, migrations)) {
      await migrate(db, { migrationsFolder: migrations.folder });
    }
  } finally {
    client.release(true); // ends the session, and with it the lock and the settings
  }
}
