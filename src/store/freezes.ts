import { randomUUID } from 'node:crypto';
import { and, eq, inArray, or, sql } from 'drizzle-orm';
import type { Freeze, Person, PlanContent, PlanState } from '../plan/types';
import type { Db } from './db';
import { freezes, plans } from './schema';

/** A link, or `all`. */
export type FreezeScope = 'all' | { readonly sourceTenantId: string; readonly targetTenantId: string };

type LinkKey = Pick<PlanContent, 'sourceTenantId' | 'targetTenantId'>;
type Row = typeof freezes.$inferSelect;

/** Writers share it, whoever freezes has it alone: no intent slips in between. */
const freezeLock = 7_310_273;

const everywhere = { sourceTenantId: '*', targetTenantId: '*' } as const;

/** Call it in the transaction that begins a write: until that commits, nobody can freeze, and after a freeze none begins. */
export async function findFreezeForWrite(tx: Db, link: LinkKey): Promise<Freeze | undefined> {
  await tx.execute(sql`select pg_advisory_xact_lock_shared(${freezeLock})`);
  return findFreeze(tx, link);
}

/**
 * What holds for the link: a freeze of all links, or of it. A plan for one tenant alone (a default) is held by a freeze
 * of any link of that tenant.
 */
export async function findFreeze(
  db: Db,
  { sourceTenantId, targetTenantId }: LinkKey,
): Promise<Freeze | undefined> {
  const isOneTenant = sourceTenantId === targetTenantId;
  const ofLink = isOneTenant
    ? or(eq(freezes.sourceTenantId, sourceTenantId), eq(freezes.targetTenantId, sourceTenantId))
    : and(eq(freezes.sourceTenantId, sourceTenantId), eq(freezes.targetTenantId, targetTenantId));
  const rows = await db
    .select()
    .from(freezes)
    .where(or(eq(freezes.sourceTenantId, '*'), ofLink))
    .orderBy(freezes.sourceTenantId); // `*` first
  return rows[0] && freezeOf(rows[0]);
}

/** The freeze of exactly this scope. */
export async function findFreezeOf(db: Db, scope: FreezeScope): Promise<Freeze | undefined> {
  const [row] = await db.select().from(freezes).where(isExactly(scope));
  return row && freezeOf(row);
}

/** @returns `undefined` when the scope was frozen before: that freeze stands */
export async function insertFreeze(
  tx: Db,
  scope: FreezeScope,
  freeze: { readonly ownerTenantId: string; readonly by: Person; readonly reason: string },
): Promise<Freeze | undefined> {
  await tx.execute(sql`select pg_advisory_xact_lock(${freezeLock})`);
  const { ownerTenantId, by: frozenBy, reason } = freeze;
  const [row] = await tx
    .insert(freezes)
    .values({ ...keyOf(scope), id: randomUUID(), ownerTenantId, frozenBy, reason })
    .onConflictDoNothing()
    .returning();
  return row && freezeOf(row);
}

/** Lifts this very freeze; `false` when it is gone. */
export async function deleteFreeze(tx: Db, id: string): Promise<boolean> {
  const rows = await tx.delete(freezes).where(eq(freezes.id, id)).returning({ id: freezes.id });
  return rows.length === 1;
}

/** Plans whose cards a freeze changes. */
export async function listHeldPlans(
  db: Db,
  scope: FreezeScope,
): Promise<readonly { readonly id: string; readonly state: PlanState }[]> {
  const states = inArray(plans.state, ['draft', 'submitted', 'approved', 'applying']);
  const ofLink =
    scope === 'all'
      ? undefined
      : and(
          inArray(plans.sourceTenantId, [scope.sourceTenantId, scope.targetTenantId]),
          inArray(plans.targetTenantId, [scope.sourceTenantId, scope.targetTenantId]),
        );
  return db
    .select({ id: plans.id, state: plans.state })
    .from(plans)
    .where(and(states, ofLink))
    .orderBy(plans.id);
}

function isExactly(scope: FreezeScope) {
  const { sourceTenantId, targetTenantId } = keyOf(scope);
  return and(eq(freezes.sourceTenantId, sourceTenantId), eq(freezes.targetTenantId, targetTenantId));
}

function keyOf(scope: FreezeScope): LinkKey {
  return scope === 'all' ? everywhere : scope;
}

function freezeOf({ id, ownerTenantId, frozenBy, reason, frozenAt, sourceTenantId }: Row): Freeze {
  const scope = sourceTenantId === '*' ? 'all' : 'link';
  return { id, scope, ownerTenantId, by: frozenBy, reason, since: frozenAt.toISOString() };
}
