import type { Decision, Person, PlanRecord, Quorum } from '../plan/types';
import { breakGlassBasis, mayApprove, mayBreakGlass, type Authority, type AuthorityPorts } from './authority';
import { isSamePerson } from './person';

type Voices = Pick<PlanRecord, 'quorums' | 'decisions' | 'breakGlass'>;

/**
 * May decide on this plan for a tenant now: by what they hold there (I11), else because they broke the glass on this
 * plan for their own tenant and the hour lasts (I39).
 */
export async function mayDecide(
  ports: AuthorityPorts,
  person: Person,
  tenantId: string,
  record: PlanRecord,
): Promise<Authority> {
  const authority = await mayApprove(ports, person, tenantId, record.content);
  if (authority.isAllowed || (authority.why !== 'no-role' && authority.why !== 'eligible-only')) {
    return authority;
  }
  const isOpen = person.tenantId === tenantId && hasBrokenGlass(record, person);
  return isOpen ? mayBreakGlass(ports, person, record.content) : authority;
}

/** Whether the hour of this person lasted when the record was read. */
export function hasBrokenGlass({ breakGlass }: Pick<PlanRecord, 'breakGlass'>, person: Person): boolean {
  return breakGlass?.some((one) => one.isLive && isSamePerson(one.person, person)) === true;
}

/** Whether an approval counts still: one by break-glass only within its hour. */
export function countsNow(record: Pick<PlanRecord, 'breakGlass'>, { authority, person }: Decision): boolean {
  return authority !== breakGlassBasis || hasBrokenGlass(record, person);
}

/**
 * How many more different people must approve for a tenant (I10). Where a voice by break-glass is needed to make up the
 * number, two different people must have approved the plan in all, whatever its tier (I39).
 */
export function missingPeople(record: Voices, quorum: Quorum): number {
  const counted = record.decisions.filter((one) => one.decision === 'approved' && countsNow(record, one));
  const missing = shortBy(quorum, counted);
  if (missing > 0) return missing;
  const byRole = counted.filter(({ authority }) => authority !== breakGlassBasis);
  if (shortBy(quorum, byRole) <= 0 || countPeople(counted) >= 2) return 0;
  // The second person may be the one who is missing for another tenant.
  return record.quorums.some((other) => shortBy(other, counted) > 0) ? 0 : 1;
}

function shortBy({ tenantId, needed }: Quorum, voices: readonly Decision[]): number {
  return needed - countPeople(voices.filter(({ forTenantId }) => forTenantId === tenantId));
}

function countPeople(voices: readonly Decision[]): number {
  return new Set(voices.map(({ person }) => `${person.tenantId}/${person.objectId}`)).size;
}
