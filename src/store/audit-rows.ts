import { and, asc, eq, gt, lte } from 'drizzle-orm';
import type { Db } from './db';
import { audit, plans } from './schema';

/** A record of the chain, with the tenants whose people it concerns. */
export interface AuditRow {
  readonly sequence: number;
  readonly record: string;
  readonly hash: string;
  /** Of the plan it is about; null without one. */
  readonly sourceTenantId: string | null;
  readonly targetTenantId: string | null;
  readonly actorTenantId: string | null;
}

/** Records in order, up to and with `upTo`, after a sequence number. */
export async function listAuditRows(
  db: Db,
  { after, upTo, limit }: { readonly after: number; readonly upTo: number; readonly limit: number },
): Promise<readonly AuditRow[]> {
  const { sequence, record, hash, actorTenantId } = audit;
  const { sourceTenantId, targetTenantId } = plans;
  return db
    .select({ sequence, record, hash, actorTenantId, sourceTenantId, targetTenantId })
    .from(audit)
    .leftJoin(plans, eq(plans.id, audit.planId))
    .where(and(gt(sequence, after), lte(sequence, upTo)))
    .orderBy(asc(sequence))
    .limit(limit);
}

/** Number, hash and time of one record; `undefined` when there is none. */
export async function findAuditRow(
  db: Db,
  number: number,
): Promise<{ readonly sequence: number; readonly hash: string; readonly at: string } | undefined> {
  const { sequence, hash, at } = audit;
  const [row] = await db.select({ sequence, hash, at }).from(audit).where(eq(sequence, number));
  return row;
}
