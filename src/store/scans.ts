import { and, eq, lt, or, isNull } from 'drizzle-orm';
import type { JsonValue, Person } from '../plan/types';
import type { Db } from './db';
import { scans } from './schema';
import { databaseNow, iso, secondsFromNow } from './time';

/** One scan at a time for each (safety C2, 14). */
export interface ScanKey {
  readonly kind: string;
  readonly sourceTenantId: string;
  readonly targetTenantId: string;
}

export interface StoredScan {
  readonly result: JsonValue;
  readonly askedBy: Person | null;
  /** ISO 8601, database clock. */
  readonly scannedAt: string;
}

/** How far the scan is that runs now. */
export interface RunningScan {
  readonly done: number;
  readonly total: number;
}

const leaseSeconds = 90;

/** Takes the scan for this runner; false while another one holds it. A dead runner loses it after 90 s. */
export async function claimScan(db: Db, key: ScanKey, runner: string): Promise<boolean> {
  const lease = { runner, leasedUntil: secondsFromNow(leaseSeconds), done: 0, total: 0 };
  await db.insert(scans).values(key).onConflictDoNothing();
  const claimed = await db
    .update(scans)
    .set(lease)
    .where(and(is(key), or(isNull(scans.leasedUntil), lt(scans.leasedUntil, databaseNow))))
    .returning({ kind: scans.kind });
  return claimed.length === 1;
}

/** Says how far it is and that the runner lives; false when it lost the scan meanwhile. */
export async function renewScan(
  db: Db,
  key: ScanKey,
  runner: string,
  { done, total }: RunningScan,
): Promise<boolean> {
  const renewed = await db
    .update(scans)
    .set({ leasedUntil: secondsFromNow(leaseSeconds), done, total })
    .where(and(is(key), eq(scans.runner, runner)))
    .returning({ kind: scans.kind });
  return renewed.length === 1;
}

/** Keeps the result and gives the scan free. */
export async function finishScan(
  db: Db,
  key: ScanKey,
  runner: string,
  { result, askedBy }: { readonly result: JsonValue; readonly askedBy: Person },
): Promise<void> {
  await db
    .update(scans)
    .set({ result, askedBy, scannedAt: databaseNow, runner: null, leasedUntil: null })
    .where(and(is(key), eq(scans.runner, runner)));
}

/** Gives the scan free without a result; the last one stays. */
export async function dropScan(db: Db, key: ScanKey, runner: string): Promise<void> {
  await db
    .update(scans)
    .set({ runner: null, leasedUntil: null })
    .where(and(is(key), eq(scans.runner, runner)));
}

export async function findScan(db: Db, key: ScanKey): Promise<StoredScan | undefined> {
  const [row] = await db.select().from(scans).where(is(key));
  const scannedAt = iso(row?.scannedAt ?? null);
  if (!row || row.result === null || scannedAt === null) return undefined;
  return { result: row.result, askedBy: row.askedBy, scannedAt };
}

/** How far the running scan is; `undefined` when none runs. */
export async function findRunningScan(db: Db, key: ScanKey): Promise<RunningScan | undefined> {
  const [row] = await db
    .select({ done: scans.done, total: scans.total })
    .from(scans)
    .where(and(is(key), lt(databaseNow, scans.leasedUntil)));
  return row;
}

function is({ kind, sourceTenantId, targetTenantId }: ScanKey) {
  return and(
    eq(scans.kind, kind),
    eq(scans.sourceTenantId, sourceTenantId),
    eq(scans.targetTenantId, targetTenantId),
  );
}
