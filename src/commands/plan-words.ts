import { isSamePerson } from '../approvals/person';
import { missingPeople } from '../approvals/voices';
import { kindWords } from '../cards/plan-words';
import type { Person, PlanRecord } from '../plan/types';
import type { TenantNames } from './tenant-names';
import { listed } from './words';

/** "Set up", "Try Jo Doe". */
export function planTitle({ content }: PlanRecord): string {
  const title = kindWords[content.kind].short;
  return content.subject?.displayName ? `${title} ${content.subject.displayName}` : title;
}

/** "Waiting for Beta (Jo)". */
export function waitsFor(record: PlanRecord, tenants: TenantNames): string {
  if (record.state === 'draft') {
    return record.tier === 'T1' ? 'Waiting to be confirmed' : 'Waiting to be submitted';
  }
  if (record.state === 'needs-attention') return 'Waiting for somebody to look at it';
  if (record.hold?.isReached) {
    return `Waiting for ${listed(record.hold.waitsFor.map(({ displayName }) => displayName))} to continue`;
  }
  if (record.state !== 'submitted') return 'Running';
  const open = record.quorums.filter((quorum) => missingPeople(record, quorum) > 0);
  const names = open.map(({ tenantId, candidates }) => {
    const people = candidates.map(({ displayName }) => displayName).slice(0, 3);
    return `${tenants.byId(tenantId)?.displayName ?? tenantId} (${listed(people, 'or')})`;
  });
  return `Waiting for ${listed(names)}`;
}

/** Whether this person is among those who were found that could decide, and has not yet. */
export function couldDecide(record: PlanRecord, person: Person): boolean {
  if (record.hold?.isReached) return record.hold.waitsFor.some((one) => isSamePerson(one, person));
  return (
    record.state === 'submitted' &&
    record.quorums.some(
      (quorum) =>
        missingPeople(record, quorum) > 0 &&
        quorum.candidates.some((candidate) => isSamePerson(candidate, person)),
    ) &&
    !record.decisions.some((decision) => isSamePerson(decision.person, person))
  );
}
