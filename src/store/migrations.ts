import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { BotError } from '../errors';
import type { Db } from './db';
import { rowsOf } from './rows';

/** The migrations that a program brings along: what it knows of the schema. */
export interface Migrations {
  readonly folder: string;
  /** Of the last one: its number, and when it was made, in ms, by which the migrator knows it. */
  readonly newest: { readonly number: number; readonly madeAt: number };
}

/** Where the SQL files are: beside this file in the sources, and there also when compiled to `lib`. */
export function migrationsFolder(): string {
  const beside = join(__dirname, 'migrations');
  return existsSync(beside) ? beside : join(__dirname, '..', '..', 'src', 'store', 'migrations');
}

export function readMigrations(folder = migrationsFolder()): Migrations {
  const { entries } = JSON.parse(readFileSync(join(folder, 'meta', '_journal.json'), 'utf8')) as {
    entries: { idx: number; when: number }[];
  };
  const last = entries.at(-1);
  if (!last) throw new Error(`no migrations in ${folder}`);
  return { folder, newest: { number: last.idx, madeAt: last.when } };
}

/** Whether this program brings the schema up to date: it does not touch one that is newer and unknown to it. */
export async function mayMigrate(db: Db, migrations: Migrations): Promise<boolean> {
  const [found] = rowsOf<{ name: string | null }>(
    await db.execute(sql`select to_regclass('schema_versions')::text as name`),
  );
  return !found?.name || isSchemaKnown(db, migrations);
}

/**
 * `true` when each migration that is newer than this program says that this program may run beside it. One that says
 * nothing, or asks for newer code, makes the schema unknown: then we do no work (I30, adr/0003).
 */
export async function isSchemaKnown(db: Db, { newest: { number, madeAt } }: Migrations): Promise<boolean> {
  const [found] = rowsOf<{ is_known: boolean }>(
    await db.execute(sql`select
      (select count(*) from drizzle.__drizzle_migrations where created_at > ${madeAt}) =
      (select count(*) from schema_versions where number > ${number} and oldest_code <= ${number}) as is_known`),
  );
  return found?.is_known === true;
}

/** Work that begins with that question, in its own transaction: what is done on an unknown schema leaves nothing. */
export function onKnownSchema<T>(migrations: Migrations, work: (tx: Db) => Promise<T>) {
  return async (tx: Db): Promise<T> => {
    if (await isSchemaKnown(tx, migrations)) return work(tx);
    throw new BotError(
      'storage-unavailable',
      'working on a database that a newer version of the bot has changed',
      'Try again in a minute: the newer version answers then.',
    );
  };
}
