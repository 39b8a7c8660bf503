import { appendAudit } from '../store/audit';
import { askStop, wakeRun } from '../store/executions';
import { bumpCards } from '../store/outbox';
import { mayStop } from './authority';
import { afterLostRace, notAllowed, refused, type Ballot } from './ballot';
import type { DecisionOutcome } from './outcome';
import { isSamePerson } from './person';
import type { ApprovalPorts } from './ports';
import { findTenant } from './vote';

/**
 * Asks a plan that runs to begin no further change: the one that runs is finished and read back. For its requester, and
 * for whoever may decide for a changed tenant now. A second wish changes nothing.
 */
export async function stopRun(ports: ApprovalPorts, ballot: Ballot): Promise<DecisionOutcome> {
  const { request, record } = ballot;
  const { person } = request;
  if (isSamePerson(person, record.content.requester)) {
    const authority = await mayStop(ports, person);
    if (!authority.isAllowed) return refused(authority.why);
  } else {
    const { tenantId, authority } = await findTenant(ports, person, record, ballot.forTenantId);
    if (!authority.isAllowed) return notAllowed(record, tenantId, authority.why);
  }
  if (record.stop) return { type: 'recorded', verb: 'stop', state: record.state };
  const isAsked = await ports.store.transaction(async (tx) => {
    if (!(await askStop(tx, record.id, person))) return false;
    if (record.state === 'applying' && record.hold) {
      // It may lie and wait for somebody to continue: then nobody is there to end it.
      await wakeRun(tx, record.id);
      await ports.enqueue(tx, { name: 'apply', planId: record.id });
    }
    await bumpCards(tx, record.id);
    await ports.enqueue(tx, { name: 'deliver' });
    await appendAudit(tx, {
      event: 'stop-asked',
      planId: record.id,
      actor: person,
      facts: { revision: record.revision, digest: record.digest, surface: request.surface },
    });
    return true;
  });
  return isAsked ? { type: 'recorded', verb: 'stop', state: record.state } : afterLostRace(ports, ballot);
}
