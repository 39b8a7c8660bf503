import type { ApprovalPorts } from '../approvals/ports';
import { appendAnchor, listAnchorPlaces, type AnchorPace } from '../store/chain-anchors';
import { addCard } from '../store/outbox';

/** Once a day, and after every 500 records. */
export const usualPace: AnchorPace = { everyRecords: 500, everySeconds: 24 * 3600 };

/**
 * Posts the newest hash of the audit chain to every channel that has a subscription: whoever can change the database
 * cannot change what Teams keeps, so a cut tail shows against it (I31). Without such a channel nothing is posted.
 *
 * @returns whether a head was posted
 */
export async function anchorChain(
  { store, enqueue }: Pick<ApprovalPorts, 'store' | 'enqueue'>,
  pace: AnchorPace,
): Promise<boolean> {
  if ((await listAnchorPlaces(store.db)).length === 0) return false;
  return store.transaction(async (tx) => {
    const places = await listAnchorPlaces(tx);
    const id = await appendAnchor(tx, pace);
    if (id === null) return false;
    for (const conversationId of places) {
      await addCard(tx, { planId: id, role: 'anchor', tenantId: '', person: null, conversationId });
    }
    await enqueue(tx, { name: 'deliver' });
    return true;
  });
}
