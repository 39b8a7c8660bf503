import { expirePlans } from '../approvals/expire';
import type { ApprovalPorts } from '../approvals/ports';
import { forgetSealed } from '../store/change-runs';
import { releaseAllLeases } from '../store/executions';
import { deleteOldNonces } from '../store/nonces';
import { deleteOldMessages } from '../store/taken-messages';
import { releaseCards } from '../store/outbox';
import { listAbandoned } from '../store/plan-lists';
import { listUndecidedPresses } from '../store/presses';

/** Once a minute: what is overdue ends, what a dead process left goes on (I28, I29). */
export async function tidy(ports: ApprovalPorts): Promise<void> {
  await expirePlans(ports);
  await resumeAbandoned(ports, 30);
  await deleteOldNonces(ports.store.db);
  await deleteOldMessages(ports.store.db);
  await forgetSealed(ports.store.db);
}

/** At start. With the embedded database nobody else can be at work, so leases of the dead are void at once. */
export async function resumeAfterRestart(ports: ApprovalPorts): Promise<void> {
  const isAlone = ports.store.dialect === 'pglite';
  if (isAlone) {
    await releaseAllLeases(ports.store.db);
    await releaseCards(ports.store.db);
  }
  await resumeAbandoned(ports, isAlone ? 0 : 30);
}

async function resumeAbandoned({ store, enqueue }: ApprovalPorts, pressSeconds: number): Promise<void> {
  const planIds = await listAbandoned(store.db);
  const pressIds = await listUndecidedPresses(store.db, pressSeconds);
  await store.transaction(async (tx) => {
    for (const planId of planIds) await enqueue(tx, { name: 'apply', planId });
    for (const pressId of pressIds) await enqueue(tx, { name: 'decide', pressId });
    await enqueue(tx, { name: 'deliver' });
  });
}
