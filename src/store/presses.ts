import { randomUUID } from 'node:crypto';
import { and, desc, eq, isNull, lt, sql } from 'drizzle-orm';
import type { JsonValue, Person } from '../plan/types';
import type { Db } from './db';
import { presses } from './schema';
import { databaseNow } from './time';

export type PressRow = typeof presses.$inferSelect;

export interface NewPress {
  readonly activityId: string;
  readonly person: Person;
  readonly planId: string;
  readonly revision: number;
  readonly verb: string;
  readonly request: JsonValue;
}

/**
 * Stores a press once (I20): the same activity again, or the very same request while the first is being decided, gives
 * the press that is there already.
 */
export async function insertPress(
  tx: Db,
  press: NewPress,
): Promise<{ readonly press: PressRow; readonly isNew: boolean }> {
  const [row] = await tx.insert(presses).values(rowOf(press)).onConflictDoNothing().returning();
  if (row) return { press: row, isNew: true };
  const repeated = await findByActivity(tx, press);
  if (repeated) return { press: repeated, isNew: false };
  const isSame = sql`md5(${presses.request}::text) = md5(${JSON.stringify(press.request)}::text)`;
  const [same] = await tx
    .select()
    .from(presses)
    .where(and(isOf(press.person), isSame))
    .orderBy(desc(presses.receivedAt))
    .limit(1);
  return same ? { press: same, isNew: false } : insertPress(tx, press);
}

/**
 * Keeps under its own activity what a press came to that joined another one, so that a repeat of it is told the same
 * (I20). @returns the press that stands for this activity
 */
export async function insertDecidedPress(tx: Db, press: NewPress, outcome: JsonValue): Promise<PressRow> {
  const decided = { ...rowOf(press), outcome, doneAt: databaseNow };
  const [row] = await tx.insert(presses).values(decided).onConflictDoNothing().returning();
  return row ?? (await findByActivity(tx, press)) ?? insertDecidedPress(tx, press, outcome);
}

function rowOf({ person, ...press }: NewPress) {
  const { tenantId: personTenantId, objectId: personObjectId } = person;
  return { ...press, id: randomUUID(), personTenantId, personObjectId };
}

function isOf({ tenantId, objectId }: Person) {
  return and(eq(presses.personTenantId, tenantId), eq(presses.personObjectId, objectId));
}

async function findByActivity(tx: Db, { person, activityId }: NewPress): Promise<PressRow | undefined> {
  const [row] = await tx
    .select()
    .from(presses)
    .where(and(isOf(person), eq(presses.activityId, activityId)));
  return row;
}

export async function findPress(db: Db, id: string): Promise<PressRow | undefined> {
  const [row] = await db.select().from(presses).where(eq(presses.id, id));
  return row;
}

/** Keeps what came of it. @returns the outcome that is kept: the first one, when another process was faster (I20) */
export async function savePressOutcome(tx: Db, id: string, outcome: JsonValue): Promise<JsonValue> {
  const saved = await tx
    .update(presses)
    .set({ outcome, doneAt: databaseNow })
    .where(and(eq(presses.id, id), isNull(presses.doneAt)))
    .returning({ id: presses.id });
  return saved.length > 0 ? outcome : ((await findPress(tx, id))?.outcome ?? outcome);
}

/** Presses that were stored but never decided, for example by a process that died. */
export async function listUndecidedPresses(db: Db, olderThanSeconds: number): Promise<readonly string[]> {
  const rows = await db
    .select({ id: presses.id })
    .from(presses)
    .where(
      and(
        isNull(presses.doneAt),
        lt(presses.receivedAt, sql`clock_timestamp() - make_interval(secs => ${olderThanSeconds})`),
      ),
    )
    .orderBy(presses.receivedAt, presses.id)
    .limit(100);
  return rows.map((row) => row.id);
}
