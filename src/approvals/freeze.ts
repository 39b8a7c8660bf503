import type { Freeze, Person } from '../plan/types';
import { appendAudit } from '../store/audit';
import { deleteFreeze, findFreezeOf, insertFreeze, listHeldPlans, type FreezeScope } from '../store/freezes';
import { bumpCards } from '../store/outbox';
import type { ApprovalPorts } from './ports';

export interface FreezeWish {
  readonly scope: FreezeScope;
  /** The tenant whose people lift it. */
  readonly ownerTenantId: string;
  readonly by: Person;
  readonly reason: string;
}

export interface Frozen {
  readonly freeze: Freeze;
  /** `false` when it was frozen before: that freeze stands. */
  readonly isNew: boolean;
}

type Ports = Pick<ApprovalPorts, 'store' | 'enqueue'>;

/**
 * Stops all writes of a scope at once: nothing begins after this has committed. Whoever asks must have been found to be
 * allowed before. It only stops things, so it takes no approval.
 */
export async function freezeScope({ store, enqueue }: Ports, wish: FreezeWish): Promise<Frozen> {
  return store.transaction(async (tx) => {
    const { scope, by, ownerTenantId, reason } = wish;
    const freeze = await insertFreeze(tx, scope, wish);
    if (!freeze) {
      const standing = await findFreezeOf(tx, scope);
      if (!standing) throw new Error('a freeze that is there and is not');
      return { freeze: standing, isNew: false };
    }
    for (const { id } of await listHeldPlans(tx, scope)) await bumpCards(tx, id);
    await enqueue(tx, { name: 'deliver' });
    await appendAudit(tx, {
      event: 'frozen',
      actor: by,
      facts: { scope: scopeFacts(scope), freezeId: freeze.id, ownerTenantId, reason },
    });
    return { freeze, isNew: true };
  });
}

/** Called by the one step of an approved plan, and by nothing else. */
export async function liftFreeze({ store, enqueue }: Ports, freezeId: string): Promise<void> {
  await store.transaction(async (tx) => {
    if (!(await deleteFreeze(tx, freezeId))) return;
    for (const { id: planId, state } of await listHeldPlans(tx, 'all')) {
      await bumpCards(tx, planId);
      // Not at once: the plan that lifts it is still running.
      if (state === 'approved') await enqueue(tx, { name: 'apply', planId }, { afterSeconds: 3 });
    }
    await enqueue(tx, { name: 'deliver' });
    await appendAudit(tx, { event: 'unfrozen', facts: { freezeId } });
  });
}

function scopeFacts(scope: FreezeScope) {
  return scope === 'all' ? scope : { ...scope };
}
