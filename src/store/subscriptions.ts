import { and, eq, inArray, isNull, or, sql } from 'drizzle-orm';
import type { Person } from '../plan/types';
import type { Db } from './db';
import type { LinkKey } from './links';
import { conversations, subscriptions } from './schema';
import { databaseNow } from './time';

export type Subscription = typeof subscriptions.$inferSelect;

/** Every link, also those that are set up later. */
export const everyLink: LinkKey = { sourceTenantId: '*', targetTenantId: '*' };

export interface SubscriptionWish extends LinkKey {
  readonly conversationId: string;
  readonly severity: Subscription['severity'];
  readonly subscribedBy: Person;
}

/** Notices of the link shall come here; again = with this severity, unmuted, by this person. */
export async function saveSubscription(tx: Db, wish: SubscriptionWish): Promise<void> {
  const { severity, subscribedBy } = wish;
  await tx
    .insert(subscriptions)
    .values(wish)
    .onConflictDoUpdate({
      target: [subscriptions.conversationId, subscriptions.sourceTenantId, subscriptions.targetTenantId],
      set: { severity, subscribedBy, mutedUntil: null, state: 'active', createdAt: databaseNow },
    });
}

/** @returns how many subscriptions of this place there were; `everyLink` means exactly that one */
export async function endSubscription(tx: Db, conversationId: string, key: LinkKey): Promise<number> {
  const rows = await tx
    .delete(subscriptions)
    .where(and(eq(subscriptions.conversationId, conversationId), ofLink(key)))
    .returning({ id: subscriptions.conversationId });
  return rows.length;
}

/** No notice begins here for so long; 0 = again from now on. @returns how many subscriptions were meant */
export async function muteSubscription(
  tx: Db,
  conversationId: string,
  key: LinkKey,
  seconds: number,
): Promise<Date | null> {
  const [row] = await tx
    .update(subscriptions)
    .set({ mutedUntil: sql`clock_timestamp() + make_interval(secs => ${seconds})` })
    .where(and(eq(subscriptions.conversationId, conversationId), ofLink(key)))
    .returning({ mutedUntil: subscriptions.mutedUntil });
  return row?.mutedUntil ?? null;
}

export async function listSubscriptions(db: Db, conversationId: string): Promise<readonly Subscription[]> {
  return db.select().from(subscriptions).where(eq(subscriptions.conversationId, conversationId));
}

/** Links that somebody watches: their own subscriptions, and whether there is one for all. */
export async function listWatched(
  db: Db,
): Promise<{ readonly keys: readonly LinkKey[]; readonly isAll: boolean }> {
  const { sourceTenantId, targetTenantId } = subscriptions;
  const rows = await db
    .selectDistinct({ sourceTenantId, targetTenantId })
    .from(subscriptions)
    .where(eq(subscriptions.state, 'active'));
  return {
    keys: rows.filter((row) => row.sourceTenantId !== everyLink.sourceTenantId),
    isAll: rows.some((row) => row.sourceTenantId === everyLink.sourceTenantId),
  };
}

/** Places that are told of a new incident now: not muted, not lost, each once. */
export async function placesFor(tx: Db, key: LinkKey, isProblem: boolean): Promise<readonly string[]> {
  const rows = await tx
    .selectDistinct({ conversationId: subscriptions.conversationId })
    .from(subscriptions)
    .where(
      and(
        eq(subscriptions.state, 'active'),
        or(ofLink(key), and(ofLink(everyLink), isOfSubscriber(key))),
        or(isNull(subscriptions.mutedUntil), sql`${subscriptions.mutedUntil} <= clock_timestamp()`),
        inArray(subscriptions.severity, isProblem ? ['all', 'problems'] : ['all']),
      ),
    );
  return rows.map(({ conversationId }) => conversationId);
}

/** Every place that is told of the link, whatever it muted or left out: for what nobody may miss (I39). */
export async function everyPlaceFor(
  tx: Db,
  key: LinkKey,
): Promise<readonly { readonly conversationId: string; readonly isShared: boolean }[]> {
  const { conversationId } = subscriptions;
  return tx
    .selectDistinct({ conversationId, isShared: sql<boolean>`${conversations.kind} <> 'personal'` })
    .from(subscriptions)
    .innerJoin(conversations, eq(conversations.conversationId, conversationId))
    .where(
      and(
        eq(subscriptions.state, 'active'),
        eq(conversations.isGone, false),
        or(ofLink(key), and(ofLink(everyLink), isOfSubscriber(key))),
      ),
    );
}

/** Teams refused the bot there. @returns the subscriptions that are lost by it */
export async function loseSubscriptions(tx: Db, conversationId: string): Promise<readonly Subscription[]> {
  return tx
    .update(subscriptions)
    .set({ state: 'lost' })
    .where(and(eq(subscriptions.conversationId, conversationId), eq(subscriptions.state, 'active')))
    .returning();
}

/** Who subscribes to all links is told of those of the own tenant, also of ones that come later. */
function isOfSubscriber({ sourceTenantId, targetTenantId }: LinkKey) {
  return sql`${subscriptions.subscribedBy}->>'tenantId' in (${sourceTenantId}, ${targetTenantId})`;
}

function ofLink({ sourceTenantId, targetTenantId }: LinkKey) {
  return and(
    eq(subscriptions.sourceTenantId, sourceTenantId),
    eq(subscriptions.targetTenantId, targetTenantId),
  );
}
