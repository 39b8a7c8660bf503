import type { BreakGlass, BreakGlassNotice, Person, PlanRecord, PlanState, Quorum } from '../plan/types';
import { appendAudit, appendRefusal } from '../store/audit';
import { insertBreakGlass, listBreakGlass } from '../store/break-glass';
import { findPersonalChat } from '../store/conversations';
import type { Db } from '../store/db';
import { listQuorums, saveCandidates } from '../store/decisions';
import { insertIncident } from '../store/incidents';
import { addCard, bumpCards } from '../store/outbox';
import { lockPlan } from '../store/plans';
import { readRecord } from '../store/records';
import { everyPlaceFor } from '../store/subscriptions';
import { breakGlassBasis, mayApprove, mayBreakGlass } from './authority';
import { concerns } from './decide';
import type { Denial } from './outcome';
import { isSamePerson, normalPerson } from './person';
import type { ApprovalPorts } from './ports';
import { missingPeople } from './voices';

export type BreakGlassOutcome =
  | {
      readonly type: 'opened';
      readonly tenantId: string;
      readonly expiresAt: string;
      readonly places: number;
    }
  /** The settings name nobody for the person's tenant. */
  | { readonly type: 'off' }
  /** The plan lifts a freeze: that takes people who hold a role. */
  | { readonly type: 'lifts-freeze' }
  | { readonly type: 'not-named' }
  | { readonly type: 'gone' }
  | { readonly type: 'own-request' }
  | { readonly type: 'wrong-state'; readonly state: PlanState }
  /** Nothing is missing for the person's tenant, or the plan does not change it. */
  | { readonly type: 'nothing-missing' }
  /** Holds the role: their approval counts without it. */
  | { readonly type: 'not-needed' }
  | { readonly type: 'not-allowed'; readonly why: Denial }
  /** Once per person and plan: an hour is not prolonged. */
  | { readonly type: 'opened-before' }
  | { readonly type: 'reason-needed' }
  | { readonly type: 'no-personal-chat' }
  /** No channel or group chat is subscribed to the link: nobody would hear of it. */
  | { readonly type: 'nobody-told' };

/** How long after it somebody else should have looked at it (product 2). */
const reviewSeconds = 24 * 3600;

/**
 * Breaks the glass on a plan that waits (I39). Our reading of it, the narrowest that helps:
 * - Off unless the settings name people of a tenant; each for that tenant alone, and an internal, enabled person there.
 * - It decides nothing: for an hour by the database's clock this person's own press, which goes through `decide` like any
 *   other, counts for their tenant although they hold no role. T3 keeps its typed count, freezes and the check for drift hold.
 * - Two people: never the requester's voice, and never this one alone, whatever the tier (`missingPeople`).
 * - Never on a plan that lifts a freeze: what somebody stopped in an emergency is set free by people who hold a role for it.
 * - A plan is submitted also where too few approvers can be reached, if this could complete it (`emergency`).
 * - Once per person and revision. It is over before the plan starts = that voice counts no more (`checkAuthority`).
 * - Every subscribed place of the link is told at once, muted or not, with who reviews it within 24 hours; where no
 *   channel or group chat is subscribed, it is refused.
 */
export async function breakGlassOn(
  ports: ApprovalPorts,
  planId: string,
  asking: Person,
  words: string,
): Promise<BreakGlassOutcome> {
  const person = normalPerson(asking);
  const record = await readRecord(ports.store.db, planId);
  if (!record || !concerns(ports, person, record)) return { type: 'gone' };
  const reason = words.replace(/\s+/g, ' ').trim().slice(0, 300);
  const refusal = (await refusalOf(ports, record, person)) ?? wrongPlan(record, person);
  if (refusal) {
    await noteRefusal(ports, record, person, refusal);
    return refusal;
  }
  if (reason === '') return { type: 'reason-needed' };
  const chat = await findPersonalChat(ports.store.db, person);
  if (!chat) return { type: 'no-personal-chat' };
  return open(ports, record, chat.conversationId, { person, reason });
}

/** Who somebody is comes first: others learn nothing of the plan. */
async function refusalOf(
  ports: ApprovalPorts,
  { content }: PlanRecord,
  person: Person,
): Promise<BreakGlassOutcome | null> {
  const named = ports.tenants.find((one) => one.tenantId === person.tenantId)?.breakGlass ?? [];
  if (named.length === 0) return { type: 'off' };
  if (!named.includes(person.objectId)) return { type: 'not-named' };
  if (isSamePerson(person, content.requester)) return { type: 'own-request' }; // I9
  const authority = await mayBreakGlass(ports, person, content);
  if (!authority.isAllowed) return { type: 'not-allowed', why: authority.why };
  const own = await mayApprove(ports, person, person.tenantId, content);
  return own.isAllowed ? { type: 'not-needed' } : null;
}

