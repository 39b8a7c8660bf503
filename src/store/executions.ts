import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { PgUpdateSetSource } from 'drizzle-orm/pg-core';
import type { Person, PlanRecord, PlanState } from '../plan/types';
import type { Db } from './db';
import { plans } from './schema';
import { databaseNow, secondsFromNow } from './time';

/** The right to run a plan, until somebody else takes it over with a higher fence (I24). */
export interface Lease {
  readonly planId: string;
  readonly fence: number;
  /** `true` when writes of an earlier run may exist. */
  readonly isResumed: boolean;
}

const notPaused = { pausedWhile: null, pausedUntil: null };

/**
 * `approved -> applying`, one conditional UPDATE, before any write (I2). Only before `start_by`.
 * @returns undefined when it was not to be had. @throws a unique violation when another plan of the link is applying
 */
export async function claimApproved(
  tx: Db,
  planId: string,
  seconds: { readonly lease: number; readonly window: number },
): Promise<Lease | undefined> {
  const [row] = await tx
    .update(plans)
    .set({
      state: 'applying',
      startedAt: databaseNow,
      windowEndsAt: secondsFromNow(seconds.window),
      leaseUntil: secondsFromNow(seconds.lease),
      ...notPaused,
      fence: sql`${plans.fence} + 1`,
    })
    .where(and(eq(plans.id, planId), eq(plans.state, 'approved'), sql`${plans.startBy} > clock_timestamp()`))
    .returning({ fence: plans.fence });
  return row && { planId, fence: row.fence, isResumed: false };
}

/** Goes on with a running plan whose holder let its lease run out. */
export async function takeOver(tx: Db, planId: string, leaseSeconds: number): Promise<Lease | undefined> {
  const [row] = await tx
    .update(plans)
    .set({ leaseUntil: secondsFromNow(leaseSeconds), ...notPaused, fence: sql`${plans.fence} + 1` })
    .where(
      and(
        eq(plans.id, planId),
        eq(plans.state, 'applying'),
        sql`(${plans.leaseUntil} is null or ${plans.leaseUntil} < clock_timestamp())`,
      ),
    )
    .returning({ fence: plans.fence });
  return row && { planId, fence: row.fence, isResumed: true };
}

/** Keeps the lease; `false` = it was lost, and nothing more may be written under it. */
export async function renewLease(tx: Db, lease: Lease, leaseSeconds: number): Promise<boolean> {
  return update(tx, lease, { leaseUntil: secondsFromNow(leaseSeconds) });
}

/** Lets go of a running plan, so that the next job can take it at once; with why, when somebody is waited for. */
export async function releaseLease(
  tx: Db,
  lease: Lease,
  { seconds, pausedWhile }: { readonly seconds: number; readonly pausedWhile: string | null },
): Promise<void> {
  const pausedUntil = pausedWhile === null ? null : secondsFromNow(seconds);
  await update(tx, lease, { leaseUntil: null, pausedWhile, pausedUntil });
}

/**
 * Lays a running plan down until somebody continues or stops it: nobody takes it over before its window is over, and then
 * whoever does ends it (I29). The fence grows, so that no renewal still under way wakes it.
 */
export async function parkRun(tx: Db, lease: Lease): Promise<void> {
  await update(tx, lease, { leaseUntil: sql`${plans.windowEndsAt}`, fence: sql`${plans.fence} + 1` });
}

/** A plan that was laid down can be taken again at once; leaves one that somebody is at work on alone. */
export async function wakeRun(tx: Db, planId: string): Promise<void> {
  await tx
    .update(plans)
    .set({ leaseUntil: null })
    .where(and(eq(plans.id, planId), eq(plans.state, 'applying'), eq(plans.leaseUntil, plans.windowEndsAt)));
}

/** Ends a run; `false` = the lease was lost and nothing changed (I24). */
export async function endRun(
  tx: Db,
  lease: Lease,
  to: Extract<PlanState, 'applied' | 'failed' | 'stale' | 'needs-attention'>,
  ending: PlanRecord['ending'],
): Promise<boolean> {
  return update(tx, lease, { state: to, ending, finishedAt: databaseNow, leaseUntil: null, ...notPaused });
}

/** Whether the run's window is over, by the database's clock. */
export async function isWindowOver(db: Db, planId: string): Promise<boolean> {
  const [row] = await db
    .select({ isOver: sql<boolean>`${plans.windowEndsAt} <= clock_timestamp()` })
    .from(plans)
    .where(eq(plans.id, planId));
  return row?.isOver !== false;
}

/** Asks a plan that runs, or is about to, to begin nothing more; `false` when it is too late or was asked before. */
export async function askStop(tx: Db, planId: string, person: Person): Promise<boolean> {
  const rows = await tx
    .update(plans)
    .set({ stopAskedBy: person, stopAskedAt: databaseNow })
    .where(
      and(eq(plans.id, planId), inArray(plans.state, ['approved', 'applying']), isNull(plans.stopAskedBy)),
    )
    .returning({ id: plans.id });
  return rows.length === 1;
}

/** Who asked that nothing more is begun. Call it with the row locked: then nobody asks in between. */
export async function findStop(tx: Db, planId: string): Promise<Person | null> {
  const [row] = await tx.select({ by: plans.stopAskedBy }).from(plans).where(eq(plans.id, planId));
  return row?.by ?? null;
}

/** After a restart of the only process there is: nobody else can hold a lease. */
export async function releaseAllLeases(db: Db): Promise<void> {
  await db.update(plans).set({ leaseUntil: null }).where(eq(plans.state, 'applying'));
}

async function update(
  tx: Db,
  { planId, fence }: Lease,
  fields: PgUpdateSetSource<typeof plans>,
): Promise<boolean> {
  const rows = await tx
    .update(plans)
    .set(fields)
    .where(and(eq(plans.id, planId), eq(plans.fence, fence), eq(plans.state, 'applying')))
    .returning({ id: plans.id });
  return rows.length === 1;
}
