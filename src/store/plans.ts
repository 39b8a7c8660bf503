import { and, eq, sql } from 'drizzle-orm';
import type { PlanContent, PlanRecord, PlanState, Tier } from '../plan/types';
import type { Db } from './db';
import { rowsOf } from './rows';
import { plans } from './schema';
import { databaseNow, secondsFromNow } from './time';

export type PlanRow = typeof plans.$inferSelect;

/** The part of a draft that is not its content. */
export interface NewPlan {
  readonly content: PlanContent;
  readonly digest: string;
  readonly tier: Tier;
  readonly tierRaise: string | null;
  readonly isDestructive: boolean;
  readonly askedInConversationId: string | null;
}

/** A draft that nobody submits is forgotten after a day. */
const draftSeconds = 24 * 3600;

/** Stores a draft and gives its id, `PL-0031`. */
export async function insertPlan(tx: Db, plan: NewPlan): Promise<string> {
  const [row] = rowsOf<{ number: string | number }>(
    await tx.execute(sql`select nextval('plan_number') as number`),
  );
  const id = `PL-${String(row?.number).padStart(4, '0')}`;
  const { content } = plan;
  await tx.insert(plans).values({
    ...plan,
    id,
    state: 'draft',
    revision: content.revision,
    kind: content.kind,
    sourceTenantId: content.sourceTenantId,
    targetTenantId: content.targetTenantId,
    requesterTenantId: content.requester.tenantId,
    requesterObjectId: content.requester.objectId,
    expiresAt: secondsFromNow(draftSeconds),
  });
  return id;
}

/** Puts a new revision in the place of a draft of the same requester (I8); `false` when it is no longer that draft. */
export async function revisePlan(
  tx: Db,
  planId: string,
  revision: number,
  { content, digest, tier, tierRaise, isDestructive }: NewPlan,
): Promise<boolean> {
  const { requester } = content;
  const rows = await tx
    .update(plans)
    .set({
      content,
      digest,
      tier,
      tierRaise,
      isDestructive,
      revision: content.revision,
      expiresAt: secondsFromNow(draftSeconds),
    })
    .where(
      and(
        eq(plans.id, planId),
        eq(plans.revision, revision),
        eq(plans.state, 'draft'),
        eq(plans.requesterTenantId, requester.tenantId),
        eq(plans.requesterObjectId, requester.objectId),
      ),
    )
    .returning({ id: plans.id });
  return rows.length === 1;
}

export async function findPlan(db: Db, planId: string): Promise<PlanRow | undefined> {
  const [row] = await db.select().from(plans).where(eq(plans.id, planId));
  return row;
}

/** Reads a plan and keeps others from moving it until the transaction ends. */
export async function lockPlan(tx: Db, planId: string): Promise<PlanRow | undefined> {
  const [row] = await tx.select().from(plans).where(eq(plans.id, planId)).for('update');
  return row;
}

export interface Move {
  readonly planId: string;
  readonly revision: number;
  readonly from: PlanState;
  readonly to: PlanState;
  /** Only before its time is over, or only after, by the database's clock (I18). */
  readonly expiry?: 'before' | 'after';
}

export interface MoveFields {
  readonly reason?: string;
  readonly ending?: NonNullable<PlanRecord['ending']>;
  readonly expiresInSeconds?: number;
  readonly startInSeconds?: number;
  readonly isFinished?: boolean;
}

/**
 * One transition as one conditional UPDATE (I2, I17).
 * @returns `false` when the plan was not in that state and revision any more: nothing was changed
 */
export async function movePlan(tx: Db, move: Move, fields: MoveFields = {}): Promise<boolean> {
  const rows = await tx
    .update(plans)
    .set({
      state: move.to,
      ...(fields.reason === undefined ? {} : { reason: fields.reason }),
      ...(fields.ending === undefined ? {} : { ending: fields.ending }),
      ...(move.to === 'submitted' && move.from === 'draft' ? { submittedAt: databaseNow } : {}),
      ...(move.to === 'approved' ? { approvedAt: databaseNow } : {}),
      ...(fields.expiresInSeconds === undefined
        ? {}
        : { expiresAt: secondsFromNow(fields.expiresInSeconds) }),
      ...(fields.startInSeconds === undefined ? {} : { startBy: secondsFromNow(fields.startInSeconds) }),
      ...(fields.isFinished ? { finishedAt: databaseNow } : {}),
    })
    .where(
      and(
        eq(plans.id, move.planId),
        eq(plans.revision, move.revision),
        eq(plans.state, move.from),
        move.expiry === 'before' ? sql`${deadlineOf(move.from)} > clock_timestamp()` : undefined,
        move.expiry === 'after' ? sql`${deadlineOf(move.from)} <= clock_timestamp()` : undefined,
      ),
    )
    .returning({ id: plans.id });
  return rows.length === 1;
}

/** An approved plan must start in time, any other one be decided in time. */
function deadlineOf(state: PlanState) {
  return state === 'approved' ? plans.startBy : plans.expiresAt;
}
