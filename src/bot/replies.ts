import { setTimeout as pause } from 'node:timers/promises';
import { log } from '../log';
import type { AdaptiveCard, ConversationReference, Delivery, Messenger } from '../store/ports';

const maxTries = 4;
const longestPauseSeconds = 30;

/** Sends the cards that belong to one turn: answers that tell no committed fact (those go through the outbox). */
export interface Replies {
  /** The id of the new message; null when it was not delivered, or nobody knows whether it was. */
  post(to: ConversationReference, card: AdaptiveCard): Promise<string | null>;
  replace(to: ConversationReference, activityId: string, card: AdaptiveCard): Promise<void>;
}

export function createReplies(messenger: Messenger): Replies {
  async function persist(send: () => Promise<Delivery>, isRepeatable: boolean): Promise<Delivery> {
    for (let tries = 1; ; tries += 1) {
      const delivery = await send();
      const mayRepeat =
        delivery.outcome === 'throttled' || (isRepeatable && delivery.outcome === 'ambiguous');
      if (!mayRepeat || tries >= maxTries) return delivery;
      const seconds = delivery.outcome === 'throttled' ? delivery.retryAfterSeconds : 2 ** tries;
      await pause(Math.min(seconds, longestPauseSeconds) * 1000, undefined, { ref: false });
    }
  }

  return {
    async post(to, card) {
      const delivery = await persist(() => messenger.post(to, card), false);
      if (delivery.outcome === 'sent') return delivery.activityId || null;
      log.warn('a reply was not delivered', { event: 'reply-lost', reason: delivery.outcome });
      return null;
    },
    async replace(to, activityId, card) {
      const delivery = await persist(() => messenger.update(to, activityId, card), true);
      if (delivery.outcome === 'sent') return;
      log.warn('a reply was not updated', { event: 'reply-lost', reason: delivery.outcome });
    },
  };
}
