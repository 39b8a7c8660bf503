import type { Steering } from '../jobs/steering';
import type { Link, Person } from '../plan/types';
import { appendAudit } from '../store/audit';
import { saveConversation } from '../store/conversations';
import type { Store } from '../store/db';
import type { LinkKey } from '../store/links';
import type { ConversationReference } from '../store/ports';
import {
  endSubscription,
  everyLink,
  listSubscriptions,
  muteSubscription,
  saveSubscription,
  type Subscription,
} from '../store/subscriptions';

/** Subscriptions of one place: a chat or a whole channel, never one thread of it. `null` = all links. */
export interface NoticeDesk {
  subscribe(where: ConversationReference, by: Person, link: Link | null, severity: Severity): Promise<void>;
  /** @returns `false` when there was none */
  unsubscribe(where: ConversationReference, by: Person, link: Link | null): Promise<boolean>;
  /** @returns until when, `null` when there is no such subscription; 0 hours ends a mute */
  mute(where: ConversationReference, link: Link | null, hours: number): Promise<Date | null>;
  list(where: ConversationReference): Promise<readonly Subscription[]>;
}

type Severity = Subscription['severity'];

export function noticeDesk(steering: Pick<Steering, 'watchAnew'>, store: Store): NoticeDesk {
  return {
    async subscribe(where, by, link, severity) {
      const place = placeOf(where);
      const { conversationId } = place;
      await saveConversation(store.db, place);
      await store.transaction(async (tx) => {
        await saveSubscription(tx, { ...keyOf(link), conversationId, severity, subscribedBy: by });
        await appendAudit(tx, { event: 'subscribed', actor: by, facts: { ...keyOf(link), severity } });
      });
      await steering.watchAnew();
    },
    async unsubscribe(where, by, link) {
      const { conversationId } = placeOf(where);
      const count = await store.transaction(async (tx) => {
        const ended = await endSubscription(tx, conversationId, keyOf(link));
        if (ended > 0) await appendAudit(tx, { event: 'unsubscribed', actor: by, facts: { ...keyOf(link) } });
        return ended;
      });
      if (count > 0) await steering.watchAnew();
      return count > 0;
    },
    mute: (where, link, hours) =>
      muteSubscription(store.db, placeOf(where).conversationId, keyOf(link), hours * 3600),
    list: (where) => listSubscriptions(store.db, placeOf(where).conversationId),
  };
}

/** Notices begin threads of their own, so a thread's address is that of its channel. */
function placeOf(where: ConversationReference): ConversationReference {
  return { ...where, conversationId: where.conversationId.replace(/;messageid=.*$/, '') };
}

function keyOf(link: Link | null): LinkKey {
  if (!link) return everyLink;
  return { sourceTenantId: link.source.tenantId, targetTenantId: link.target.tenantId };
}
