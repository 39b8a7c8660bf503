import { mayApprove, mayView } from '../approvals/authority';
import { cachedDirectory } from '../approvals/cached-directory';
import { isSamePerson, normalPerson } from '../approvals/person';
import type { ApprovalPorts } from '../approvals/ports';
import { changedTenantIds } from '../plan/tier';
import type { Person, PlanRecord } from '../plan/types';
import { findPersonalChat } from '../store/conversations';
import { addCard, bumpCardsOf, listCards, repostCards, type CardRow } from '../store/outbox';
import type { AdaptiveCard } from '../store/ports';
import { readRecord } from '../store/records';
import { audienceOf, type DeliverPorts } from './deliver';

export type ShowOutcome = 'sent' | 'gone' | 'no-personal-chat';
type Reader = Pick<CardRow, 'role' | 'tenantId' | 'personTenantId' | 'personObjectId'>;

/** Shows a plan to a person who asks for it: as a message of the outbox, or at once for a refresh. */
export class CardViews {
  private readonly cached: ApprovalPorts;

  constructor(private readonly ports: ApprovalPorts & DeliverPorts) {
    this.cached = { ...ports, directory: cachedDirectory(ports.directory) };
  }

  /** Posts the person's card anew in their personal chat: the requester's, an approver's, or a reader's. */
  async show(planId: string, asking: Person): Promise<ShowOutcome> {
    const person = normalPerson(asking);
    const { store, enqueue } = this.ports;
    const record = await readRecord(store.db, planId);
    const reader = record && (await this.readerOf(record, person, this.ports));
    if (!record || !reader) return 'gone';
    const chat = await findPersonalChat(store.db, person);
    if (!chat) return 'no-personal-chat';
    await store.transaction(async (tx) => {
      const count = await repostCards(tx, planId, person);
      const { role, tenantId } = reader;
      const { conversationId } = chat;
      if (count === 0) await addCard(tx, { planId, role, tenantId, person, conversationId });
      // Whoever asked for the plan was told when this person could not be reached.
      if (role === 'approver') await bumpCardsOf(tx, planId, record.content.requester);
      await enqueue(tx, { name: 'deliver' });
    });
    return 'sent';
  }

  /**
   * The present card of this person for an automatic refresh: changes nothing (I33), knows roles from a minute ago.
   * In a channel nobody gets decision buttons (decisions, Approval). `null` = not theirs to see.
   */
  async current(planId: string, asking: Person, isPersonal: boolean): Promise<AdaptiveCard | null> {
    const person = normalPerson(asking);
    const { store } = this.ports;
    const record = await readRecord(store.db, planId);
    const link = record && this.ports.findLink(record.content.sourceTenantId, record.content.targetTenantId);
    const reader = record && (await this.readerOf(record, person, this.cached));
    if (!record || !link || !reader) return null;
    const shown = isPersonal ? reader : ({ ...reader, role: 'observer', tenantId: person.tenantId } as const);
    const zone = isPersonal ? (await findPersonalChat(store.db, person))?.timeZone : undefined;
    const audience = { ...(await audienceOf(store, shown, record)), ...(zone ? { timeZone: zone } : {}) };
    return this.ports.renderPlanCard(record, link, audience, new Date());
  }

  private async readerOf(record: PlanRecord, person: Person, ports: ApprovalPorts): Promise<Reader | null> {
    const reader = { personTenantId: person.tenantId, personObjectId: person.objectId };
    if (isSamePerson(person, record.content.requester)) {
      return { ...reader, role: 'requester', tenantId: person.tenantId };
    }
    const cards = await listCards(ports.store.db, record.id);
    const own = cards.find(
      (card) =>
        card.role === 'approver' &&
        card.personTenantId === person.tenantId &&
        card.personObjectId === person.objectId,
    );
    if (own) return { ...reader, role: 'approver', tenantId: own.tenantId };
    if (record.state === 'draft') return null; // a draft is its requester's own
    for (const tenantId of decidedTenantIds(record)) {
      const authority = await mayApprove(ports, person, tenantId, record.content);
      if (authority.isAllowed) return { ...reader, role: 'approver', tenantId };
    }
    const { sourceTenantId, targetTenantId } = record.content;
    const authority = await mayView(ports, person, [sourceTenantId, targetTenantId]);
    return authority.isAllowed ? { ...reader, role: 'observer', tenantId: person.tenantId } : null;
  }
}

/** Tenants whose people decide: those that were asked, and for a plan that waits to be closed every changed one. */
function decidedTenantIds({ state, quorums, content }: PlanRecord): readonly string[] {
  return state === 'needs-attention' ? changedTenantIds(content) : quorums.map(({ tenantId }) => tenantId);
}
