import { canarySize, changedTenantIds, typedCount } from '../plan/tier';
import type { Decision, Person, PlanRecord } from '../plan/types';
import { appendAudit } from '../store/audit';
import type { Db } from '../store/db';
import { listBreakGlass } from '../store/break-glass';
import { insertDecision, listDecisions } from '../store/decisions';
import { bumpCards } from '../store/outbox';
import { movePlan } from '../store/plans';
import type { Authority, AuthorityPorts } from './authority';
import { afterLostRace, notAllowed, type Ballot } from './ballot';
import type { DecisionOutcome } from './outcome';
import type { ApprovalPorts } from './ports';
import { mayDecide, missingPeople } from './voices';

/** An approved plan must start within this, or it expires. */
export const startSeconds = 4 * 3600;

/**
 * One approval for one tenant; the one that completes the last quorum also queues the work (I2, I21). A voice for the first
 * changes alone counts towards the quorum like any other, and is kept with their number: the run holds after them.
 */
export async function approvePlan(ports: ApprovalPorts, ballot: Ballot): Promise<DecisionOutcome> {
  const { request, record, forTenantId } = ballot;
  const onlyFirst = request.verb === 'approve-canary' ? canarySize(record.content) : null;
  if (request.verb === 'approve-canary' && onlyFirst === null) {
    return { type: 'wrong-state', state: record.state };
  }
  const quorum = record.quorums.find((one) => one.tenantId === forTenantId);
  if (!quorum) return notAllowed(record, forTenantId, 'no-role');
  const authority = await mayDecide(ports, request.person, quorum.tenantId, record);
  if (!authority.isAllowed) return notAllowed(record, quorum.tenantId, authority.why);
  const count = typedCount(record.tier, record.content);
  if (count !== null && request.typedCount !== count) return { type: 'count-needed' };
  const result = await ports.store.transaction(async (tx) => {
    const move = { planId: record.id, revision: record.revision, from: 'submitted' } as const;
    // The row stays locked until commit: whoever else decides waits, then finds what we made of it (I17).
    if (!(await movePlan(tx, { ...move, to: 'submitted', expiry: 'before' }))) return 'lost-race';
    const vote = { decision: 'approved', forTenantId: quorum.tenantId, authority, onlyFirst } as const;
    if (!(await saveVote(tx, ballot, vote))) return 'lost-race';
    const decisions = await listDecisions(tx, record.id, record.revision);
    const breakGlass = await listBreakGlass(tx, record.id, record.revision);
    const isComplete = standsApproved({ ...record, breakGlass }, decisions);
    if (isComplete) {
      await movePlan(tx, { ...move, to: 'approved' }, { startInSeconds: startSeconds });
      await ports.enqueue(tx, { name: 'apply', planId: record.id });
    }
    await tell(ports, tx, ballot, vote);
    return isComplete ? 'approved' : 'submitted';
  });
  if (result === 'lost-race') return afterLostRace(ports, ballot);
  return { type: 'recorded', verb: request.verb, state: result };
}

/** One rejection ends the plan; it needs a reason. */
export async function rejectPlan(ports: ApprovalPorts, ballot: Ballot): Promise<DecisionOutcome> {
  const { request, record } = ballot;
  const { reason, person } = request;
  const found = await findTenant(ports, person, record, ballot.forTenantId);
  if (!found.authority.isAllowed) return notAllowed(record, found.tenantId, found.authority.why);
  if (reason === null) return { type: 'reason-needed' };
  const { tenantId, authority } = found;
  const isDone = await ports.store.transaction(async (tx) => {
    const isMoved = await movePlan(
      tx,
      { planId: record.id, revision: record.revision, from: 'submitted', to: 'rejected', expiry: 'before' },
      {
        isFinished: true,
        ending: {
          code: 'rejected',
          text: `${person.displayName} rejected it: ${reason}`,
          remedy: 'Change what was asked for, then plan it anew.',
        },
      },
    );
    if (!isMoved) return false;
    const vote = { decision: 'rejected', forTenantId: tenantId, authority, onlyFirst: null } as const;
    await saveVote(tx, ballot, vote);
    await tell(ports, tx, ballot, vote);
    return true;
  });
  return isDone ? { type: 'recorded', verb: 'reject', state: 'rejected' } : afterLostRace(ports, ballot);
}

/** Whether every changed tenant has its number of distinct people, none of them the requester (I9, I10). */
export function standsApproved(record: PlanRecord, decisions: readonly Decision[]): boolean {
  const { requester } = record.content;
  const others = decisions.filter(
    ({ person }) => person.tenantId !== requester.tenantId || person.objectId !== requester.objectId,
  );
  const tenantIds = changedTenantIds(record.content);
  if (
    record.quorums.length === 0 ||
    record.quorums.some(({ needed }) => needed < 1) ||
    tenantIds.some((id) => !record.quorums.some((one) => one.tenantId === id))
  ) {
    return false;
  }
  return record.quorums.every((quorum) => missingPeople({ ...record, decisions: others }, quorum) === 0);
}

/** By text no tenant is named: the first one for which the person may decide. */
export async function findTenant(
  ports: AuthorityPorts,
  person: Person,
  record: PlanRecord,
  forTenantId: string | null,
): Promise<{ readonly tenantId: string; readonly authority: Authority }> {
  const changed = changedTenantIds(record.content);
  const own = changed.filter((id) => id === person.tenantId);
  const tenantIds = forTenantId ? [forTenantId] : [...own, ...changed.filter((id) => id !== person.tenantId)];
  let first: { tenantId: string; authority: Authority } | null = null;
  for (const tenantId of tenantIds) {
    const authority = await mayDecide(ports, person, tenantId, record);
    if (authority.isAllowed) return { tenantId, authority };
    first ??= { tenantId, authority };
  }
  return first ?? { tenantId: person.tenantId, authority: { isAllowed: false, why: 'no-role' } };
}

interface Vote {
  readonly decision: 'approved' | 'rejected';
  readonly forTenantId: string;
  readonly authority: Authority & { readonly isAllowed: true };
  /** `null` = the whole plan. */
  readonly onlyFirst: number | null;
}

async function saveVote(tx: Db, { request, record }: Ballot, { authority, ...vote }: Vote): Promise<boolean> {
  const { person, reason, surface } = request;
  return insertDecision(tx, {
    planId: record.id,
    revision: record.revision,
    person,
    reason,
    surface,
    ...vote,
    authority: authority.basis,
    isDistinct: record.tier === 'T3', // different people for different tenants too
  });
}

async function tell(
  ports: ApprovalPorts,
  tx: Db,
  { request, record }: Ballot,
  { decision, forTenantId, authority, onlyFirst }: Vote,
): Promise<void> {
  await bumpCards(tx, record.id);
  await ports.enqueue(tx, { name: 'deliver' });
  await appendAudit(tx, {
    event: onlyFirst === null ? decision : 'approved-canary',
    planId: record.id,
    actor: request.person,
    facts: {
      revision: record.revision,
      digest: record.digest,
      forTenantId,
      reason: request.reason,
      surface: request.surface,
      authority: authority.basis,
      ...(onlyFirst === null ? {} : { firstChanges: onlyFirst }),
    },
  });
}
