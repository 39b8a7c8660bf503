import { log } from '../log';
import type { AdaptiveCard, Messenger } from '../store/ports';
import { findConsentCard, findConversation, saveConsentCard } from '../store/conversations';
import type { Store } from '../store/db';

/** Where consent cards stand, so that the card itself changes after consent; it survives a restart. */
export class ShownConsents {
  constructor(
    private readonly store: Pick<Store, 'db'>,
    private readonly messenger: Messenger,
  ) {}

  async remember(conversationId: string, activityId: string): Promise<void> {
    await saveConsentCard(this.store.db, conversationId, activityId).catch((error: unknown) => {
      // It costs an update in place, never the answer.
      log.warn('the place of a consent card could not be kept', { reason: String(error) });
    });
  }

  /** Replaces the newest consent card of the conversation, or posts one where that is not possible. */
  async show(conversationId: string | null, card: AdaptiveCard): Promise<void> {
    const conversation =
      conversationId === null ? undefined : await findConversation(this.store.db, conversationId);
    if (!conversation) return;
    const activityId = await findConsentCard(this.store.db, conversation.conversationId);
    if (activityId !== null) {
      const { outcome } = await this.messenger.update(conversation, activityId, card);
      if (outcome === 'sent') return;
    }
    const posted = await this.messenger.post(conversation, card);
    if (posted.outcome === 'sent') await this.remember(conversation.conversationId, posted.activityId);
  }
}
