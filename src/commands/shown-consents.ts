import type { AdaptiveCard, Messenger } from '../store/ports';
import { findConversation } from '../store/conversations';
import type { Store } from '../store/db';

const mostRemembered = 500;

/**
 * Where consent cards stand, so that the card itself changes after consent. Kept in memory: after a restart the
 * present state comes as a new message instead.
 */
export class ShownConsents {
  private readonly messages = new Map<string, string>();

  constructor(
    private readonly store: Pick<Store, 'db'>,
    private readonly messenger: Messenger,
  ) {}

  remember(conversationId: string, activityId: string): void {
    this.messages.delete(conversationId);
    this.messages.set(conversationId, activityId);
    if (this.messages.size <= mostRemembered) return;
    const oldest = this.messages.keys().next().value;
    if (oldest !== undefined) this.messages.delete(oldest);
  }

  /** Replaces the newest consent card of the conversation, or posts one where that is not possible. */
  async show(conversationId: string | null, card: AdaptiveCard): Promise<void> {
    const conversation =
      conversationId === null ? undefined : await findConversation(this.store.db, conversationId);
    if (!conversation) return;
    const activityId = this.messages.get(conversation.conversationId);
    if (activityId !== undefined) {
      const { outcome } = await this.messenger.update(conversation, activityId, card);
      if (outcome === 'sent') return;
    }
    const posted = await this.messenger.post(conversation, card);
    if (posted.outcome === 'sent') this.remember(conversation.conversationId, posted.activityId);
  }
}
