import type { AdaptiveCard, ConversationReference, Delivery, Messenger } from '../../src/store/ports';

export interface Message {
  readonly conversationId: string;
  readonly activityId: string;
  /** Every card that this message has shown, oldest first. */
  readonly cards: AdaptiveCard[];
}

/** Conversations in memory; outcomes of the next calls can be set in order. */
export class FakeMessenger implements Messenger {
  readonly messages: Message[] = [];
  readonly next: Delivery[] = [];
  calls = 0;

  async post(to: ConversationReference, card: AdaptiveCard): Promise<Delivery> {
    this.calls += 1;
    const planned = this.next.shift();
    if (planned) return planned;
    const activityId = `message-${this.messages.length + 1}`;
    this.messages.push({ conversationId: to.conversationId, activityId, cards: [card] });
    return { outcome: 'sent', activityId };
  }

  async update(_to: ConversationReference, activityId: string, card: AdaptiveCard): Promise<Delivery> {
    this.calls += 1;
    const planned = this.next.shift();
    if (planned) return planned;
    const message = this.messages.find((one) => one.activityId === activityId);
    if (!message) return { outcome: 'gone' };
    message.cards.push(card);
    return { outcome: 'sent', activityId };
  }

  in(conversationId: string): readonly Message[] {
    return this.messages.filter((one) => one.conversationId === conversationId);
  }
}
