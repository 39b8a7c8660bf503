import type { Candidate } from '../plan/record';
import type { Decision, Link, Person, PlanRecord, Quorum } from '../plan/types';
import { changedTenants, tenantOf } from './plan-facts';
import { headWords } from './hold-words';
import type { View } from './render';
import { joined, type Leaf, sentence, text, type Text } from './text';
import { when } from './when';
import { counted, listed } from './words';

/** The authority of a voice that no role gave. */
const breakGlass = 'break-glass';

/** "One approver of Beta (Jo or Kim) and one approver of Alpha (Sam)." */
export function whoDecides(record: PlanRecord, link: Link): Text {
  if (record.tier === 'T1') return text`you, if you hold the role for it when you press.`;
  const parts = quorumsOf(record, link).map((quorum) => {
    const people = quorum.candidates.map((person) => personOf(link, person, quorum));
    const needed = quorum.needed === 1 ? text`one approver` : text`${quorum.needed} approvers`;
    const names = people.length === 0 ? '' : text` (${listed(people, 4, 'or')})`;
    return text`${needed} of ${tenantOf(link, quorum.tenantId).displayName}${names}`;
  });
  const isOpenYet = record.quorums.every(({ candidates }) => candidates.length === 0);
  const when = isOpenYet ? text` I look for them and ask them when it is submitted.` : '';
  const raise = record.tierRaise ? text` More than usual, because: ${sentence(record.tierRaise)}.` : '';
  return text`${listed(parts)}.${when} You cannot approve your own plan.${raise}`;
}

/** Approvers are looked up at submission; before it, how many there must be follows from the tier (plan/tier). */
function quorumsOf(record: PlanRecord, link: Link): readonly Quorum[] {
  if (record.quorums.length > 0) return record.quorums;
  const tenants = changedTenants(record, link);
  const needed = record.tier === 'T3' && tenants.length < 2 ? 2 : 1;
  return tenants.map(({ tenantId }) => ({ tenantId, needed, candidates: [] }));
}

/** One row per changed tenant: who approved and when, or who is waited for. */
export function approvalRows(record: PlanRecord, link: Link, timeZone?: string): View[] {
  return record.quorums.map((quorum) => {
    const given = record.decisions.filter(
      (decision) => decision.forTenantId === quorum.tenantId && decision.decision === 'approved',
    );
    const marks = given.map(
      (one) => text`✓ ${personOf(link, one.person, quorum)}, ${when(one.at, timeZone)}${markOf(record, one)}`,
    );
    const tenant = tenantOf(link, quorum.tenantId).displayName;
    return { tenant, marks: joined([...marks, ...waitingWords(record, link, quorum)], ' · ') };
  });
}

/** "waiting for Jo or Kim", and for those who are not to be reached: they can be made up for by break-glass only. */
function waitingWords(record: PlanRecord, link: Link, quorum: Quorum): Text[] {
  const lacking = lackingPeople(record, quorum);
  const count = missingOf(record, quorum) - lacking;
  const names = silentOf(record, quorum).map((one) => askedOf(link, one, quorum));
  const people = listed(names, 5, count > 1 ? 'and' : 'or');
  return [
    ...(count > 1 ? [text`waiting for ${count} of: ${people}`] : []),
    ...(count === 1 ? [text`waiting for ${people}`] : []),
    ...(lacking > 0 ? [text`waiting for ${counted(lacking, 'person', 'people')} by break-glass`] : []),
  ];
}

/** How many more must approve than were found who can be asked. */
export function lackingPeople(record: PlanRecord, quorum: Quorum): number {
  return Math.max(0, missingOf(record, quorum) - silentOf(record, quorum).length);
}

function silentOf({ decisions }: PlanRecord, { tenantId, candidates }: Quorum): readonly Candidate[] {
  const given = decisions.filter((one) => one.forTenantId === tenantId && one.decision === 'approved');
  return candidates.filter((one) => !one.handedTo && !given.some((done) => isSame(done.person, one)));
}

/**
 * How many are waited for. A voice by break-glass counts for its hour; where it is needed and nobody else has approved or
 * is waited for elsewhere, a second person is waited for (I39).
 */
function missingOf(record: PlanRecord, quorum: Quorum): number {
  const given = record.decisions.filter((one) => one.decision === 'approved' && counts(record, one));
  const short = ({ tenantId, needed }: Quorum, voices: readonly Decision[]) =>
    needed - voices.filter(({ forTenantId }) => forTenantId === tenantId).length;
  const missing = short(quorum, given);
  const byRole = given.filter(({ authority }) => authority !== breakGlass);
  if (missing > 0 || short(quorum, byRole) <= 0) return missing;
  const isSecondThere = given.some((one) => given.some((other) => !isSame(one.person, other.person)));
  return isSecondThere || record.quorums.some((one) => short(one, given) > 0) ? 0 : 1;
}

function counts(record: PlanRecord, { authority, person }: Decision): boolean {
  if (authority !== breakGlass || record.state !== 'submitted') return true;
  return record.breakGlass?.some((one) => one.isLive && isSame(one.person, person)) === true;
}

function markOf(record: PlanRecord, decision: Decision): Text | '' {
  const { onlyFirst } = decision;
  const limit = onlyFirst === undefined ? '' : text` (only ${headWords(onlyFirst)})`;
  return text`${limit}${glassMarkOf(record, decision)}`;
}

function glassMarkOf(record: PlanRecord, decision: Decision): Text | '' {
  if (decision.authority !== breakGlass) return '';
  return counts(record, decision) ? text` (break-glass)` : text` (break-glass, over: counts no more)`;
}

/** Who asked them, when it was one of those who were asked first. */
function askedOf(link: Link, candidate: Candidate, quorum: Quorum): Leaf {
  const person = personOf(link, candidate, quorum);
  return candidate.handedBy ? text`${person} (asked by ${candidate.handedBy.displayName})` : person;
}

/** Somebody of another tenant decides by delegation: the card says so. */
function personOf(link: Link, person: Person, quorum: Quorum): Leaf {
  if (person.tenantId === quorum.tenantId) return person.displayName;
  return text`${person.displayName} (delegate from ${tenantOf(link, person.tenantId).displayName})`;
}

function isSame(one: Person, other: Person): boolean {
  return one.tenantId === other.tenantId && one.objectId === other.objectId;
}
