import { errorCard } from '../cards/error';
import { BotError } from '../errors';
import { log } from '../log';
import { findConversation } from '../store/conversations';
import type { Store } from '../store/db';
import type { AdaptiveCard, Messenger } from '../store/ports';
import { finishRead, interruptReads, setReadMessage, startRead } from '../store/reads';
import type { Answer, Incoming } from './command';
import type { Reply } from './steward';

/** One per process, so that a restart knows which reads died with it. */
const replica = `${process.pid}-${Date.now().toString(36)}`;

/** Says "working" now and the answer later, with a row that outlives the process (decisions, Running). */
export async function durably(
  store: Store,
  incoming: Incoming,
  card: AdaptiveCard,
  running: Promise<Reply>,
): Promise<Answer> {
  const { content, person, conversation } = incoming;
  const line = lineOf(content);
  const id = await startRead(store.db, {
    command: line.slice(0, 200),
    person: { tenantId: person.tenantId, objectId: person.objectId, displayName: person.displayName },
    conversationId: conversation.conversationId,
    replica,
  });
  const later = running.then(async (answer) => {
    await finishRead(store.db, id).catch((error: unknown) => {
      const code = error instanceof BotError ? error.code : 'internal';
      log.warn('a finished read could not be noted', { activityId: incoming.activityId, code });
    });
    return answer.lateCard ?? answer.card;
  });
  return { card, asMessage: true, later, onShown: (activityId) => setReadMessage(store.db, id, activityId) };
}

/** The line that asks anew; for a press, which is stored and decided whatever happens, the one that shows the plan. */
function lineOf(content: Incoming['content']): string {
  switch (content.type) {
    case 'command':
      return content.command;
    case 'text':
      return content.text;
    case 'decision':
      return `approve ${content.planId}`;
    case 'refresh':
      return '';
  }
}

/** After a start: cards of reads that died with the last process say so and offer to ask again. */
export async function announceInterrupted(store: Store, messenger: Messenger): Promise<number> {
  const interrupted = await interruptReads(store.db, store.dialect);
  for (const { command, conversationId, activityId } of interrupted) {
    const conversation = await findConversation(store.db, conversationId);
    if (!conversation || activityId === null) continue;
    const card = errorCard({
      code: 'interrupted',
      doing: 'answering you',
      remedy: 'Ask again: I was restarted meanwhile.',
      retryCommand: command === '' ? null : command,
    });
    await messenger.update(conversation, activityId, card);
  }
  return interrupted.length;
}
