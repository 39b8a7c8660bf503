import { changedTenantIds } from '../plan/tier';
import { appendAudit } from '../store/audit';
import { insertDecision } from '../store/decisions';
import { bumpCards } from '../store/outbox';
import { movePlan } from '../store/plans';
import { mayConfirm } from './authority';
import { afterLostRace, type Ballot } from './ballot';
import type { DecisionOutcome } from './outcome';
import type { ApprovalPorts } from './ports';
import { addChannelCard } from './request';
import { startSeconds } from './vote';

/** T1: the requester, who holds the role for every step now, starts the plan; audited as `confirmed`. */
export async function confirmPlan(ports: ApprovalPorts, ballot: Ballot): Promise<DecisionOutcome> {
  const { request, record } = ballot;
  if (record.tier !== 'T1') return { type: 'wrong-state', state: record.state };
  const { person, surface } = request;
  const bases: { readonly tenantId: string; readonly basis: string }[] = [];
  for (const tenantId of changedTenantIds(record.content)) {
    const authority = await mayConfirm(ports, person, tenantId, record.content);
    if (authority.isAllowed) bases.push({ tenantId, basis: authority.basis });
    else {
      const steps = record.content.steps.filter((step) => step.tenantId === tenantId);
      const roleTemplateIds = [...new Set(steps.flatMap((step) => step.roleTemplateIds))];
      return { type: 'not-allowed', why: authority.why, tenantId, roleTemplateIds, whoMay: [] };
    }
  }
  if (bases.length === 0) return { type: 'wrong-state', state: record.state }; // I7
  const isDone = await ports.store.transaction(async (tx) => {
    const isMoved = await movePlan(
      tx,
      { planId: record.id, revision: record.revision, from: 'draft', to: 'approved', expiry: 'before' },
      { startInSeconds: startSeconds },
    );
    if (!isMoved) return false;
    for (const { tenantId, basis } of bases) {
      await insertDecision(tx, {
        planId: record.id,
        revision: record.revision,
        person,
        forTenantId: tenantId,
        decision: 'confirmed',
        reason: request.reason,
        authority: basis,
        surface,
      });
    }
    await addChannelCard(tx, record.id);
    await bumpCards(tx, record.id);
    await ports.enqueue(tx, { name: 'apply', planId: record.id });
    await ports.enqueue(tx, { name: 'deliver' });
    await appendAudit(tx, {
      event: 'confirmed',
      planId: record.id,
      actor: person,
      facts: {
        revision: record.revision,
        digest: record.digest,
        surface,
        authority: bases.map((one) => ({ ...one })),
        plan: JSON.parse(JSON.stringify(record.content)),
      },
    });
    return true;
  });
  return isDone ? { type: 'recorded', verb: 'confirm', state: 'approved' } : afterLostRace(ports, ballot);
}

/** Discard a draft, or withdraw what has not started yet: it only stops things, so only the requester's identity counts. */
export async function stopOwnPlan(ports: ApprovalPorts, ballot: Ballot): Promise<DecisionOutcome> {
  const { request, record } = ballot;
  const { person, reason, surface, verb } = request;
  const isDraft = record.state === 'draft';
  const text = isDraft
    ? 'It was never submitted.'
    : `${person.displayName} withdrew it${reason ? `: ${reason}` : '.'}`;
  const isDone = await ports.store.transaction(async (tx) => {
    const isMoved = await movePlan(
      tx,
      { planId: record.id, revision: record.revision, from: record.state, to: 'withdrawn' },
      {
        isFinished: true,
        ending: {
          code: isDraft ? 'discarded' : 'withdrawn',
          text,
          remedy: 'Plan it anew when it is wanted.',
        },
      },
    );
    if (!isMoved) return false;
    await insertDecision(tx, {
      planId: record.id,
      revision: record.revision,
      person,
      forTenantId: person.tenantId,
      decision: 'withdrawn',
      reason,
      authority: 'requester',
      surface,
    });
    await bumpCards(tx, record.id);
    await ports.enqueue(tx, { name: 'deliver' });
    await appendAudit(tx, {
      event: isDraft ? 'discarded' : 'withdrawn',
      planId: record.id,
      actor: person,
      facts: { revision: record.revision, digest: record.digest, reason, surface },
    });
    return true;
  });
  return isDone ? { type: 'recorded', verb, state: 'withdrawn' } : afterLostRace(ports, ballot);
}
