import type { AuthorityCheck } from '../plan/run';
import { changedTenantIds } from '../plan/tier';
import type { Decision, PlanRecord } from '../plan/types';
import { mayApprove, mayConfirm, type AuthorityPorts } from './authority';
import { standsApproved } from './vote';

/**
 * Just before the first write: do those who approved still hold their authority (I11)? Approvals of people who
 * lost it do not count; what is left must still be the quorum. An unanswered question is no.
 */
export async function checkAuthority(ports: AuthorityPorts, record: PlanRecord): Promise<AuthorityCheck> {
  const isConfirmed = record.tier === 'T1';
  const counted = record.decisions.filter((one) => one.decision === (isConfirmed ? 'confirmed' : 'approved'));
  const standing: Decision[] = [];
  const lost: string[] = [];
  let isUnknown = false;
  for (const decision of counted) {
    const judge = isConfirmed ? mayConfirm : mayApprove;
    const authority = await judge(ports, decision.person, decision.forTenantId, record.content);
    if (authority.isAllowed) standing.push(decision);
    else if (authority.why === 'lookup-failed') isUnknown = true;
    else lost.push(decision.person.displayName);
  }
  if (isConfirmed ? isConfirmedFor(record, standing) : standsApproved(record, standing))
    return { type: 'stands' };
  if (isUnknown) return { type: 'unknown' };
  const names = lost.length === 0 ? 'Those who approved' : lost.join(' and ');
  return {
    type: 'lost',
    text: `${names} may no longer decide on this plan, so the approval does not count.`,
  };
}

function isConfirmedFor(record: PlanRecord, standing: readonly Decision[]): boolean {
  const { requester } = record.content;
  const tenantIds = changedTenantIds(record.content);
  return (
    tenantIds.length > 0 &&
    tenantIds.every((tenantId) =>
      standing.some(
        ({ person, forTenantId }) =>
          forTenantId === tenantId &&
          person.tenantId === requester.tenantId &&
          person.objectId === requester.objectId,
      ),
    )
  );
}
