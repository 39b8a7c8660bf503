import type { PlanRecord } from '../plan/types';
import { changedTenantIds } from '../plan/tier';
import { appendAudit, type AuditEntry, type AuditEvent } from '../store/audit';
import type { Db } from '../store/db';
import { insertDecision, type NewDecision } from '../store/decisions';
import { bumpCards } from '../store/outbox';
import { movePlan } from '../store/plans';
import { mayConfirm, mayStop } from './authority';
import { afterLostRace, notAllowed, refused, type Ballot } from './ballot';
import type { DecisionOutcome, DecisionRequest } from './outcome';
import { planEvidence } from './plan-evidence';
import type { ApprovalPorts } from './ports';
import { addChannelCard } from './request';
import { startSeconds } from './vote';

/** The role or group through which a changed tenant may be confirmed for. */
interface Basis {
  readonly tenantId: string;
  readonly basis: string;
}

/** T1: the requester, who holds the role for every step now, starts the plan; audited as `confirmed`. */
export async function confirmPlan(ports: ApprovalPorts, ballot: Ballot): Promise<DecisionOutcome> {
  const { request, record } = ballot;
  if (record.tier !== 'T1') return { type: 'wrong-state', state: record.state };
  const bases = await confirmBases(ports, ballot);
  if ('type' in bases) return bases;
  const isDone = await ports.store.transaction(async (tx) => {
    const isMoved = await movePlan(
      tx,
      { planId: record.id, revision: record.revision, from: 'draft', to: 'approved', expiry: 'before' },
      { startInSeconds: startSeconds },
    );
    if (!isMoved) return false;
    for (const { tenantId, basis } of bases) {
      await saveOwn(tx, ballot, { decision: 'confirmed', forTenantId: tenantId, authority: basis });
    }
    await addChannelCard(tx, record.id);
    await ports.enqueue(tx, { name: 'apply', planId: record.id });
    const { plan, details } = planEvidence(record.content);
    const authority = bases.map((one) => ({ ...one }));
    await tell(ports, tx, ballot, 'confirmed', { authority, tier: record.tier, plan }, details);
    return true;
  });
  return isDone ? { type: 'recorded', verb: request.verb, state: 'approved' } : afterLostRace(ports, ballot);
}

async function confirmBases(
  ports: ApprovalPorts,
  { request, record }: Ballot,
): Promise<readonly Basis[] | DecisionOutcome> {
  const bases: Basis[] = [];
  for (const tenantId of changedTenantIds(record.content)) {
    const authority = await mayConfirm(ports, request.person, tenantId, record.content);
    if (!authority.isAllowed) return notAllowed(record, tenantId, authority.why);
    bases.push({ tenantId, basis: authority.basis });
  }
  return bases.length > 0 ? bases : { type: 'wrong-state', state: record.state }; // I7
}

/** Discard a draft, or withdraw what has not started yet: it only stops things, so the requester needs no role for it. */
export async function stopOwnPlan(ports: ApprovalPorts, ballot: Ballot): Promise<DecisionOutcome> {
  const { request, record } = ballot;
  const authority = await mayStop(ports, request.person);
  if (!authority.isAllowed) return refused(authority.why);
  const ending = endingOf(request, record);
  const isDone = await ports.store.transaction(async (tx) => {
    const move = { planId: record.id, revision: record.revision, from: record.state } as const;
    const isMoved = await movePlan(tx, { ...move, to: 'withdrawn' }, { isFinished: true, ending });
    if (!isMoved) return false;
    const forTenantId = request.person.tenantId;
    await saveOwn(tx, ballot, { decision: 'withdrawn', forTenantId, authority: authority.basis });
    await tell(ports, tx, ballot, ending.code, { reason: request.reason });
    return true;
  });
  return isDone ? { type: 'recorded', verb: request.verb, state: 'withdrawn' } : afterLostRace(ports, ballot);
}

function endingOf({ person, reason }: DecisionRequest, { state }: PlanRecord) {
  const remedy = 'Plan it anew when it is wanted.';
  if (state === 'draft') return { code: 'discarded', text: 'It was never submitted.', remedy } as const;
  const why = reason ? `: ${reason}` : '.';
  return { code: 'withdrawn', text: `${person.displayName} withdrew it${why}`, remedy } as const;
}

async function saveOwn(
  tx: Db,
  { request, record }: Ballot,
  decision: Pick<NewDecision, 'decision' | 'forTenantId' | 'authority'>,
): Promise<void> {
  const { person, reason, surface } = request;
  const { id: planId, revision } = record;
  await insertDecision(tx, { planId, revision, person, reason, surface, ...decision });
}

async function tell(
  ports: ApprovalPorts,
  tx: Db,
  { request, record }: Ballot,
  event: AuditEvent,
  facts: AuditEntry['facts'],
  details?: AuditEntry['details'],
): Promise<void> {
  const { revision, digest } = record;
  await bumpCards(tx, record.id);
  await ports.enqueue(tx, { name: 'deliver' });
  await appendAudit(tx, {
    event,
    planId: record.id,
    actor: request.person,
    facts: { revision, digest, surface: request.surface, ...facts },
    ...(details ? { details } : {}),
  });
}
