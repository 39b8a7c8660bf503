import { and, desc, eq, gte, inArray, lt, or, sql } from 'drizzle-orm';
import type { Person } from '../plan/types';
import type { Db } from './db';
import { audit, plans } from './schema';

export interface AuditFilter {
  /** Plans that touch any of these tenants; the others are not told of. */
  readonly tenantIds: readonly string[];
  readonly link?: { readonly sourceTenantId: string; readonly targetTenantId: string };
  /** Who asked, decided or tried. */
  readonly person?: Pick<Person, 'tenantId' | 'objectId'>;
  /** ISO 8601: of the records, from and before. */
  readonly from?: string;
  readonly to?: string;
  /** Only plans that delete, or need two people by their own steps. */
  readonly isDestructive?: boolean;
}

/** Ids of plans that have audit records of this kind, the newest record first; `total` counts all. */
export async function listAuditedPlans(
  db: Db,
  filter: AuditFilter,
  { limit, skip }: { readonly limit: number; readonly skip: number },
): Promise<{ readonly planIds: readonly string[]; readonly total: number }> {
  const newest = sql<number>`max(${audit.sequence})`;
  const grouped = db
    .select({ planId: plans.id, newest: newest.as('newest') })
    .from(audit)
    .innerJoin(plans, eq(plans.id, audit.planId))
    .where(conditionOf(filter))
    .groupBy(plans.id)
    .as('audited');
  const [counted] = await db.select({ total: sql<number>`count(*)::int` }).from(grouped);
  const rows = await db
    .select({ planId: grouped.planId })
    .from(grouped)
    .orderBy(desc(grouped.newest))
    .limit(limit)
    .offset(skip);
  return { planIds: rows.map(({ planId }) => planId), total: Number(counted?.total ?? 0) };
}

function conditionOf({ tenantIds, link, person, from, to, isDestructive }: AuditFilter) {
  const { sourceTenantId, targetTenantId } = plans;
  return and(
    or(inArray(sourceTenantId, [...tenantIds]), inArray(targetTenantId, [...tenantIds])),
    link ? and(eq(sourceTenantId, link.sourceTenantId), eq(targetTenantId, link.targetTenantId)) : undefined,
    person
      ? and(eq(audit.actorTenantId, person.tenantId), eq(audit.actorObjectId, person.objectId))
      : undefined,
    from ? gte(audit.at, from) : undefined,
    to ? lt(audit.at, to) : undefined,
    isDestructive ? eq(plans.isDestructive, true) : undefined,
  );
}
