import { readRecord } from '../store/records';
import type { Decision, PlanRecord, PlanState } from '../plan/types';
import type { Denial, DecisionOutcome, DecisionRequest, DecisionVerb } from './outcome';
import { stepsIn } from './authority';
import { isSamePerson } from './person';
import type { ApprovalPorts } from './ports';

/** A decision that passed every check that needs no directory. */
export interface Ballot {
  readonly request: DecisionRequest;
  readonly record: PlanRecord;
  /** The tenant that the pressed approver's card is about; null for a requester's card and for text. */
  readonly forTenantId: string | null;
}

const statesFor: Readonly<Record<DecisionVerb, readonly PlanState[]>> = {
  submit: ['draft'],
  confirm: ['draft'],
  discard: ['draft'],
  approve: ['submitted'],
  'approve-canary': ['submitted'],
  continue: ['applying'],
  reject: ['submitted'],
  withdraw: ['draft', 'submitted', 'approved'],
  close: ['needs-attention'],
  stop: ['approved', 'applying'],
};

/** A first look; the conditional UPDATE has the last word. */
export function tooLate({ request, record, forTenantId }: Ballot): DecisionOutcome | null {
  const { verb, person } = request;
  const { state, tier } = record;
  const isForOne = forTenantId !== null && tier !== 'T3';
  const mine = record.decisions.find(
    (one) => isSamePerson(one.person, person) && (!isForOne || one.forTenantId === forTenantId),
  );
  if (mine && isAnswered(verb, mine)) return decidedBefore(mine, state);
  if (statesFor[verb].includes(state)) return null;
  if (verb === 'close' || verb === 'stop' || verb === 'continue') return { type: 'wrong-state', state };
  if (mine) return decidedBefore(mine, state);
  if (verb === 'submit' && record.submittedAt) {
    const { submittedAt: at, reason } = record;
    return { type: 'already-decided', decision: 'submitted', at, reason, state };
  }
  return state === 'expired' ? { type: 'expired' } : { type: 'wrong-state', state };
}

/** One voice per person; one for the first changes can still become one for all. */
function isAnswered(verb: DecisionVerb, { decision, onlyFirst }: Decision): boolean {
  if (verb === 'continue') return decision === 'approved' && onlyFirst === undefined;
  return verb === 'approve' || verb === 'approve-canary' || verb === 'reject';
}

/** A repeat is answered by what is stored, whatever has become of the plan since (I20). */
function decidedBefore({ decision, onlyFirst, at, reason }: Decision, state: PlanState): DecisionOutcome {
  const word = onlyFirst === undefined ? decision : 'approved-canary';
  return { type: 'already-decided', decision: word, at, reason, state };
}

/** The conditional UPDATE found no row: says why, from the present record. */
export async function afterLostRace(ports: ApprovalPorts, ballot: Ballot): Promise<DecisionOutcome> {
  const { request } = ballot;
  const record = await readRecord(ports.store.db, request.planId);
  if (!record) return { type: 'gone' };
  if (request.revision !== null && request.revision !== record.revision) {
    return { type: 'superseded', revision: record.revision, state: record.state };
  }
  return tooLate({ ...ballot, record }) ?? { type: 'expired' };
}

export function refused(why: Denial): DecisionOutcome {
  return { type: 'not-allowed', why, tenantId: null, roleTemplateIds: [], whoMay: [] };
}

/** A refusal for want of authority over a tenant, with who could. */
export function notAllowed(record: PlanRecord, tenantId: string | null, why: Denial): DecisionOutcome {
  // Those whom the directory does not know as its own learn nothing more (I13).
  const isKnown = why === 'no-role' || why === 'eligible-only' || why === 'affected';
  const steps = tenantId === null ? [] : stepsIn(record.content, tenantId);
  const quorum = record.quorums.find((one) => one.tenantId === tenantId);
  return {
    type: 'not-allowed',
    why,
    tenantId,
    roleTemplateIds: isKnown ? [...new Set(steps.flatMap((step) => step.roleTemplateIds))] : [],
    whoMay: isKnown ? (quorum?.candidates ?? []) : [],
  };
}
