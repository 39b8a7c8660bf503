import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import type { Db } from './db';
import { rowsOf } from './rows';

/** Where the SQL files are: beside this file in the sources, and there also when compiled to `lib`. */
export function migrationsFolder(): string {
  const beside = join(__dirname, 'migrations');
  return existsSync(beside) ? beside : join(__dirname, '..', '..', 'src', 'store', 'migrations');
}

/** `false` when a newer program has migrated this database beyond what we know: then we do no work. */
export async function isSchemaKnown(db: Db): Promise<boolean> {
  const found = rowsOf<{ name: string | null }>(
    await db.execute(sql`select to_regclass('drizzle.__drizzle_migrations')::text as name`),
  );
  if (!found[0]?.name) return true;
  const last = rowsOf<{ newest: string | number | null }>(
    await db.execute(sql`select max(created_at) as newest from drizzle.__drizzle_migrations`),
  );
  return Number(last[0]?.newest ?? 0) <= newestKnown();
}

function newestKnown(): number {
  const journal = JSON.parse(readFileSync(join(migrationsFolder(), 'meta', '_journal.json'), 'utf8')) as {
    entries: { when: number }[];
  };
  return Math.max(...journal.entries.map((entry) => entry.when));
}
