import { isSamePerson } from '../approvals/person';
import { log } from '../log';
import type { PlanRecord, Unreached } from '../plan/types';
import type { Db, Store } from '../store/db';
import { bumpCardsOf, listCards, type CardRow } from '../store/outbox';
import { findPlan } from '../store/plans';

/** A card was given up: whoever asked for the plan is told on the own card (I29, teams A6). */
export async function reportDead(
  { db }: Store,
  { planId, role }: Pick<CardRow, 'planId' | 'role'>,
): Promise<void> {
  if (role === 'requester')
    log.error('who asked for a plan cannot be told of it', { planId, event: 'requester-lost' });
  if (role !== 'approver' && role !== 'channel') return;
  const plan = await findPlan(db, planId);
  if (!plan) return;
  const { requesterTenantId: tenantId, requesterObjectId: objectId } = plan;
  await bumpCardsOf(db, planId, { tenantId, objectId, displayName: '' });
}

/** Who got no card of a plan that is under way; nothing when all did. */
export async function unreachedBy(db: Db, record: PlanRecord): Promise<{ readonly unreached?: Unreached }> {
  if (record.state !== 'submitted') return {};
  const dead = (await listCards(db, record.id)).filter(({ state }) => state === 'dead');
  const isPlace = dead.some(({ role }) => role === 'channel');
  const people = record.quorums
    .flatMap(({ candidates }) => candidates)
    .filter((one) => !one.handedTo && !record.decisions.some(({ person }) => isSamePerson(person, one)))
    .filter((one) =>
      dead.some(
        ({ role, personTenantId, personObjectId }) =>
          role === 'approver' && personTenantId === one.tenantId && personObjectId === one.objectId,
      ),
    );
  const named = people.filter(
    (one, index) => people.findIndex((other) => isSamePerson(one, other)) === index,
  );
  return named.length > 0 || isPlace ? { unreached: { people: named, isPlace } } : {};
}
