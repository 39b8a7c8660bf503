import type { Person, PlanRecord, PlanState } from '../plan/types';
import { appendAudit } from '../store/audit';
import { bumpCards, repostCards } from '../store/outbox';
import { lockPlan } from '../store/plans';
import { insertQuestion, listQuestions, saveAnswer } from '../store/questions';
import { readRecord } from '../store/records';
import { concerns } from './decide';
import type { Denial } from './outcome';
import { isSamePerson, normalPerson } from './person';
import type { ApprovalPorts } from './ports';
import { findTenant } from './vote';

export type AskOutcome =
  | { readonly type: 'asked'; readonly number: number }
  | { readonly type: 'gone' }
  | { readonly type: 'own-request' }
  | { readonly type: 'not-allowed'; readonly why: Denial }
  | { readonly type: 'wrong-state'; readonly state: PlanState }
  | { readonly type: 'too-many' };

export type AnswerOutcome =
  | { readonly type: 'answered' }
  | { readonly type: 'gone' }
  | { readonly type: 'not-requester' }
  | { readonly type: 'wrong-state'; readonly state: PlanState }
  /** No such question, or it has its answer. */
  | { readonly type: 'no-question' };

/** Bounds of one plan (I36). */
const [mostOpen, mostAsked] = [3, 20];
const longest = 400;

/**
 * A question of somebody who may approve to the person who asked for the plan. It changes neither the plan nor its
 * digest nor any decision (I3); authority is read live (I11), and the plan's row is locked while it is stored.
 */
export async function askRequester(
  ports: ApprovalPorts,
  planId: string,
  asking: Person,
  words: string,
): Promise<AskOutcome> {
  const person = normalPerson(asking);
  const record = await readRecord(ports.store.db, planId);
  if (!record || !concerns(ports, person, record)) return { type: 'gone' };
  if (isSamePerson(person, record.content.requester)) return { type: 'own-request' };
  if (record.state !== 'submitted') return { type: 'wrong-state', state: record.state };
  const { tenantId: forTenantId, authority } = await findTenant(ports, person, record, null);
  if (!authority.isAllowed) return { type: 'not-allowed', why: authority.why };
  const question = clean(words);
  return ports.store.transaction(async (tx): Promise<AskOutcome> => {
    const { revision } = record;
    const locked = await lockPlan(tx, planId);
    if (locked?.state !== 'submitted' || locked.revision !== revision) {
      return { type: 'wrong-state', state: locked?.state ?? record.state };
    }
    const before = await listQuestions(tx, planId, revision);
    const open = before.filter((one) => one.answer === null);
    if (open.length >= mostOpen || before.length >= mostAsked) return { type: 'too-many' };
    const number = await insertQuestion(tx, { planId, revision, person, forTenantId, question });
    await bumpCards(tx, planId);
    await repostCards(tx, planId, record.content.requester, 'requester');
    await ports.enqueue(tx, { name: 'deliver' });
    await appendAudit(tx, {
      event: 'asked',
      planId,
      actor: person,
      facts: { revision, forTenantId, authority: authority.basis, number },
      details: { [forTenantId]: { question } },
    });
    return { type: 'asked', number };
  });
}

/** The requester's answer; the card of whoever asked comes anew, the others' are updated. */
export async function answerQuestion(
  ports: Pick<ApprovalPorts, 'store' | 'enqueue' | 'tenants'>,
  planId: string,
  asking: Person,
  given: { readonly number: number; readonly answer: string },
): Promise<AnswerOutcome> {
  const person = normalPerson(asking);
  const record = await readRecord(ports.store.db, planId);
  if (!record || !concerns(ports, person, record)) return { type: 'gone' };
  if (!isSamePerson(person, record.content.requester)) return { type: 'not-requester' };
  if (record.state !== 'submitted') return { type: 'wrong-state', state: record.state };
  const asked = record.questions.find((one) => one.number === given.number);
  if (!asked) return { type: 'no-question' };
  const answer = clean(given.answer);
  return ports.store.transaction(async (tx): Promise<AnswerOutcome> => {
    const { revision } = record;
    const position = { planId, revision, number: given.number };
    if (!(await saveAnswer(tx, position, answer))) return { type: 'no-question' };
    await bumpCards(tx, planId);
    if (!hasDecided(record, asked.person)) await repostCards(tx, planId, asked.person, 'approver');
    await ports.enqueue(tx, { name: 'deliver' });
    await appendAudit(tx, {
      event: 'answered',
      planId,
      actor: person,
      facts: { revision, forTenantId: asked.forTenantId, number: given.number },
      details: { [asked.forTenantId]: { answer } },
    });
    return { type: 'answered' };
  });
}

function hasDecided({ decisions }: PlanRecord, person: Person): boolean {
  return decisions.some((one) => isSamePerson(one.person, person));
}

function clean(words: string): string {
  return words.replace(/\s+/g, ' ').trim().slice(0, longest);
}
