import { log } from '../log';
import { findPersonalChat } from '../store/conversations';
import type { Store } from '../store/db';
import type { LinkKey } from '../store/links';
import { insertIncident } from '../store/incidents';
import type { ConversationReference } from '../store/ports';
import { everyLink, loseSubscriptions } from '../store/subscriptions';
import type { IncidentFacts } from '../watch/incident';
import { addNotice } from './watch';

/**
 * Teams refuses the bot at a place (403, 404): no more notices there, and whoever subscribed it is told in the own chat.
 * `about` is the link whose notice was refused.
 */
export async function moveNotices(store: Store, place: ConversationReference, about: LinkKey): Promise<void> {
  await store.transaction(async (tx) => {
    const lost = await loseSubscriptions(tx, place.conversationId);
    for (const { sourceTenantId, subscribedBy } of lost) {
      const chat = await findPersonalChat(tx, subscribedBy);
      if (!chat || chat.conversationId === place.conversationId) {
        log.error('notices have no place any more, and nobody could be told', { event: 'notices-lost' });
        continue;
      }
      const facts: IncidentFacts = {
        kind: 'lost-destination',
        place: place.kind,
        isAll: sourceTenantId === everyLink.sourceTenantId,
      };
      const id = await insertIncident(tx, {
        sourceTenantId: about.sourceTenantId,
        targetTenantId: about.targetTenantId,
        kind: facts.kind,
        facts,
        isOpen: false,
      });
      await addNotice(tx, id, chat.conversationId);
    }
  });
}
