import type { AdaptiveCard, ConversationReference, Messenger } from '../store/ports';
import type { Shown } from './shown';

/** Milliseconds between two updates of one card (decisions, Running). */
const leastInterval = 2_000;

/**
 * Progress in the message that shows "working": updated in place, at most every two seconds, never before that message
 * is there. Whoever shows progress waits for it, so that no late update can cover the answer.
 */
export function liveCard(
  messenger: Messenger,
  conversation: ConversationReference,
  shown: Pick<Shown, 'whenShown'>,
): (draw: () => AdaptiveCard) => Promise<void> {
  let activityId: string | null = null;
  let updatedAt = 0;
  shown.whenShown((id) => (activityId = id));
  return async (draw) => {
    if (activityId === null || Date.now() - updatedAt < leastInterval) return;
    updatedAt = Date.now();
    await messenger.update(conversation, activityId, draw());
  };
}
