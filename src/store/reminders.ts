import { and, eq, sql } from 'drizzle-orm';
import type { Db } from './db';
import { plans } from './schema';
import { databaseNow } from './time';

/** Notes that those who were asked are reminded; `false` when that was less than `seconds` ago, or nobody is asked. */
export async function markReminded(tx: Db, planId: string, seconds: number): Promise<boolean> {
  return mark(
    tx,
    planId,
    sql`coalesce(${plans.remindedAt}, '-infinity') < clock_timestamp() - make_interval(secs => ${seconds})`,
  );
}

/** Half of the time to decide, and an hour before its end. */
const marks = [
  sql`${plans.submittedAt} + (${plans.expiresAt} - ${plans.submittedAt}) / 2`,
  sql`${plans.expiresAt} - interval '1 hour'`,
];

/** A mark has come since they were asked or reminded last; not of what is over (I18). */
const isDue = and(
  sql`${plans.expiresAt} > clock_timestamp()`,
  sql`coalesce(${plans.remindedAt}, ${plans.submittedAt}) < any (
    select mark from unnest(array[${sql.join(marks, sql`, `)}]) as mark where mark <= clock_timestamp())`,
);

/** Plans whose approvers have not answered for long. */
export async function listToRemind(db: Db, limit = 100): Promise<readonly string[]> {
  const rows = await db
    .select({ id: plans.id })
    .from(plans)
    .where(and(eq(plans.state, 'submitted'), isDue))
    .limit(limit);
  return rows.map(({ id }) => id);
}

/** As `markReminded`, at a mark; of several processes one does it. */
export async function markRemindedInTime(tx: Db, planId: string): Promise<boolean> {
  return mark(tx, planId, isDue);
}

async function mark(tx: Db, planId: string, condition: ReturnType<typeof and>): Promise<boolean> {
  const rows = await tx
    .update(plans)
    .set({ remindedAt: databaseNow })
    .where(and(eq(plans.id, planId), eq(plans.state, 'submitted'), condition))
    .returning({ id: plans.id });
  return rows.length === 1;
}
