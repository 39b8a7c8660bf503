import type { PlanRecord } from '../plan/types';
import { appendAudit } from '../store/audit';
import { bumpCards } from '../store/outbox';
import { listOverdue } from '../store/plan-lists';
import { movePlan, type PlanRow } from '../store/plans';
import { readRecord } from '../store/records';
import type { ApprovalPorts } from './ports';
import { missingPeople } from './voices';

/** Ends every plan whose time is over, by the database's clock (I18). @returns how many */
export async function expirePlans(ports: Pick<ApprovalPorts, 'store' | 'enqueue'>): Promise<number> {
  let count = 0;
  for (const row of await listOverdue(ports.store.db)) {
    const record = await readRecord(ports.store.db, row.id);
    if (record && (await expire(ports, row, record))) count += 1;
  }
  return count;
}

async function expire(
  ports: Pick<ApprovalPorts, 'store' | 'enqueue'>,
  { id, revision, state }: PlanRow,
  record: PlanRecord,
): Promise<boolean> {
  const ending = { code: 'expired', text: textOf(record), remedy: 'Plan it anew when it is wanted.' };
  return ports.store.transaction(async (tx) => {
    const move = { planId: id, revision, from: state, to: 'expired', expiry: 'after' } as const;
    if (!(await movePlan(tx, move, { ending, isFinished: true }))) return false;
    await bumpCards(tx, id);
    await ports.enqueue(tx, { name: 'deliver' });
    await appendAudit(tx, {
      event: 'expired',
      planId: id,
      facts: { revision, from: state, text: ending.text },
    });
    return true;
  });
}

/** The card names who did not answer. */
function textOf(record: PlanRecord): string {
  if (record.state === 'draft') return 'Nobody submitted it within a day.';
  if (record.state === 'approved') return 'It was approved, but could not start within 4 hours.';
  const silent = record.quorums
    .filter((quorum) => missingPeople(record, quorum) > 0)
    .flatMap(({ candidates, tenantId }) =>
      candidates
        .filter((person) => !person.handedTo && !hasDecided(record, tenantId, person.objectId))
        .map((one) => one.displayName),
    );
  if (silent.length === 0) {
    const isShort = record.quorums.some(({ candidates, needed }) => candidates.length < needed);
    return isShort
      ? 'Too few people could be reached in time, and nobody broke the glass.'
      : 'The approvals that were needed did not come in time.';
  }
  return `No answer in time from ${[...new Set(silent)].join(', ')}.`;
}

function hasDecided(record: PlanRecord, tenantId: string, objectId: string): boolean {
  return record.decisions.some((one) => one.forTenantId === tenantId && one.person.objectId === objectId);
}
