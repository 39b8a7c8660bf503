import type { Candidate, Quorum } from '../plan/record';
import type { Person, PlanRecord, PlanState } from '../plan/types';
import { appendAudit } from '../store/audit';
import { findPersonalChat } from '../store/conversations';
import { listQuorums, saveCandidates } from '../store/decisions';
import { addCard, bumpCards } from '../store/outbox';
import { lockPlan } from '../store/plans';
import { readRecord } from '../store/records';
import { mayApprove, type Authority } from './authority';
import { concerns } from './decide';
import type { Denial } from './outcome';
import { isSamePerson, normalPerson } from './person';
import type { ApprovalPorts } from './ports';
import { missingPeople } from './voices';

export type DelegateOutcome =
  | { readonly type: 'delegated'; readonly forTenantId: string; readonly to: Person }
  | { readonly type: 'gone' }
  | { readonly type: 'wrong-state'; readonly state: PlanState }
  /** The requester, or somebody who was not asked, has decided, or has handed it on already. */
  | { readonly type: 'nothing-to-hand-over' }
  | { readonly type: 'not-allowed'; readonly why: Denial }
  /** The other one may not decide on it, was asked already, or is in no chat with the bot. */
  | {
      readonly type: 'cannot-take';
      readonly why: Denial | 'requester' | 'asked-already' | 'no-personal-chat';
    };

/** People who can be asked for one tenant, with all who were handed it (I36). */
const mostAsked = 40;

interface HandOver {
  readonly forTenantId: string;
  readonly from: Person;
  readonly to: Person;
  readonly bases: readonly string[];
}

/**
 * An approver who was asked hands the request to another person who holds the same authority now; the press reads it
 * again (I11). It moves who is waited for and gives nobody a right: never to the requester (I9), and a T3 plan still
 * counts different people.
 */
export async function delegateRequest(
  ports: ApprovalPorts,
  planId: string,
  asking: Person,
  wanted: Person,
): Promise<DelegateOutcome> {
  const [from, to] = [normalPerson(asking), normalPerson(wanted)];
  const record = await readRecord(ports.store.db, planId);
  if (!record || !concerns(ports, from, record)) return { type: 'gone' };
  if (record.state !== 'submitted') return { type: 'wrong-state', state: record.state };
  const quorum = openQuorum(record, from);
  if (!quorum || isSamePerson(from, record.content.requester)) return { type: 'nothing-to-hand-over' };
  if (isSamePerson(to, record.content.requester)) return { type: 'cannot-take', why: 'requester' };
  if (isAsked(quorum, to)) return { type: 'cannot-take', why: 'asked-already' };
  const [mine, theirs] = await authorities(ports, record, quorum.tenantId, [from, to]);
  if (!mine.isAllowed) return { type: 'not-allowed', why: mine.why };
  if (!theirs.isAllowed) return { type: 'cannot-take', why: theirs.why };
  const chat = await findPersonalChat(ports.store.db, to);
  if (!chat) return { type: 'cannot-take', why: 'no-personal-chat' };
  const bases = [mine.basis, theirs.basis];
  return handOver(ports, record, chat.conversationId, { forTenantId: quorum.tenantId, from, to, bases });
}

async function authorities(
  ports: ApprovalPorts,
  { content }: PlanRecord,
  tenantId: string,
  [from, to]: readonly [Person, Person],
): Promise<readonly [Authority, Authority]> {
  const mine = await mayApprove(ports, from, tenantId, content);
  return [mine, mine.isAllowed ? await mayApprove(ports, to, tenantId, content) : mine];
}

/** What is read before is read again under the lock of the plan. */
async function handOver(
  ports: ApprovalPorts,
  { id: planId, revision, digest }: PlanRecord,
  conversationId: string,
  { forTenantId, from, to, bases }: HandOver,
): Promise<DelegateOutcome> {
  return ports.store.transaction(async (tx): Promise<DelegateOutcome> => {
    const row = await lockPlan(tx, planId);
    if (row?.state !== 'submitted' || row.revision !== revision) {
      return row ? { type: 'wrong-state', state: row.state } : { type: 'gone' };
    }
    const record = await readRecord(tx, planId);
    const quorum = (await listQuorums(tx, planId, revision)).find((one) => one.tenantId === forTenantId);
    if (!record || !quorum || openQuorum(record, from, forTenantId) === undefined) {
      return { type: 'nothing-to-hand-over' };
    }
    if (isAsked(quorum, to) || quorum.candidates.length >= mostAsked) {
      return { type: 'cannot-take', why: 'asked-already' };
    }
    await saveCandidates(tx, planId, revision, { ...quorum, candidates: handed(quorum, from, to) });
    await addCard(tx, { planId, role: 'approver', tenantId: forTenantId, person: to, conversationId });
    await bumpCards(tx, planId);
    await ports.enqueue(tx, { name: 'deliver' });
    await appendAudit(tx, {
      event: 'delegated',
      planId,
      actor: from,
      facts: { revision, digest, forTenantId, to: { ...to }, authority: [...bases] },
    });
    return { type: 'delegated', forTenantId, to };
  });
}

function handed({ candidates }: Quorum, from: Person, to: Person): readonly Candidate[] {
  const rest = candidates.map((one) => (isSamePerson(one, from) ? { ...one, handedTo: to } : one));
  return [...rest, { ...to, handedBy: from }];
}

/** A tenant for which this person was asked, is still waited for, and whose approvals are not complete. */
function openQuorum(record: PlanRecord, person: Person, tenantId?: string): Quorum | undefined {
  return record.quorums
    .filter((one) => tenantId === undefined || one.tenantId === tenantId)
    .find((quorum) => {
      const { tenantId: id, candidates } = quorum;
      const given = record.decisions.filter((one) => one.forTenantId === id && one.decision === 'approved');
      const isWaitedFor = candidates.some((one) => isSamePerson(one, person) && !one.handedTo);
      const hasDecided = given.some((one) => isSamePerson(one.person, person));
      return isWaitedFor && missingPeople(record, quorum) > 0 && !hasDecided;
    });
}

function isAsked({ candidates }: Quorum, person: Person): boolean {
  return candidates.some((one) => isSamePerson(one, person));
}
