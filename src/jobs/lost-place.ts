import { log } from '../log';
import { findPersonalChat } from '../store/conversations';
import type { Person } from '../plan/types';
import type { Db, Store } from '../store/db';
import { listLinks, type LinkKey } from '../store/links';
import { insertIncident } from '../store/incidents';
import type { ConversationReference } from '../store/ports';
import { everyLink, loseSubscriptions } from '../store/subscriptions';
import type { IncidentFacts } from '../watch/incident';
import { addNotice } from './watch';

/**
 * Teams refuses the bot at a place (403, 404): no more notices there, and whoever subscribed it is told in the own chat.
 * `about` is the link whose notice was refused; null when it was the head of the audit chain, which is of no link.
 */
export async function moveNotices(
  store: Store,
  place: ConversationReference,
  about: LinkKey | null,
): Promise<void> {
  await store.transaction(async (tx) => {
    const lost = await loseSubscriptions(tx, place.conversationId);
    for (const { sourceTenantId, targetTenantId, subscribedBy } of lost) {
      const isAll = sourceTenantId === everyLink.sourceTenantId;
      const own = isAll ? await linkOf(tx, subscribedBy) : { sourceTenantId, targetTenantId };
      const link = about ?? own;
      const chat = await findPersonalChat(tx, subscribedBy);
      if (!link || !chat || chat.conversationId === place.conversationId) {
        log.error('notices have no place any more, and nobody could be told', { event: 'notices-lost' });
        continue;
      }
      const facts: IncidentFacts = {
        kind: 'lost-destination',
        place: place.kind,
        isAll,
      };
      const id = await insertIncident(tx, {
        sourceTenantId: link.sourceTenantId,
        targetTenantId: link.targetTenantId,
        kind: facts.kind,
        facts,
        isOpen: false,
      });
      await addNotice(tx, id, chat.conversationId);
    }
  });
}

/** A link of the person's tenant, to name one where all are meant. */
async function linkOf(tx: Db, { tenantId }: Person): Promise<LinkKey | undefined> {
  const known = await listLinks(tx);
  return known.find((one) => one.sourceTenantId === tenantId || one.targetTenantId === tenantId);
}
