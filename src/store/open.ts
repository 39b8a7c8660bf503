import type { Store } from './db';
import { readMigrations } from './migrations';
import { openPglite } from './open-pglite';
import { openPostgres } from './open-postgres';

export interface StoreSettings {
  /** PostgreSQL when set; otherwise the embedded database in `dataDir`. */
  readonly databaseUrl: string | null;
  readonly dataDir: string;
  /** What the program knows of the schema, when it is not what is shipped: proofs play other versions by it. */
  readonly migrationsFolder?: string;
}

/** Opens the database and brings its schema up to date. @throws BotError `storage-locked`, `storage-unavailable` */
export async function openStore({ databaseUrl, dataDir, migrationsFolder }: StoreSettings): Promise<Store> {
  const migrations = readMigrations(migrationsFolder);
  return databaseUrl === null ? openPglite(dataDir, migrations) : openPostgres(databaseUrl, migrations);
}
