import type { AdaptiveCard, ConversationReference, Delivery, Messenger } from '../../src/store/ports';

export interface ShownMessage {
  readonly activityId: string;
  readonly conversationId: string;
  card: AdaptiveCard;
  updates: number;
}

/** A chat in memory: what was posted where, as it stands after all updates. */
export class ChatMemory implements Messenger {
  readonly messages: ShownMessage[] = [];

  post(to: ConversationReference, card: AdaptiveCard): Promise<Delivery> {
    const activityId = `message-${this.messages.length + 1}`;
    this.messages.push({ activityId, conversationId: to.conversationId, card, updates: 0 });
    return Promise.resolve({ outcome: 'sent', activityId });
  }

  update(to: ConversationReference, activityId: string, card: AdaptiveCard): Promise<Delivery> {
    const message = this.messages.find((one) => one.activityId === activityId);
    if (!message || message.conversationId !== to.conversationId) return Promise.resolve({ outcome: 'gone' });
    message.card = card;
    message.updates += 1;
    return Promise.resolve({ outcome: 'sent', activityId });
  }

  in(conversationId: string): readonly ShownMessage[] {
    return this.messages.filter((message) => message.conversationId === conversationId);
  }
}
