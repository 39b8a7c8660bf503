import type { PGlite } from '@electric-sql/pglite';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import type * as schema from './schema';

/** The database or an open transaction on it: the functions of this folder take either. */
export type Db = PgDatabase<PgQueryResultHKT, typeof schema>;

/** An open database. PGlite is one session: inside a transaction use only `tx`, and wait for no network. */
export interface Store {
  readonly db: Db;
  readonly dialect: 'pglite' | 'postgres';
  /** What the job queue runs on. */
  readonly engine:
    | { readonly dialect: 'pglite'; readonly client: PGlite }
    | { readonly dialect: 'postgres'; readonly connectionString: string };
  /**
   * Commits when `work` resolves. Repeats it after a serialization failure or deadlock, at most 5 times.
   * @throws BotError `storage-unavailable` also, before any work, when the schema is unknown (see `isReady`)
   */
  transaction<T>(work: (tx: Db) => Promise<T>): Promise<T>;
  /** `false` when the database does not answer, or carries a newer schema on which this program may not run. */
  isReady(): Promise<boolean>;
  close(): Promise<void>;
}
