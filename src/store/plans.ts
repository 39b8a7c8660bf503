import { and, desc, eq, inArray, or, sql } from 'drizzle-orm';
import type { Person, PlanContent, PlanRecord, PlanState, Tier } from '../plan/types';
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
  { content, digest, tier, tierRaise }: NewPlan,
): Promise<boolean> {
  const { requester } = content;
  const rows = await tx
    .update(plans)
    .set({
      content,
      digest,
      tier,
      tierRaise,
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

/** Plans whose time is over: drafts and submitted ones undecided, approved ones not started. */
export async function listOverdue(db: Db, limit = 100): Promise<readonly PlanRow[]> {
  return db
    .select()
    .from(plans)
    .where(
      or(
        and(inArray(plans.state, ['draft', 'submitted']), sql`${plans.expiresAt} <= clock_timestamp()`),
        and(eq(plans.state, 'approved'), sql`${plans.startBy} <= clock_timestamp()`),
      ),
    )
    .limit(limit);
}

/** Plans that an executor should be at work on, but none is: approved ones, and running ones whose lease ran out. */
export async function listAbandoned(db: Db): Promise<readonly string[]> {
  const rows = await db
    .select({ id: plans.id })
    .from(plans)
    .where(
      or(
        eq(plans.state, 'approved'),
        and(
          eq(plans.state, 'applying'),
          sql`(${plans.leaseUntil} is null or ${plans.leaseUntil} < clock_timestamp())`,
        ),
      ),
    );
  return rows.map((row) => row.id);
}

export interface PlanFilter {
  readonly states?: readonly PlanState[];
  readonly sourceTenantId?: string;
  readonly targetTenantId?: string;
  readonly requester?: Person;
  /** Plans that touch any of these tenants. */
  readonly tenantIds?: readonly string[];
  readonly limit: number;
}

/** Ids of plans, newest first. */
export async function listPlanIds(db: Db, filter: PlanFilter): Promise<readonly string[]> {
  const { states, sourceTenantId, targetTenantId, requester, tenantIds } = filter;
  const rows = await db
    .select({ id: plans.id })
    .from(plans)
    .where(
      and(
        states ? inArray(plans.state, [...states]) : undefined,
        sourceTenantId ? eq(plans.sourceTenantId, sourceTenantId) : undefined,
        targetTenantId ? eq(plans.targetTenantId, targetTenantId) : undefined,
        requester ? eq(plans.requesterTenantId, requester.tenantId) : undefined,
        requester ? eq(plans.requesterObjectId, requester.objectId) : undefined,
        tenantIds
          ? or(inArray(plans.sourceTenantId, [...tenantIds]), inArray(plans.targetTenantId, [...tenantIds]))
          : undefined,
      ),
    )
    .orderBy(desc(plans.createdAt))
    .limit(filter.limit);
  return rows.map((row) => row.id);
}
