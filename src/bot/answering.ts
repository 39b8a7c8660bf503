import type { Answer, Incoming } from '../commands/command';
import type { AdaptiveCard, ConversationReference } from '../store/ports';
import { late, logFault, withinTime, type Background } from './background';
import { faultCard, stillWorkingCard } from './edge-cards';
import type { Replies } from './replies';

export interface AnsweringOptions {
  /** The Steward's answer; a fault becomes a card here. */
  readonly answer: (incoming: Incoming) => Promise<Answer>;
  readonly replies: Replies;
  readonly background: Background;
  /** How long a press waits for the Steward, milliseconds. */
  readonly answerWithinMs: number;
}

/** What an Action.Execute is answered with: a card in place of the pressed one, or a short text (teams A3). */
export type PressAnswer = { readonly card: AdaptiveCard } | { readonly text: string };

/** Brings the Steward's answer to the person: first card, and the final one when it is there. */
export interface Answering {
  /** Resolves when everything is sent; may take as long as the work does. */
  message(incoming: Incoming): Promise<void>;
  /** Resolves in time for the invoke response; what comes later replaces the pressed card. */
  press(incoming: Incoming): Promise<PressAnswer>;
}

/** The pressed card belongs to one person only in a personal chat; elsewhere an update would show it to all. */
function ownCardId({ conversation, pressedActivityId }: Incoming): string | null {
  return conversation.kind === 'personal' ? pressedActivityId : null;
}

async function finalCard(answer: Answer): Promise<AdaptiveCard | null> {
  try {
    return (await answer.later) ?? null;
  } catch (error) {
    return faultCard(logFault(error));
  }
}

/** Tells the Steward which message shows its card; a fault there costs an update, never the answer. */
async function tellShown(answer: Answer, activityId: string | null): Promise<void> {
  if (activityId !== null) await answer.onShown?.(activityId).catch(logFault);
}

export function createAnswering(options: AnsweringOptions): Answering {
  const { replies, background } = options;

  async function answerOf(incoming: Incoming): Promise<Answer> {
    try {
      return await options.answer(incoming);
    } catch (error) {
      return { card: faultCard(logFault(error)) };
    }
  }

  async function post(conversation: ConversationReference, answer: Answer): Promise<void> {
    const activityId = await replies.post(conversation, answer.card);
    await tellShown(answer, activityId);
    const card = await finalCard(answer);
    if (card === null) return;
    if (activityId === null) await replies.post(conversation, card);
    else await replies.replace(conversation, activityId, card);
  }

  async function replacePressed(incoming: Incoming, card: AdaptiveCard): Promise<void> {
    const activityId = ownCardId(incoming);
    if (activityId === null) await replies.post(incoming.conversation, card);
    else await replies.replace(incoming.conversation, activityId, card);
  }

  /** What is left to send once the press itself has been answered. */
  async function finish(incoming: Incoming, answer: Answer): Promise<void> {
    if (answer.asMessage) return post(incoming.conversation, answer);
    await tellShown(answer, ownCardId(incoming));
    const card = await finalCard(answer);
    if (card !== null) await replacePressed(incoming, card);
  }

  async function finishLate(incoming: Incoming, work: Promise<Answer>): Promise<void> {
    const answer = await work;
    if (answer.isRepeat) return;
    if (!answer.asMessage) await replacePressed(incoming, answer.card);
    await finish(incoming, answer);
  }

  return {
    async message(incoming) {
      const answer = await answerOf(incoming);
      if (answer.isRepeat) return;
      if (ownCardId(incoming) === null) return post(incoming.conversation, answer);
      if (!answer.asMessage) await replacePressed(incoming, answer.card);
      await finish(incoming, answer);
    },
    async press(incoming) {
      const work = answerOf(incoming);
      const answer = await withinTime(work, options.answerWithinMs);
      const isRefresh = incoming.content.type === 'refresh';
      if (answer === late) {
        if (isRefresh) return { text: '' };
        background.watch(finishLate(incoming, work));
        return { card: stillWorkingCard() };
      }
      if (answer.isRepeat) return { text: 'That has been answered already.' };
      if (!isRefresh) background.watch(finish(incoming, answer));
      return answer.asMessage ? { text: 'The answer is below.' } : { card: answer.card };
    },
  };
}
