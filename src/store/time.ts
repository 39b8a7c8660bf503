import { sql, type SQL } from 'drizzle-orm';
import type { Db } from './db';
import { rowsOf } from './rows';

/** The database's clock this very moment: the only one that expiry knows (I18). */
export const databaseNow: SQL<Date> = sql<Date>`clock_timestamp()`;

export function secondsFromNow(seconds: number): SQL<Date> {
  return sql<Date>`clock_timestamp() + make_interval(secs => ${seconds})`;
}

/** ISO 8601, milliseconds, UTC. */
export async function readDatabaseTime(db: Db): Promise<string> {
  const [row] = rowsOf<{ now: string | Date }>(await db.execute(sql`select clock_timestamp() as now`));
  return new Date(row?.now ?? NaN).toISOString();
}

export function iso(date: Date | null): string | null {
  return date === null ? null : date.toISOString();
}
