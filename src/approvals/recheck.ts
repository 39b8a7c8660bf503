import type { AuthorityCheck } from '../plan/run';
import { changedTenantIds } from '../plan/tier';
import type { Decision, PlanRecord } from '../plan/types';
import {
  breakGlassBasis,
  mayApprove,
  mayBreakGlass,
  mayConfirm,
  type Authority,
  type AuthorityPorts,
} from './authority';
import { countsNow } from './voices';
import { standsApproved } from './vote';

/**
 * Just before the first write: do those who approved still hold their authority (I11)? Approvals of people who
 * lost it do not count, nor do those by break-glass once its hour is over (I39); what is left must still be the quorum.
 * An unanswered question is no.
 */
export async function checkAuthority(ports: AuthorityPorts, record: PlanRecord): Promise<AuthorityCheck> {
  const isConfirmed = record.tier === 'T1';
  const counted = record.decisions.filter((one) => one.decision === (isConfirmed ? 'confirmed' : 'approved'));
  const standing: Decision[] = [];
  const lost: string[] = [];
  let isUnknown = false;
  for (const decision of counted) {
    const authority = await authorityNow(ports, record, decision);
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

/** A voice is held to what it was given by: whoever broke the glass must be named in the settings still. */
async function authorityNow(
  ports: AuthorityPorts,
  record: PlanRecord,
  decision: Decision,
): Promise<Authority> {
  const { person, forTenantId, authority } = decision;
  if (record.tier === 'T1') return mayConfirm(ports, person, forTenantId, record.content);
  if (authority !== breakGlassBasis) return mayApprove(ports, person, forTenantId, record.content);
  if (!countsNow(record, decision)) return { isAllowed: false, why: 'no-role' };
  return mayBreakGlass(ports, person, record.content);
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
