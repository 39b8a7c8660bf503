import type { Store } from './db';
import { openPglite } from './open-pglite';
import { openPostgres } from './open-postgres';

export interface StoreSettings {
  /** PostgreSQL when set; otherwise the embedded database in `dataDir`. */
  readonly databaseUrl: string | null;
  readonly dataDir: string;
}

/** Opens the database and brings its schema up to date. @throws BotError `storage-locked`, `storage-unavailable` */
export async function openStore({ databaseUrl, dataDir }: StoreSettings): Promise<Store> {
  return databaseUrl === null ? openPglite(dataDir) : openPostgres(databaseUrl);
}
