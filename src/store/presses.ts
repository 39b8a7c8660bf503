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
 * Stores a press once (I20): the same activity again, or the same wish while the first is being decided, gives
 * the press that is there already.
 */
export async function insertPress(
  tx: Db,
  { person, ...press }: NewPress,
): Promise<{ readonly press: PressRow; readonly isNew: boolean }> {
  const [row] = await tx
    .insert(presses)
    .values({
      ...press,
      id: randomUUID(),
      personTenantId: person.tenantId,
      personObjectId: person.objectId,
    })
    .onConflictDoNothing()
    .returning();
  if (row) return { press: row, isNew: true };
  const mine = and(eq(presses.personTenantId, person.tenantId), eq(presses.personObjectId, person.objectId));
  const [repeated] = await tx
    .select()
    .from(presses)
    .where(and(mine, eq(presses.activityId, press.activityId)));
  if (repeated) return { press: repeated, isNew: false };
  const [inFlight] = await tx
    .select()
    .from(presses)
    .where(
      and(
        mine,
        eq(presses.planId, press.planId),
        eq(presses.revision, press.revision),
        eq(presses.verb, press.verb),
      ),
    )
    .orderBy(desc(presses.receivedAt))
    .limit(1);
  if (!inFlight) return insertPress(tx, { person, ...press });
  return { press: inFlight, isNew: false };
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
