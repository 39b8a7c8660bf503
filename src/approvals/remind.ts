import type { Person, PlanRecord, PlanState } from '../plan/types';
import { appendAudit } from '../store/audit';
import type { Db } from '../store/db';
import { bumpCardsOf, repostCards } from '../store/outbox';
import { listToRemind, markReminded, markRemindedInTime } from '../store/reminders';
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

/** Sends the card anew to everybody who was asked, still matters and has not answered; of people, only the requester may. */
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
  const isDone = await send(ports, record, {
    actor: person,
    isDue: (tx) => markReminded(tx, planId, remindSeconds),
  });
  return isDone ? { type: 'reminded', people: silentPeople(record) } : { type: 'too-soon' };
}

/** Reminds by itself, at half of the time and an hour before its end, unless somebody did since. @returns how many plans */
export async function remindOverdue(ports: Pick<ApprovalPorts, 'store' | 'enqueue'>): Promise<number> {
  let count = 0;
  for (const planId of await listToRemind(ports.store.db)) {
    const record = await readRecord(ports.store.db, planId);
    if (record && (await send(ports, record, { isDue: (tx) => markRemindedInTime(tx, planId) }))) count += 1;
  }
  return count;
}

async function send(
  { store, enqueue }: Pick<ApprovalPorts, 'store' | 'enqueue'>,
  record: PlanRecord,
  { actor, isDue }: { readonly actor?: Person; readonly isDue: (tx: Db) => Promise<boolean> },
): Promise<boolean> {
  const { id: planId, revision, content } = record;
  const people = silentPeople(record);
  return store.transaction(async (tx) => {
    if (!(await isDue(tx))) return false;
    for (const one of people) await repostCards(tx, planId, one, 'approver');
    await bumpCardsOf(tx, planId, content.requester); // it names whom the bot did not reach the last time
    await enqueue(tx, { name: 'deliver' });
    await appendAudit(tx, {
      event: 'reminded',
      planId,
      ...(actor ? { actor } : {}),
      facts: { revision, people: people.map((one) => ({ ...one })) },
    });
    return true;
  });
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
