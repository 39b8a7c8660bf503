import { and, asc, eq, sql } from 'drizzle-orm';
import type { BreakGlass, Person } from '../plan/types';
import type { Db } from './db';
import { breakGlass } from './schema';

/** How long a broken glass lasts, by the database's clock (I39). */
export const breakGlassSeconds = 3600;

const over = sql`${breakGlass.openedAt} + make_interval(secs => ${breakGlassSeconds})`;

/** @returns `false` when this person has broken it on this revision before: it is done once, and not prolonged */
export async function insertBreakGlass(
  tx: Db,
  {
    person,
    ...opened
  }: {
    readonly planId: string;
    readonly revision: number;
    readonly person: Person;
    readonly reason: string;
  },
): Promise<boolean> {
  const rows = await tx
    .insert(breakGlass)
    .values({
      ...opened,
      personTenantId: person.tenantId,
      personObjectId: person.objectId,
      personName: person.displayName,
    })
    .onConflictDoNothing()
    .returning({ planId: breakGlass.planId });
  return rows.length === 1;
}

/** Of one revision, in order, those that are over too: `isLive` is what the database's clock says now. */
export async function listBreakGlass(
  db: Db,
  planId: string,
  revision: number,
): Promise<readonly BreakGlass[]> {
  const rows = await db
    .select({
      tenantId: breakGlass.personTenantId,
      objectId: breakGlass.personObjectId,
      displayName: breakGlass.personName,
      reason: breakGlass.reason,
      openedAt: breakGlass.openedAt,
      isLive: sql<boolean>`${over} > clock_timestamp()`,
    })
    .from(breakGlass)
    .where(and(eq(breakGlass.planId, planId), eq(breakGlass.revision, revision)))
    .orderBy(asc(breakGlass.openedAt));
  return rows.map(({ tenantId, objectId, displayName, reason, openedAt, isLive }) => ({
    person: { tenantId, objectId, displayName },
    reason,
    openedAt: openedAt.toISOString(),
    expiresAt: new Date(openedAt.getTime() + breakGlassSeconds * 1000).toISOString(),
    isLive,
  }));
}
