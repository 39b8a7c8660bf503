import type { MadePlan } from '../plan/make';
import { appendAudit } from '../store/audit';
import { findPersonalChat } from '../store/conversations';
import type { Db } from '../store/db';
import { addCard, bumpCards } from '../store/outbox';
import { listDraftsLike } from '../store/plan-lists';
import { insertPlan, lockPlan, movePlan, revisePlan, type PlanRow } from '../store/plans';
import type { ApprovalPorts } from './ports';

export interface Draft {
  readonly made: MadePlan;
  readonly conversationId: string;
  /** [Edit]: the draft, or the submitted plan, of the same requester that this one replaces. */
  readonly revises?: { readonly planId: string; readonly revision: number };
}

/**
 * Stores a plan as a draft, with its requester's card in their personal chat. An edited draft gets a new revision; an
 * edited submitted plan, and older drafts of the same wish, are superseded by it (I8).
 *
 * @returns its id, or why not
 */
export async function storeDraft(
  ports: Pick<ApprovalPorts, 'store' | 'enqueue'>,
  { made, conversationId, revises }: Draft,
): Promise<{ readonly planId: string } | 'no-personal-chat' | 'superseded'> {
  const { requester } = made.content;
  const chat = await findPersonalChat(ports.store.db, requester);
  if (!chat) return 'no-personal-chat';
  return ports.store.transaction(async (tx) => {
    const plan = { ...made, askedInConversationId: conversationId };
    const replaced = revises && (await lockPlan(tx, revises.planId)); // nobody decides on it meanwhile
    const isRevised = revises !== undefined && (await revisePlan(tx, revises.planId, revises.revision, plan));
    if (revises && !isRevised && !isSubmittedBy(replaced, made, revises.revision)) return 'superseded';
    const planId = revises && isRevised ? revises.planId : await insertPlan(tx, plan);
    if (isRevised && replaced) await noteRevision(tx, replaced, made);
    const drafts = await listDraftsLike(tx, made.content);
    const older = [...drafts, ...(replaced && !isRevised ? [replaced] : [])];
    for (const one of older) if (one.id !== planId) await supersede(tx, one, made, planId);
    const { tenantId } = requester;
    const address = { planId, role: 'requester', tenantId, person: requester } as const;
    await addCard(tx, { ...address, conversationId: chat.conversationId });
    await ports.enqueue(tx, { name: 'deliver' });
    return { planId };
  });
}

function isSubmittedBy(row: PlanRow | undefined, { content }: MadePlan, revision: number): boolean {
  return (
    row?.state === 'submitted' &&
    row.revision === revision &&
    row.requesterTenantId === content.requester.tenantId &&
    row.requesterObjectId === content.requester.objectId
  );
}

/** Approvals given to it are void, and every card of it says which plan is the newer one (I8, I16). */
async function supersede(tx: Db, old: PlanRow, { content }: MadePlan, newId: string): Promise<void> {
  const { id, revision, state } = old;
  const ending = {
    code: 'superseded',
    text: `The newer plan is ${newId}.`,
    remedy: `Look at ${newId} instead.`,
  };
  const move = { planId: id, revision, from: state, to: 'superseded' } as const;
  if (!(await movePlan(tx, move, { ending, isFinished: true }))) return;
  await bumpCards(tx, id);
  await appendAudit(tx, {
    event: 'superseded',
    planId: id,
    actor: content.requester,
    facts: { revision, from: state, by: newId },
  });
}

async function noteRevision(tx: Db, old: PlanRow, { content, digest }: MadePlan): Promise<void> {
  await appendAudit(tx, {
    event: 'revised',
    planId: old.id,
    actor: content.requester,
    facts: {
      from: { revision: old.revision, digest: old.digest },
      to: { revision: content.revision, digest },
    },
  });
}
