import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Person } from '../plan/types';
import type { Db } from './db';
import { auditExports } from './schema';
import { databaseNow, secondsFromNow } from './time';

export interface AuditExport {
  readonly madeFor: Person;
  readonly records: number;
}

export async function saveAuditExport(
  tx: Db,
  keyHash: string,
  { madeFor, records }: AuditExport,
  seconds: number,
): Promise<void> {
  await tx.insert(auditExports).values({ keyHash, madeFor, records, expiresAt: secondsFromNow(seconds) });
}

/** An export that waits to be fetched: unused and in time by the database's clock, else `undefined`. */
export async function findAuditExport(db: Db, keyHash: string): Promise<AuditExport | undefined> {
  const [row] = await db.select().from(auditExports).where(isOpen(keyHash));
  return row;
}

/** Takes it, once. */
export async function takeAuditExport(tx: Db, keyHash: string): Promise<AuditExport | undefined> {
  const [row] = await tx
    .update(auditExports)
    .set({ takenAt: databaseNow })
    .where(isOpen(keyHash))
    .returning();
  return row;
}

function isOpen(keyHash: string) {
  return and(
    eq(auditExports.keyHash, keyHash),
    isNull(auditExports.takenAt),
    sql`${auditExports.expiresAt} > clock_timestamp()`,
  );
}
