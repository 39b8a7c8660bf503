import { appendRefusal } from '../store/audit';
import { findNonce } from '../store/nonces';
import { readRecord } from '../store/records';
import type { Person, PlanRecord } from '../plan/types';
import { refused, tooLate, type Ballot } from './ballot';
import { closePlan } from './close';
import { continueRun } from './continue';
import { confirmPlan, stopOwnPlan } from './own-plan';
import { unlessHeld } from './held';
import type { DecisionOutcome, DecisionRequest } from './outcome';
import { isSamePerson, normalPerson } from './person';
import type { ApprovalPorts } from './ports';
import { submitPlan } from './request';
import { stopRun } from './stop';
import { approvePlan, rejectPlan } from './vote';

/**
 * The one way in which anybody moves a plan, whatever the surface (I15). Every refusal is a value; nothing of a
 * refused decision remains but a rate-limited audit record. Roles are read live (I11), outside of any transaction;
 * the decision itself is one conditional UPDATE (I2, I17).
 *
 * @throws BotError `storage-unavailable`
 */
export async function decide(ports: ApprovalPorts, asked: DecisionRequest): Promise<DecisionOutcome> {
  const request = { ...asked, person: normalPerson(asked.person), reason: cleanReason(asked.reason) };
  const record = await readRecord(ports.store.db, request.planId);
  if (!record || !concerns(ports, request.person, record)) return { type: 'gone' };
  const outcome = await decideOn(ports, request, record);
  await noteRefusal(ports, request, outcome);
  return outcome;
}

async function decideOn(
  ports: ApprovalPorts,
  request: DecisionRequest,
  record: PlanRecord,
): Promise<DecisionOutcome> {
  const isOwn = isSamePerson(request.person, record.content.requester);
  const isVote = ['approve', 'approve-canary', 'continue', 'reject', 'close'].includes(request.verb);
  if (isVote && isOwn) return { type: 'own-request' }; // I9
  if (!isVote && !isOwn && request.verb !== 'stop') return refused('not-requester');
  const nonce = request.nonce === null ? null : await nonceOf(ports, request, request.nonce);
  if (nonce === undefined || !isForPresent(request, record, nonce)) {
    return { type: 'superseded', revision: record.revision, state: record.state };
  }
  const ballot: Ballot = { request, record, forTenantId: nonce?.forTenantId ?? null };
  const late = tooLate(ballot);
  if (late) return late;
  switch (request.verb) {
    case 'submit':
      return unlessHeld(ports, record, () => submitPlan(ports, ballot));
    case 'confirm':
      return unlessHeld(ports, record, () => confirmPlan(ports, ballot));
    case 'discard':
    case 'withdraw':
      return stopOwnPlan(ports, ballot);
    case 'approve':
    case 'approve-canary':
      return approvePlan(ports, ballot);
    case 'continue':
      return continueRun(ports, ballot);
    case 'reject':
      return rejectPlan(ports, ballot);
    case 'close':
      return closePlan(ports, ballot);
    case 'stop':
      return stopRun(ports, ballot);
  }
}

/** Unknown plans and plans of other tenants look the same; strangers cause no Graph call (I13). */
export function concerns(
  { tenants }: Pick<ApprovalPorts, 'tenants'>,
  person: Person,
  { content }: PlanRecord,
): boolean {
  if (!tenants.some((tenant) => tenant.tenantId === person.tenantId)) return false;
  const sides = [content.sourceTenantId, content.targetTenantId];
  if (sides.includes(person.tenantId)) return true;
  const own = tenants.filter((tenant) => sides.includes(tenant.tenantId));
  return own.some(({ groups }) => Object.values(groups).some((one) => one?.tenantId === person.tenantId));
}

async function nonceOf(ports: ApprovalPorts, { planId, person }: DecisionRequest, nonce: string) {
  return findNonce(ports.store.db, nonce, planId, person);
}

/** I8: what the person saw is what stands. By text only what stops things needs no card. */
function isForPresent(
  { verb, revision }: DecisionRequest,
  record: PlanRecord,
  nonce: { readonly revision: number; readonly forTenantId: string | null } | null,
): boolean {
  if (revision !== null && revision !== record.revision) return false;
  if (nonce === null) return ['reject', 'withdraw', 'close', 'stop'].includes(verb);
  const isApproval = verb === 'approve' || verb === 'approve-canary' || verb === 'continue';
  if (isApproval && nonce.forTenantId === null) return false;
  return revision !== null && nonce.revision === record.revision;
}

/** One record per person and plan in ten minutes, and none for those whom the directory does not know (I13). */
async function noteRefusal(
  ports: ApprovalPorts,
  { person, planId, verb, surface }: DecisionRequest,
  outcome: DecisionOutcome,
): Promise<void> {
  const why = outcome.type === 'not-allowed' ? outcome.why : outcome.type;
  if (!['no-role', 'eligible-only', 'affected', 'disabled', 'own-request'].includes(why)) return;
  await ports.store.transaction((tx) =>
    appendRefusal(tx, { event: 'refused', planId, actor: person, facts: { verb, surface, why } }),
  );
}

function cleanReason(reason: string | null): string | null {
  const text = reason?.replace(/\s+/g, ' ').trim().slice(0, 500) ?? '';
  return text === '' ? null : text;
}
