import { movedCard } from '../cards/already';
import { isSamePerson } from '../approvals/person';
import { anchorCard } from '../cards/anchor';
import { log } from '../log';
import { leaseSecondsOf } from '../plan/run';
import { canarySize, typedCount } from '../plan/tier';
import type { Link, Person, PlanAudience, PlanRecord } from '../plan/types';
import { findAnchor } from '../store/chain-anchors';
import { findConversation, listPersonalChats, markGone } from '../store/conversations';
import { findIncident, type Incident } from '../store/incidents';
import type { Store } from '../store/db';
import { mintNonce } from '../store/nonces';
import {
  holdThread,
  markPosting,
  saveCardResult,
  secondsToNextCard,
  takeDueCard,
  type CardResult,
  type CardRow,
} from '../store/outbox';
import type { AdaptiveCard, ConversationReference, Delivery, Messenger } from '../store/ports';
import { readRecord } from '../store/records';
import { moveNotices } from './lost-place';
import { reportDead, unreachedBy } from './unreached';

export interface DeliverPorts {
  readonly store: Store;
  readonly messenger: Messenger;
  readonly renderPlanCard: (
    record: PlanRecord,
    link: Link,
    audience: PlanAudience,
    now: Date,
  ) => AdaptiveCard;
  /** Draws the card of an incident, with its times in the zone of a personal chat. */
  readonly renderNotice: (incident: Incident, link: Link, timeZone: string | undefined) => AdaptiveCard;
  findLink(sourceTenantId: string, targetTenantId: string): Link | undefined;
  /** Of a running plan; a card is held for half as long. A minute when left out. */
  readonly leaseSeconds?: number;
}

/** Teams allows few updates of one message (teams A5): at most one in this many seconds, the newest state wins. */
const secondsBetweenUpdates = 2;
const mostAttempts = 8;
/** People of a channel who see their own view of its card; Teams takes no more. */
const mostViews = 60;
/** Why a card is dead when Teams lets the bot post there no more. */
const gone = 'gone';

/** Sends every card that is due. @returns seconds until the next one is, null when nothing waits */
export async function deliverDueCards(ports: DeliverPorts): Promise<number | null> {
  const seconds = leaseSecondsOf(ports) / 2;
  for (;;) {
    const card = await takeDueCard(ports.store.db, seconds);
    if (!card) return secondsToNextCard(ports.store.db);
    const result = await deliverCard(ports, card);
    await saveCardResult(ports.store.db, card, result);
    if (result.state === 'dead') await reportDead(ports.store, card);
  }
}

/** Draws the present state, whatever the card was asked for, and posts or updates its message (I33). */
async function deliverCard(ports: DeliverPorts, card: CardRow): Promise<CardResult> {
  const to = await findConversation(ports.store.db, card.conversationId);
  try {
    if (card.role === 'notice') return await deliverNotice(ports, card, to);
    return await (card.role === 'anchor' ? deliverAnchor(ports, card, to) : deliverPlanCard(ports, card, to));
  } catch (error) {
    log.error('a card could not be drawn', { planId: card.planId, stack: (error as Error).stack });
    return again(card, 30);
  }
}

async function deliverPlanCard(
  ports: DeliverPorts,
  card: CardRow,
  to: ConversationReference | undefined,
): Promise<CardResult> {
  const record = await readRecord(ports.store.db, card.planId);
  const link = record && ports.findLink(record.content.sourceTenantId, record.content.targetTenantId);
  if (!to || !record || !link) return dead(card, 'its conversation or its plan is not known');
  const audience = { ...(await audienceOf(ports.store, card, record)), ...zoneOf(to) };
  return send(ports, card, to, ports.renderPlanCard(record, link, audience, new Date()));
}

/** The present state of an incident, where somebody subscribed to notices. */
async function deliverNotice(
  ports: DeliverPorts,
  card: CardRow,
  to: ConversationReference | undefined,
): Promise<CardResult> {
  const incident = await findIncident(ports.store.db, card.planId);
  const link = incident && ports.findLink(incident.sourceTenantId, incident.targetTenantId);
  if (!to || !incident || !link) return dead(card, 'its conversation or its link is not known');
  const result = await send(ports, card, to, ports.renderNotice(incident, link, to.timeZone));
  if (isPlaceLost(card, result)) await moveNotices(ports.store, to, incident);
  return result;
}

/** A head of the audit chain, where a channel keeps it out of the database's reach. */
async function deliverAnchor(
  ports: DeliverPorts,
  card: CardRow,
  to: ConversationReference | undefined,
): Promise<CardResult> {
  const anchor = await findAnchor(ports.store.db, card.planId);
  if (!to || !anchor) return dead(card, 'its conversation or its record is not known');
  const result = await send(ports, card, to, anchorCard(anchor));
  if (isPlaceLost(card, result)) await moveNotices(ports.store, to, null);
  return result;
}

/** An update that finds nothing tells of one deleted message only, not of the place. */
function isPlaceLost({ activityId }: CardRow, { deadReason }: CardResult): boolean {
  return deadReason === gone && activityId === null;
}

