import type { PlanAudience, PlanRecord } from '../../src/plan/types';
import type { AdaptiveCard } from '../../src/store/ports';

/** What a drawn card carries here: what it was drawn from. */
export interface DrawnCard extends AdaptiveCard {
  readonly record?: PlanRecord;
  readonly audience?: PlanAudience;
}

export interface Message {
  readonly id: string;
  readonly conversationId: string;
  readonly cards: DrawnCard[];
}

/** Conversations as people see them. */
export class TeamsModel {
  readonly messages: Message[] = [];

  post(conversationId: string, card: AdaptiveCard): string {
    const id = `message-${this.messages.length + 1}`;
    this.messages.push({ id, conversationId, cards: [card] });
    return id;
  }

  /** @returns `false` when there is no such message */
  update(id: string, card: AdaptiveCard): boolean {
    const message = this.messages.find((one) => one.id === id);
    message?.cards.push(card);
    return message !== undefined;
  }

  /** The newest card of a plan of this kind that a person can press. */
  cardFor(who: string, kind: string): DrawnCard | undefined {
    return this.messages
      .filter((one) => one.conversationId === `chat-${who}`)
      .map((one) => one.cards.at(-1))
      .filter((card) => card?.record?.content.kind === kind)
      .at(-1);
  }
}
