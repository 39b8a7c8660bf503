import { and, eq, lt, sql } from 'drizzle-orm';
import type { Db } from './db';
import { takenMessages } from './schema';

export interface MessageKey {
  readonly conversationId: string;
  readonly activityId: string;
}

/** Teams repeats within minutes; after a day nobody delivers a message again. */
const keptHours = 24;

/**
 * Takes a message once, for all processes and restarts (I20).
 * @returns `new`, or how it stands with the first time: `answered`, or `unanswered` when nobody knows of an answer
 */
export async function takeMessage(db: Db, key: MessageKey): Promise<'new' | 'answered' | 'unanswered'> {
  const rows = await db
    .insert(takenMessages)
    .values(key)
    .onConflictDoNothing()
    .returning({ activityId: takenMessages.activityId });
  if (rows.length === 1) return 'new';
  const [row] = await db
    .select({ isAnswered: takenMessages.isAnswered })
    .from(takenMessages)
    .where(isMessage(key));
  return row?.isAnswered === false ? 'unanswered' : 'answered';
}

/** Its answer, or the card that one is coming, stands in the chat. */
export async function markAnswered(db: Db, key: MessageKey): Promise<void> {
  await db.update(takenMessages).set({ isAnswered: true }).where(isMessage(key));
}

export async function deleteOldMessages(db: Db): Promise<void> {
  await db
    .delete(takenMessages)
    .where(lt(takenMessages.takenAt, sql`clock_timestamp() - make_interval(hours => ${keptHours})`));
}

function isMessage({ conversationId, activityId }: MessageKey) {
  return and(eq(takenMessages.conversationId, conversationId), eq(takenMessages.activityId, activityId));
}
