import { connectCard } from '../cards/connect';
import type { Tenant } from '../plan/types';
import type { AdaptiveCard } from '../store/ports';
import type { CommandContext } from './context';

/** The consent card of the person's own tenant; links are offered in their personal chat only. */
export async function offerConsent(context: CommandContext, tenant: Tenant): Promise<AdaptiveCard> {
  const { consents, shownConsents, whenShown, person, incoming, now } = context;
  const { conversationId, kind } = incoming.conversation;
  if (kind !== 'personal') return connectCard(await consents.view(tenant, null, now));
  whenShown((activityId) => void shownConsents.remember(conversationId, activityId));
  return connectCard(await consents.view(tenant, { person, conversationId }, now));
}
