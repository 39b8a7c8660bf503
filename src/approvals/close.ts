import { BotError } from '../errors';
import { log } from '../log';
import type { PlanRecord } from '../plan/types';
import { appendAudit } from '../store/audit';
import type { Db } from '../store/db';
import { saveDesired, saveLink } from '../store/links';
import { bumpCards } from '../store/outbox';
import { movePlan } from '../store/plans';
import { afterLostRace, notAllowed, type Ballot } from './ballot';
import type { DecisionOutcome } from './outcome';
import type { ApprovalPorts, ReadBack } from './ports';
import { findTenant } from './vote';

/**
 * A person who may decide for a changed tenant, and did not ask for the plan, ends one whose outcome is not known.
 * Nothing is written in Graph: both tenants are read again, and only when all stands as wanted it counts as applied
 * (I25); what was found is kept in the person's words.
 */
export async function closePlan(ports: ApprovalPorts, ballot: Ballot): Promise<DecisionOutcome> {
  const { request, record } = ballot;
  const { tenantId, authority } = await findTenant(ports, request.person, record, ballot.forTenantId);
  if (!authority.isAllowed) return notAllowed(record, tenantId, authority.why);
  if (request.reason === null) return { type: 'reason-needed' };
  const found = await look(ports, record);
  if (found === null) return { type: 'not-read' };
  const to = found === 'as-wanted' ? 'applied' : 'failed';
  const ending = endingOf(ballot, found);
  const isDone = await ports.store.transaction(async (tx) => {
    const move = { planId: record.id, revision: record.revision, from: 'needs-attention', to } as const;
    if (!(await movePlan(tx, move, { ending, isFinished: true }))) return false;
    if (to === 'applied') await keepDesired(tx, record);
    await bumpCards(tx, record.id);
    await ports.enqueue(tx, { name: 'deliver' });
    await appendAudit(tx, {
      event: 'closed',
      planId: record.id,
      actor: request.person,
      facts: {
        revision: record.revision,
        digest: record.digest,
        forTenantId: tenantId,
        authority: authority.basis,
        reason: request.reason,
        surface: request.surface,
        before: record.ending ? { ...record.ending } : null,
        readBack: found,
        state: to,
      },
    });
    return true;
  });
  return isDone ? { type: 'recorded', verb: 'close', state: to } : afterLostRace(ports, ballot);
}

async function look(ports: ApprovalPorts, record: PlanRecord): Promise<ReadBack | null> {
  try {
    return await ports.readBack(record);
  } catch (error) {
    if (!(error instanceof BotError)) throw error;
    log.warn('a plan could not be read back', { planId: record.id, code: error.code });
    return null;
  }
}

const said: Readonly<Record<ReadBack, string>> = {
  'as-wanted': 'What was read back then equals the plan.',
  different: 'What was read back then differs from the plan.',
  unknowable: 'What it does cannot be read back.',
};

function endingOf({ request }: Ballot, found: ReadBack) {
  return {
    code: 'closed',
    text: `${request.person.displayName} closed it: ${request.reason ?? ''} ${said[found]}`,
    remedy: found === 'as-wanted' ? 'Nothing is left to do.' : 'Plan what is still wanted anew.',
  };
}

/** As after a run that ended well. */
async function keepDesired(tx: Db, { id, content }: PlanRecord): Promise<void> {
  if (content.kind !== 'setup') return;
  await saveLink(tx, { ...content, origin: 'setup', resolved: {} });
  if (content.desired) await saveDesired(tx, content, content.desired, id);
}
