import { mentionsBot, messageActivity, type Place } from './activities';
import type { BotAnswer, BotClient } from './bot-client';
import type { Conversation } from './conversation';
import type { Directory } from './directory';
import type { Memory } from './memory';
import type { Message, PersonId } from './protocol';
import { Refusal } from './router';

const longestText = 20_000;

export interface Sending {
  /** Keeps what a person wrote and takes it to the bot: in a channel only when it mentions the bot. */
  send(from: PersonId, conversationId: string, text: string, rootId: string | null): Message;
  /** Takes a message to the bot that did not arrive. */
  retry(conversationId: string, messageId: string): void;
}

export interface SendingOptions {
  readonly memory: Memory;
  readonly directory: Directory;
  readonly bot: BotClient;
  readonly serviceUrl: () => string;
}

/** The person and the conversation, when this person is in it. Throws a `Refusal` with 404. */
export function memberOf({ memory, directory }: SendingOptions, personId: PersonId, conversationId: string) {
  const person = directory.person(personId);
  const conversation = memory.find(conversationId);
  if (!person || !conversation?.memberIds.includes(personId)) {
    throw new Refusal(404, 'NotFound', 'This person is not in such a conversation.');
  }
  return { person, conversation };
}

/** Did the bot take the activity? */
export function isTaken(answer: BotAnswer): boolean {
  return answer.reached && answer.status >= 200 && answer.status < 300;
}

export function createSending(options: SendingOptions): Sending {
  const { memory, directory, bot, serviceUrl } = options;

  async function deliver(conversation: Conversation, message: Message): Promise<void> {
    const person = message.from === null ? undefined : directory.person(message.from);
    if (!person) return;
    const rootId = conversation.kind === 'channel' ? (message.rootId ?? message.id) : null;
    const place: Place = { serviceUrl: serviceUrl(), conversation, rootId };
    const answer = await bot.send(messageActivity(place, person, message, directory.membersOf(conversation)));
    memory.setDelivery(conversation, message.id, isTaken(answer) ? 'sent' : 'failed');
  }

  return {
    send(from, conversationId, text, rootId) {
      const { conversation } = memberOf(options, from, conversationId);
      const trimmed = text.trim();
      if (!trimmed || trimmed.length > longestText) {
        throw new Refusal(400, 'BadArgument', `A message has 1 to ${longestText} characters.`);
      }
      if (rootId !== null && memory.message(conversationId, rootId)?.rootId !== null) {
        throw new Refusal(404, 'NotFound', 'There is no such post to answer.');
      }
      const thread = conversation.kind === 'channel' ? rootId : null;
      const message = memory.post(conversation, { rootId: thread, from, text: trimmed, card: null });
      if (conversation.kind === 'channel' && !mentionsBot(trimmed)) {
        memory.setDelivery(conversation, message.id, 'sent');
      } else {
        void deliver(conversation, message);
      }
      return message;
    },
    retry(conversationId, messageId) {
      const conversation = memory.find(conversationId);
      const message = memory.message(conversationId, messageId);
      if (!conversation || message?.delivery !== 'failed') {
        throw new Refusal(404, 'NotFound', 'There is no such message that waits.');
      }
      memory.setDelivery(conversation, messageId, 'sending');
      void deliver(conversation, message);
    },
  };
}
