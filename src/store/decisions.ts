import { and, asc, eq } from 'drizzle-orm';
import type { Decision, Person, Quorum } from '../plan/types';
import type { Db } from './db';
import { decisions, quorums } from './schema';

export interface NewDecision {
  readonly planId: string;
  readonly revision: number;
  readonly person: Person;
  readonly forTenantId: string;
  readonly decision: Decision['decision'];
  readonly reason: string | null;
  readonly authority: string;
  readonly surface: string;
  /** Of an approval: of so many changes at the head of the plan alone. */
  readonly onlyFirst?: number | null;
  /** One voice per person, whatever the tenant: for T3. */
  readonly isDistinct?: boolean;
}

/** @returns `false` when this person has decided already, as unique indexes say (I10) */
export async function insertDecision(
  tx: Db,
  { person, onlyFirst = null, ...decision }: NewDecision,
): Promise<boolean> {
  const rows = await tx
    .insert(decisions)
    .values({
      ...decision,
      ...(onlyFirst === null ? {} : { decision: 'approved-canary' as const, firstChanges: onlyFirst }),
      personTenantId: person.tenantId,
      personObjectId: person.objectId,
      personName: person.displayName,
    })
    .onConflictDoNothing()
    .returning({ planId: decisions.planId });
  return rows.length === 1;
}

/** Decisions on one revision, in order. */
export async function listDecisions(db: Db, planId: string, revision: number): Promise<readonly Decision[]> {
  const rows = await db
    .select()
    .from(decisions)
    .where(and(eq(decisions.planId, planId), eq(decisions.revision, revision)))
    .orderBy(asc(decisions.at));
  return rows.map((row) => ({
    person: {
      tenantId: row.personTenantId,
      objectId: row.personObjectId,
      displayName: row.personName,
    },
    forTenantId: row.forTenantId,
    ...(row.decision === 'approved-canary'
      ? { decision: 'approved' as const, onlyFirst: row.firstChanges ?? 0 }
      : { decision: row.decision }),
    reason: row.reason,
    authority: row.authority,
    at: row.at.toISOString(),
  }));
}

/**
 * Makes somebody's approval of the first changes one of the whole plan, by the authority that they hold now.
 * @returns `false` when there was none, or it was made so before
 */
export async function widenDecision(
  tx: Db,
  {
    planId,
    revision,
    forTenantId,
    person,
  }: Pick<NewDecision, 'planId' | 'revision' | 'forTenantId' | 'person'>,
  authority: string,
): Promise<boolean> {
  const rows = await tx
    .update(decisions)
    .set({ decision: 'approved', authority })
    .where(
      and(
        eq(decisions.planId, planId),
        eq(decisions.revision, revision),
        eq(decisions.forTenantId, forTenantId),
        eq(decisions.personTenantId, person.tenantId),
        eq(decisions.personObjectId, person.objectId),
        eq(decisions.decision, 'approved-canary'),
      ),
    )
    .returning({ planId: decisions.planId });
  return rows.length === 1;
}

export async function insertQuorums(
  tx: Db,
  planId: string,
  revision: number,
  rows: readonly Quorum[],
): Promise<void> {
  if (rows.length === 0) return;
  await tx.insert(quorums).values(rows.map((quorum) => ({ planId, revision, ...quorum })));
}

/** Whom a tenant's approval is asked of, anew: after one of them handed it on. */
export async function saveCandidates(
  tx: Db,
  planId: string,
  revision: number,
  { tenantId, candidates: asked }: Quorum,
): Promise<void> {
  await tx
    .update(quorums)
    .set({ candidates: asked })
    .where(and(eq(quorums.planId, planId), eq(quorums.revision, revision), eq(quorums.tenantId, tenantId)));
}

export async function listQuorums(db: Db, planId: string, revision: number): Promise<readonly Quorum[]> {
  return db
    .select({ tenantId: quorums.tenantId, needed: quorums.needed, candidates: quorums.candidates })
    .from(quorums)
    .where(and(eq(quorums.planId, planId), eq(quorums.revision, revision)))
    .orderBy(quorums.tenantId);
}
