import type { PlanRecord } from '../plan/types';
import { findHolder } from '../store/plan-lists';
import { isDuplicate } from '../store/transaction';
import type { DecisionOutcome } from './outcome';
import type { ApprovalPorts } from './ports';

/**
 * At most one open destructive plan per link and direction, and one open plan for the same wish of the same person:
 * unique indexes decide (I19), this only says who holds the place.
 */
export async function unlessHeld(
  { store }: Pick<ApprovalPorts, 'store'>,
  { id, content, digest }: PlanRecord,
  open: () => Promise<DecisionOutcome>,
): Promise<DecisionOutcome> {
  try {
    return await open();
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    const holder = await findHolder(store.db, { id, digest, ...content });
    if (!holder) throw error;
    const { displayName: holderName } = holder.content.requester;
    return { type: 'held', holderId: holder.id, holderName, state: holder.state };
  }
}
