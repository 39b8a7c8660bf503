import { approvalSeconds, neededApprovals } from '../plan/tier';
import type { Person, PlanRecord, Quorum } from '../plan/types';
import { log } from '../log';
import { appendAudit } from '../store/audit';
import { findConversation, listPersonalChats } from '../store/conversations';
import type { Db } from '../store/db';
import { insertQuorums } from '../store/decisions';
import { addCard, bumpCards } from '../store/outbox';
import { findPlan, movePlan } from '../store/plans';
import type { ConversationReference } from '../store/ports';
import { mayRequest } from './authority';
import { findApprovers } from './candidates';
import { afterLostRace, refused, type Ballot } from './ballot';
import { findEmergencyWay } from './emergency';
import type { DecisionOutcome } from './outcome';
import { planEvidence } from './plan-evidence';
import type { ApprovalPorts } from './ports';

/** Most people who get a card for one tenant: a card to everybody is a card to nobody. */
const mostAsked = 20;

/**
 * Draft to submitted: asks everybody who may approve and can be reached; refused when they are too few, unless break-glass
 * could make up the number (`emergency`).
 */
export async function submitPlan(ports: ApprovalPorts, ballot: Ballot): Promise<DecisionOutcome> {
  const { request, record } = ballot;
  const { content, tier } = record;
  if (tier === 'T1') return { type: 'wrong-state', state: record.state };
  const authority = await mayRequest(ports, request.person, [content.sourceTenantId, content.targetTenantId]);
  if (!authority.isAllowed) return refused(authority.why);
  const asked = await findQuorums(ports, record);
  if ('type' in asked) return asked;
  const isDone = await ports.store.transaction(async (tx) => {
    const isMoved = await movePlan(
      tx,
      { planId: record.id, revision: record.revision, from: 'draft', to: 'submitted', expiry: 'before' },
      { expiresInSeconds: approvalSeconds(tier), ...(request.reason ? { reason: request.reason } : {}) },
    );
    if (!isMoved) return false;
    await insertQuorums(tx, record.id, record.revision, asked.quorums);
    await addApproverCards(tx, record.id, asked);
    await addChannelCard(tx, record.id);
    await bumpCards(tx, record.id);
    await ports.enqueue(tx, { name: 'deliver' });
    const { plan, details } = planEvidence(content);
    await appendAudit(tx, {
      event: 'submitted',
      planId: record.id,
      actor: request.person,
      facts: {
        revision: record.revision,
        digest: record.digest,
        ...{ tier, reason: request.reason, surface: request.surface },
        authority: authority.basis,
        ...(asked.isShort ? { needsBreakGlass: true } : {}),
        plan,
      },
      details,
    });
    return true;
  });
  return isDone ? { type: 'recorded', verb: 'submit', state: 'submitted' } : afterLostRace(ports, ballot);
}

/** The base card in the channel or group chat where it was asked; a personal chat has its own card already. */
export async function addChannelCard(tx: Db, planId: string): Promise<void> {
  const conversationId = (await findPlan(tx, planId))?.askedInConversationId;
  const conversation = conversationId ? await findConversation(tx, conversationId) : undefined;
  if (!conversation || conversation.kind === 'personal') return;
  await addCard(tx, {
    planId,
    role: 'channel',
    tenantId: conversation.tenantId.toLowerCase(),
    person: null,
    conversationId: conversation.conversationId,
  });
}

interface Asked {
  readonly quorums: readonly Quorum[];
  readonly chats: readonly ConversationReference[];
  /** Too few can be reached: it needs somebody who breaks the glass. */
  readonly isShort: boolean;
}

async function findQuorums(ports: ApprovalPorts, record: PlanRecord): Promise<Asked | DecisionOutcome> {
  const quorums: Quorum[] = [];
  const chats: ConversationReference[] = [];
  const short: Extract<DecisionOutcome, { type: 'nobody-reachable' }>[] = [];
  for (const { tenantId, needed } of neededApprovals(record.tier, record.content)) {
    let found: readonly Person[];
    try {
      found = await findApprovers(ports, record.content, tenantId);
    } catch (error) {
      log.warn('approvers could not be looked up', {
        tenantId,
        planId: record.id,
        reason: String((error as { code?: unknown }).code),
      });
      return { ...refused('lookup-failed'), tenantId } as DecisionOutcome;
    }
    const reachable = await listPersonalChats(ports.store.db, found);
    const candidates = found.filter((person) => chatOf(reachable, person)).slice(0, mostAsked);
    if (candidates.length < needed) {
      short.push({ type: 'nobody-reachable', tenantId, needed, couldApprove: found.slice(0, mostAsked) });
    }
    quorums.push({ tenantId, needed, candidates });
    chats.push(...reachable);
  }
  const [first] = short;
  const emergency = first && (await findEmergencyWay(ports, record, quorums));
  if (first && emergency && emergency !== 'open') {
    return emergency === 'off' ? first : { ...first, emergency };
  }
  return { quorums, chats, isShort: first !== undefined };
}

async function addApproverCards(tx: Db, planId: string, { quorums, chats }: Asked): Promise<void> {
  for (const { tenantId, candidates } of quorums) {
    for (const person of candidates) {
      const chat = chatOf(chats, person);
      if (!chat) continue;
      const { conversationId } = chat;
      await addCard(tx, { planId, role: 'approver', tenantId, person, conversationId });
    }
  }
}

function chatOf(chats: readonly ConversationReference[], person: Person): ConversationReference | undefined {
  return chats.find(
    (chat) => chat.person?.tenantId === person.tenantId && chat.person.objectId === person.objectId,
  );
}
