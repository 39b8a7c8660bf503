import { errorCard } from '../cards/error';
import { log } from '../log';
import { markAnswered, takeMessage } from '../store/taken-messages';
import type { Incoming } from './command';
import type { Shown } from './shown';
import type { Desk, Reply } from './steward';

const longestRetry = 200;

/**
 * Teams delivers a message again when its answer came late, also after our restart: it plans nothing a second time
 * and is not answered twice (I20). One of which no answer is known says so, and lets the person decide to ask again.
 *
 * @returns `null` for a message that is new
 */
export async function refuseRepeat(
  { parts }: Desk,
  { conversation, activityId }: Incoming,
  line: string,
  shown: Shown,
): Promise<Reply | null> {
  const { db, transaction } = parts.store;
  const key = { conversationId: conversation.conversationId, activityId };
  const taken = await transaction((tx) => takeMessage(tx, key)); // says in words what is wrong with the database
  const card = errorCard({
    code: 'interrupted',
    doing: 'answering you',
    remedy: 'Look at pending, then ask again if nothing came of it: I was restarted meanwhile.',
    retryCommand: line.length <= longestRetry ? line : null,
    suggestions: ['pending'],
  });
  if (taken === 'answered') return { card, isRepeat: true };
  shown.whenShown(() => {
    markAnswered(db, key).catch((error: unknown) => {
      log.warn('an answer could not be noted', { activityId, reason: String(error) });
    });
  });
  return taken === 'new' ? null : { card };
}