async function send(
  ports: DeliverPorts,
  card: CardRow,
  to: ConversationReference,
  drawn: AdaptiveCard,
): Promise<CardResult> {
  const { messenger, store } = ports;
  const unknown = (): Delivery => ({ outcome: 'ambiguous' });
  const isPost = card.activityId === null;
  if (isPost) await markPosting(store.db, card.id, card.wantedVersion);
  const sending = isPost ? messenger.post(to, drawn) : messenger.update(to, card.activityId ?? '', drawn);
  const result = await resultOf(ports, card, await sending.catch(unknown));
  const isShown = result.state === 'ready' && result.sentVersion === card.wantedVersion;
  if (card.replacedActivityId === null || !isShown) return result;
  // No live button stays behind. What fails here is tried again when the card changes next.
  const { outcome } = await messenger
    .update(to, card.replacedActivityId, movedCard(card.planId))
    .catch(unknown);
  const isLater = outcome === 'ambiguous' || outcome === 'throttled';
  return isLater ? result : { ...result, replacedActivityId: null };
}

function zoneOf({ timeZone }: ConversationReference): { readonly timeZone?: string } {
  return timeZone ? { timeZone } : {};
}

async function resultOf(ports: DeliverPorts, card: CardRow, delivery: Delivery): Promise<CardResult> {
  const isPost = card.activityId === null;
  switch (delivery.outcome) {
    case 'sent':
      return {
        state: 'ready',
        sentVersion: card.wantedVersion,
        activityId: delivery.activityId,
        attempts: 0,
        waitSeconds: secondsBetweenUpdates,
      };
    case 'throttled': {
      // Nothing was sent: the only POST that is repeated. What else waits for that place waits as long.
      const seconds = Math.min(Math.max(delivery.retryAfterSeconds, 1), 120);
      await holdThread(ports.store.db, card.conversationId, seconds);
      return again(card, seconds);
    }
    case 'gone':
      if (isPost) await markGone(ports.store.db, card.conversationId);
      return dead(card, gone);
    case 'refused': // the same card would be refused again
      return dead(card, `refused: ${delivery.status}`);
    case 'ambiguous':
      if (!isPost) return again(card, Math.min(2 ** (card.attempts + 1), 60));
      log.warn('nobody knows whether a card arrived', { planId: card.planId, event: 'card-ambiguous' });
      // Not repeated for this version; a later one tells something new and is posted.
      return {
        state: 'ambiguous',
        sentVersion: card.wantedVersion,
        attempts: 0,
        waitSeconds: secondsBetweenUpdates,
      };
  }
}

function again(card: CardRow, waitSeconds: number): CardResult {
  if (card.attempts + 1 >= mostAttempts) return dead(card, `not sent in ${mostAttempts} attempts`);
  return { state: 'ready', sentVersion: card.sentVersion, attempts: card.attempts + 1, waitSeconds };
}

/** Not tried again until somebody asks for the card; why is kept with it. */
function dead(card: CardRow, deadReason: string): CardResult {
  log.warn('a card is given up', { planId: card.planId, event: 'card-dead', reason: deadReason });
  const { sentVersion, attempts } = card;
  return { state: 'dead', deadReason, sentVersion, attempts: attempts + 1, waitSeconds: 0 };
}

/** For whom a card is drawn, with a nonce of its own while there is something to decide. */
export async function audienceOf(
  store: Store,
  card: Pick<CardRow, 'role' | 'tenantId' | 'personTenantId' | 'personObjectId'>,
  record: PlanRecord,
): Promise<PlanAudience> {
  const { tenantId } = card;
  if (card.role === 'notice') throw new Error('a notice is no card of a plan');
  if (card.role === 'observer') return { role: 'observer', tenantId };
  if (card.role === 'channel') {
    return { role: 'channel', tenantId, userIds: await viewersOf(store, record, tenantId) };
  }
  const person = { tenantId: card.personTenantId, objectId: card.personObjectId, displayName: '' };
  const forTenantId = card.role === 'approver' ? tenantId : null;
  const { id: planId, revision, state } = record;
  const isOpen = state === 'draft' || state === 'submitted' || state === 'approved';
  const isWaitedFor =
    record.hold?.isReached === true && record.hold.waitsFor.some((one) => isSamePerson(one, person));
  const nonce =
    isOpen || isWaitedFor ? await mintNonce(store.db, { planId, revision, person, forTenantId }) : '';
  if (forTenantId === null) return { role: 'requester', nonce, ...(await unreachedBy(store.db, record)) };
  const hasDecided = record.decisions.some(
    (one) =>
      one.forTenantId === forTenantId &&
      one.person.tenantId === person.tenantId &&
      one.person.objectId === person.objectId,
  );
  const canary = canarySize(record.content);
  return {
    role: 'approver',
    forTenantId,
    nonce,
    hasDecided,
    ...handedOn(record, forTenantId, person),
    typedCount: typedCount(record.tier, record.content),
    ...(canary === null ? {} : { canarySize: canary }),
    ...(isWaitedFor ? { isWaitedFor } : {}),
  };
}

function handedOn({ quorums }: PlanRecord, tenantId: string, person: Person): { handedTo?: Person } {
  const quorum = quorums.find((one) => one.tenantId === tenantId);
  const handedTo = quorum?.candidates.find((one) => isSamePerson(one, person))?.handedTo;
  return handedTo ? { handedTo } : {};
}

async function viewersOf(store: Store, record: PlanRecord, tenantId: string): Promise<readonly string[]> {
  const people = [record.content.requester, ...record.quorums.flatMap((quorum) => quorum.candidates)];
  const chats = await listPersonalChats(
    store.db,
    people.filter((person) => person.tenantId === tenantId),
  );
  return [...new Set(chats.flatMap((chat) => chat.person?.teamsUserId || []))].slice(0, mostViews);
}
