import type { Person, PlanRecord, PlanState } from '../plan/types';
import { appendAudit } from '../store/audit';
import { bumpCardsOf, repostCards } from '../store/outbox';
import { markReminded } from '../store/plans';
import { readRecord } from '../store/records';
import { concerns } from './decide';
import { isSamePerson, normalPerson } from './person';
import type { ApprovalPorts } from './ports';
import { missingPeople } from './voices';

export type RemindOutcome =
  | { readonly type: 'reminded'; readonly people: readonly Person[] }
  | { readonly type: 'gone' }
  | { readonly type: 'not-requester' }
  | { readonly type: 'wrong-state'; readonly state: PlanState }
  /** Less than an hour since the last time. */
  | { readonly type: 'too-soon' };

/** Once an hour: a reminder that comes all the time is read by nobody. */
const remindSeconds = 3600;

/** Sends the card anew to everybody who was asked, still matters and has not answered. Only the requester may. */
export async function remindApprovers(
  ports: Pick<ApprovalPorts, 'store' | 'enqueue' | 'tenants'>,
  planId: string,
  asking: Person,
): Promise<RemindOutcome> {
  const person = normalPerson(asking);
  const record = await readRecord(ports.store.db, planId);
  if (!record || !concerns(ports, person, record)) return { type: 'gone' };
  if (!isSamePerson(person, record.content.requester)) return { type: 'not-requester' };
  if (record.state !== 'submitted') return { type: 'wrong-state', state: record.state };
  const people = silentPeople(record);
  const isDone = await ports.store.transaction(async (tx) => {
    if (!(await markReminded(tx, planId, remindSeconds))) return false;
    for (const one of people) await repostCards(tx, planId, one, 'approver');
    await bumpCardsOf(tx, planId, person); // it names whom the bot did not reach the last time
    await ports.enqueue(tx, { name: 'deliver' });
    await appendAudit(tx, {
      event: 'reminded',
      planId,
      actor: person,
      facts: { revision: record.revision, people: people.map((one) => ({ ...one })) },
    });
    return true;
  });
  return isDone ? { type: 'reminded', people } : { type: 'too-soon' };
}

/** Candidates of tenants whose quorum is open, without those who have decided. */
function silentPeople(record: PlanRecord): readonly Person[] {
  const silent = record.quorums.flatMap((quorum) => {
    const { tenantId, candidates } = quorum;
    const given = record.decisions.filter(
      (one) => one.forTenantId === tenantId && one.decision === 'approved',
    );
    if (missingPeople(record, quorum) === 0) return [];
    const asked = candidates.filter(({ handedTo }) => !handedTo);
    return asked.filter((one) => !given.some(({ person }) => isSamePerson(person, one)));
  });
  return silent.filter((one, index) => silent.findIndex((other) => isSamePerson(one, other)) === index);
}