/** Whoever tried without a right to it, rate-limited like any refused decision. */
async function noteRefusal(
  { store }: ApprovalPorts,
  { id: planId }: PlanRecord,
  actor: Person,
  { type }: BreakGlassOutcome,
): Promise<void> {
  if (type !== 'not-named' && type !== 'own-request') return;
  const facts = { verb: breakGlassBasis, surface: 'text', why: type };
  await store.transaction((tx) => appendRefusal(tx, { event: 'refused', planId, actor, facts }));
}

function wrongPlan(record: PlanRecord, person: Person): BreakGlassOutcome | null {
  if (record.content.kind === 'unfreeze') return { type: 'lifts-freeze' };
  if (record.state !== 'submitted') return { type: 'wrong-state', state: record.state };
  if (record.breakGlass?.some((one) => isSamePerson(one.person, person))) return { type: 'opened-before' };
  const quorum = record.quorums.find(({ tenantId }) => tenantId === person.tenantId);
  return quorum && missingPeople(record, quorum) > 0 ? null : { type: 'nothing-missing' };
}

/** What is read before is read again under the lock of the plan. */
async function open(
  ports: ApprovalPorts,
  { id, revision }: PlanRecord,
  conversationId: string,
  { person, reason }: { readonly person: Person; readonly reason: string },
): Promise<BreakGlassOutcome> {
  return ports.store.transaction(async (tx): Promise<BreakGlassOutcome> => {
    await lockPlan(tx, id);
    const record = await readRecord(tx, id);
    if (!record) return { type: 'gone' };
    if (record.revision !== revision) return { type: 'wrong-state', state: record.state };
    const refusal = wrongPlan(record, person);
    if (refusal) return refusal;
    const places = await everyPlaceFor(tx, record.content);
    if (!places.some(({ isShared }) => isShared)) return { type: 'nobody-told' };
    if (!(await insertBreakGlass(tx, { planId: id, revision, person, reason }))) {
      return { type: 'opened-before' };
    }
    const opened = (await listBreakGlass(tx, id, revision)).find((one) => isSamePerson(one.person, person));
    if (!opened) throw new Error('a broken glass that is not there');
    const quorum = await askToo(tx, record, person);
    const { tenantId } = person;
    await addCard(tx, { planId: id, role: 'approver', tenantId, person, conversationId });
    await bumpCards(tx, id);
    const told = places.map((one) => one.conversationId);
    await tell(tx, record, opened, { quorum, places: told });
    await ports.enqueue(tx, { name: 'deliver' });
    await keep(tx, record, opened, told.length);
    return { type: 'opened', tenantId, expiresAt: opened.expiresAt, places: told.length };
  });
}

async function keep(
  tx: Db,
  { id: planId, revision, digest }: PlanRecord,
  { person, reason, expiresAt }: BreakGlass,
  places: number,
): Promise<void> {
  const forTenantId = person.tenantId;
  await appendAudit(tx, {
    event: 'break-glass-opened',
    planId,
    actor: person,
    facts: { revision, digest, forTenantId, authority: breakGlassBasis, reason, expiresAt, places },
  });
}

/** From now on they are among those who are waited for. @returns whom the tenant was asked before */
async function askToo(tx: Db, { id, revision }: PlanRecord, person: Person): Promise<Quorum> {
  const quorum = (await listQuorums(tx, id, revision)).find(({ tenantId }) => tenantId === person.tenantId);
  if (!quorum) throw new Error('a plan that waits for a tenant that nobody asked');
  const isAsked = quorum.candidates.some((one) => isSamePerson(one, person));
  if (!isAsked) {
    await saveCandidates(tx, id, revision, { ...quorum, candidates: [...quorum.candidates, person] });
  }
  return quorum;
}

/** One notice for all places, the same as of an incident: it goes through the outbox with what it tells. */
async function tell(
  tx: Db,
  { id: planId, content }: PlanRecord,
  { person, reason, openedAt, expiresAt }: BreakGlass,
  { quorum: { candidates }, places }: { readonly quorum: Quorum; readonly places: readonly string[] },
): Promise<void> {
  const reviewers = candidates.filter(
    (one) => !isSamePerson(one, person) && !isSamePerson(one, content.requester),
  );
  const facts: BreakGlassNotice & { readonly kind: 'break-glass' } = {
    kind: 'break-glass',
    ...{ planId, tenantId: person.tenantId, person: person.displayName },
    ...{ requester: content.requester.displayName, reason, expiresAt },
    reviewers: reviewers.map(({ displayName }) => displayName).slice(0, 3),
    reviewBy: new Date(Date.parse(openedAt) + reviewSeconds * 1000).toISOString(),
  };
  const { sourceTenantId, targetTenantId } = content;
  const link = { sourceTenantId, targetTenantId };
  const incidentId = await insertIncident(tx, { ...link, kind: facts.kind, facts, isOpen: false });
  for (const conversationId of places) {
    await addCard(tx, { planId: incidentId, role: 'notice', tenantId: '', person: null, conversationId });
  }
}
