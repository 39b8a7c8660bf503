import { appendAudit } from '../store/audit';
import { widenDecision } from '../store/decisions';
import { isWindowOver, wakeRun } from '../store/executions';
import { findHoldPoint } from '../store/holds';
import { bumpCards } from '../store/outbox';
import { movePlan } from '../store/plans';
import { readRecord } from '../store/records';
import { afterLostRace, notAllowed, refused, type Ballot } from './ballot';
import type { DecisionOutcome } from './outcome';
import { isSamePerson } from './person';
import type { ApprovalPorts } from './ports';
import { mayDecide } from './voices';

/**
 * Whoever approved the first changes alone, for whom the plan holds now, approves the rest: their authority is read live
 * (I11), and once more by the run before it writes. The last one who is waited for also queues the work.
 */
export async function continueRun(ports: ApprovalPorts, ballot: Ballot): Promise<DecisionOutcome> {
  const { request, record, forTenantId } = ballot;
  const { person, surface } = request;
  const isWaitedFor = record.decisions.some(
    (one) =>
      one.onlyFirst !== undefined && one.forTenantId === forTenantId && isSamePerson(one.person, person),
  );
  if (!isWaitedFor || forTenantId === null) return refused('not-waited-for');
  const authority = await mayDecide(ports, person, forTenantId, record);
  if (!authority.isAllowed) return notAllowed(record, forTenantId, authority.why);
  const isDone = await ports.store.transaction(async (tx) => {
    const { id: planId, revision, digest } = record;
    const move = { planId, revision, from: 'applying', to: 'applying' } as const;
    if (!(await movePlan(tx, move))) return false; // the row stays locked: the run looks for our voice after it
    const present = await readRecord(tx, planId);
    if (!present?.hold?.isReached || present.stop || present.freeze || (await isWindowOver(tx, planId)))
      return false;
    const voice = { planId, revision, forTenantId, person };
    if (!(await widenDecision(tx, voice, authority.basis))) return false;
    if ((await findHoldPoint(tx, voice)) === null) {
      await wakeRun(tx, planId);
      await ports.enqueue(tx, { name: 'apply', planId });
    }
    await bumpCards(tx, planId);
    await ports.enqueue(tx, { name: 'deliver' });
    await appendAudit(tx, {
      event: 'continued',
      planId,
      actor: person,
      facts: { revision, digest, forTenantId, surface, authority: authority.basis },
    });
    return true;
  });
  return isDone ? { type: 'recorded', verb: 'continue', state: 'applying' } : tooEarlyOrLate(ports, ballot);
}

/** Not yet at the point where it holds, stopped or frozen there, or over: the state says how it stands. */
async function tooEarlyOrLate(ports: ApprovalPorts, ballot: Ballot): Promise<DecisionOutcome> {
  const outcome = await afterLostRace(ports, ballot);
  return outcome.type === 'expired' ? { type: 'wrong-state', state: ballot.record.state } : outcome;
}
