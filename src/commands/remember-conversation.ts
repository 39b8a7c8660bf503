import { saveConversation } from '../store/conversations';
import type { Store } from '../store/db';
import type { ConversationReference } from '../store/ports';

/**
 * Keeps where somebody can be reached, from each of their activities (teams A6). Called once it is known that they are
 * no guest and no stranger: those leave no row (I13). A thread of a channel is kept with the channel itself, so that
 * later posts start a thread of their own.
 */
export async function rememberConversation(
  { db }: Pick<Store, 'db'>,
  conversation: ConversationReference,
): Promise<void> {
  const whole = conversation.conversationId.replace(/;messageid=.*$/, '');
  for (const conversationId of new Set([whole, conversation.conversationId])) {
    await saveConversation(db, { ...conversation, conversationId });
  }
}
