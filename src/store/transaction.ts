import { BotError } from '../errors';
import type { Db } from './db';

const mostTries = 5;

/** One transaction, repeated after a serialization failure or deadlock; nothing of a failed try remains. */
export async function runTransaction<T>(db: Db, work: (tx: Db) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.transaction((tx) => work(tx as unknown as Db));
    } catch (error) {
      const code = sqlState(error);
      if ((code === '40001' || code === '40P01') && attempt < mostTries) continue;
      throw isOutage(error, code) ? unavailable(error) : error;
    }
  }
}

/** PostgreSQL's error code, looked for through all causes. */
export function sqlState(error: unknown): string | undefined {
  for (let one = error; one instanceof Error; one = one.cause) {
    const { code } = one as { code?: unknown };
    if (typeof code === 'string' && !(one instanceof BotError)) return code;
  }
  return undefined;
}

/** A unique index refused the row. */
export function isDuplicate(error: unknown): boolean {
  return sqlState(error) === '23505';
}

function isOutage(error: unknown, code: string | undefined): boolean {
  if (error instanceof BotError) return false;
  if (code !== undefined) return /^(08|57P|53)/.test(code) || /^E[A-Z]+$/.test(code);
  return error instanceof Error && /connection|timeout/i.test(String(error.cause ?? error.message));
}

function unavailable(cause: unknown): BotError {
  return new BotError('storage-unavailable', 'working with the database', 'Try again in a minute.', {
    cause,
  });
}
