import { and, desc, eq, inArray, ne, or, sql } from 'drizzle-orm';
import type { Person, PlanContent, PlanState } from '../plan/types';
import type { Db } from './db';
import type { PlanRow } from './plans';
import { plans } from './schema';

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
    .orderBy(plans.id)
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
    )
    .orderBy(plans.id);
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

/** What keeps this plan from being opened: one of the same wish, or the open destructive one of the link (I19). */
export async function findHolder(
  db: Db,
  wish: Pick<PlanRow, 'id' | 'digest' | 'sourceTenantId' | 'targetTenantId'>,
): Promise<PlanRow | undefined> {
  const open: readonly PlanState[] = ['submitted', 'approved', 'applying', 'needs-attention'];
  const [row] = await db
    .select()
    .from(plans)
    .where(
      and(
        ne(plans.id, wish.id),
        eq(plans.sourceTenantId, wish.sourceTenantId),
        eq(plans.targetTenantId, wish.targetTenantId),
        inArray(plans.state, [...open]),
        or(eq(plans.digest, wish.digest), eq(plans.isDestructive, true)),
      ),
    )
    .orderBy(desc(sql`${plans.digest} = ${wish.digest}`))
    .limit(1);
  return row;
}

/** Drafts of the same person, link, kind and subject: a newer one takes their place. */
export async function listDraftsLike(db: Db, content: PlanContent): Promise<readonly PlanRow[]> {
  const { kind, sourceTenantId, targetTenantId, requester, subject } = content;
  const rows = await db
    .select()
    .from(plans)
    .where(
      and(
        eq(plans.state, 'draft'),
        eq(plans.kind, kind),
        eq(plans.sourceTenantId, sourceTenantId),
        eq(plans.targetTenantId, targetTenantId),
        eq(plans.requesterTenantId, requester.tenantId),
        eq(plans.requesterObjectId, requester.objectId),
      ),
    )
    .orderBy(plans.id);
  return rows.filter((row) => (row.content.subject?.command ?? null) === (subject?.command ?? null));
}
