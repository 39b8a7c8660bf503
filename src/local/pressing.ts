import { executeActivity, submitActivity, type Place } from './activities';
import type { BotAnswer } from './bot-client';
import type { Conversation } from './conversation';
import { isRefreshedFor } from './memory';
import type { Card, Message, PersonId, Press, PressOutcome } from './protocol';
import { Refusal } from './router';
import { isTaken, memberOf, type SendingOptions } from './sending';
import type { WorldPerson } from './world';

export interface Pressing {
  /** Takes a pressed button to the bot and does what the bot answers. */
  press(press: Press): Promise<PressOutcome>;
  /**
   * The automatic refresh of a card for one person: only when the card asks for it and changed since, or the
   * last press or refresh is a minute old (teams A3).
   */
  refresh(personId: PersonId, conversationId: string, messageId: string): Promise<PressOutcome>;
}

const refreshPauseMs = 60_000;

interface Attempt {
  readonly contentRevision: number;
  readonly at: number;
}

interface Pressed {
  readonly person: WorldPerson;
  readonly conversation: Conversation;
  readonly message: Message;
  readonly place: Place;
}

const noAnswer = {
  timeout: 'Sync Steward did not answer in 15 seconds. What you pressed may still take effect.',
  'no-connection': 'Sync Steward is not running, so nothing was sent. Try again in a moment.',
} as const;

/** What an invoke came to: `{statusCode, type, value}` with a card, a message or an error (teams A3). */
function outcomeOf(answer: BotAnswer): { readonly card: Card } | PressOutcome {
  if (!answer.reached) return { outcome: 'error', text: noAnswer[answer.reason] };
  const { statusCode, type, value } = (answer.body ?? {}) as Record<string, unknown>;
  if (type === 'application/vnd.microsoft.card.adaptive' && typeof value === 'object' && value !== null) {
    return { card: value as Card };
  }
  if (type === 'application/vnd.microsoft.activity.message' && typeof value === 'string') {
    return { outcome: 'message', text: value };
  }
  if (type === 'application/vnd.microsoft.error') {
    const message = (value as { message?: unknown } | null)?.message;
    return { outcome: 'error', text: typeof message === 'string' ? message : 'Something went wrong.' };
  }
  if (isTaken(answer) && (statusCode === undefined || statusCode === 200)) return { outcome: 'sent' };
  return { outcome: 'error', text: `Something went wrong (${answer.status}). Try again.` };
}

/** `data.msteams` turns an Action.Submit into something the person says (imBack, messageBack). */
function saidBy(data: unknown): {
  readonly shown: string | null;
  readonly text?: string;
  readonly value: unknown;
} {
  const { msteams, ...rest } = (typeof data === 'object' && data !== null ? data : {}) as Record<
    string,
    unknown
  >;
  const { type, text, displayText, value } = (msteams ?? {}) as Record<string, unknown>;
  if (type === 'imBack' && typeof value === 'string') return { shown: value, text: value, value: undefined };
  if (type === 'messageBack') {
    const said = typeof text === 'string' ? text : '';
    return { shown: typeof displayText === 'string' ? displayText : null, text: said, value: value ?? rest };
  }
  return { shown: null, value: msteams === undefined ? data : rest };
}

export function createPressing(options: SendingOptions): Pressing {
  const { memory, bot, serviceUrl } = options;
  const attempts = new Map<string, Attempt>();

  function pressedOn(personId: PersonId, conversationId: string, messageId: string): Pressed {
    const { person, conversation } = memberOf(options, personId, conversationId);
    const message = memory.message(conversationId, messageId);
    if (!message?.card) throw new Refusal(404, 'NotFound', 'This card is gone.');
    const rootId = conversation.kind === 'channel' ? (message.rootId ?? message.id) : null;
    return { person, conversation, message, place: { serviceUrl: serviceUrl(), conversation, rootId } };
  }

  async function execute(
    { person, conversation, message, place }: Pressed,
    action: Press['action'],
    trigger: 'manual' | 'automatic',
  ): Promise<PressOutcome> {
    attempts.set(`${person.id} ${message.id}`, { contentRevision: message.contentRevision, at: Date.now() });
    const came = outcomeOf(await bot.send(executeActivity(place, person, message.id, action, trigger)));
    if ('outcome' in came) return came;
    memory.personalize(conversation, message.id, person.id, came.card);
    return { outcome: 'replaced' };
  }

  async function submit(
    { person, conversation, message, place }: Pressed,
    data: unknown,
  ): Promise<PressOutcome> {
    const { shown, text, value } = saidBy(data);
    if (shown) {
      const rootId = message.rootId ?? (conversation.kind === 'channel' ? message.id : null);
      const said = memory.post(conversation, { rootId, from: person.id, text: shown, card: null });
      memory.setDelivery(conversation, said.id, 'sent');
    }
    const answer = await bot.send(submitActivity(place, person, message.id, value, text));
    if (isTaken(answer)) return { outcome: 'sent' };
    const came = outcomeOf(answer);
    return 'outcome' in came ? came : { outcome: 'sent' };
  }

  return {
    async press({ personId, conversationId, messageId, action }) {
      const pressed = pressedOn(personId, conversationId, messageId);
      if (action.type === 'Action.Submit') return submit(pressed, action.data);
      return execute(pressed, action, 'manual');
    },
    async refresh(personId, conversationId, messageId) {
      const pressed = pressedOn(personId, conversationId, messageId);
      const { person, conversation, message } = pressed;
      const card = message.personal[personId]?.stale
        ? message.card
        : (message.personal[personId]?.card ?? message.card);
      const refresh = card?.refresh as { action?: Record<string, unknown> } | undefined;
      const last = attempts.get(`${personId} ${messageId}`);
      const isFresh =
        last?.contentRevision === message.contentRevision && Date.now() - last.at < refreshPauseMs;
      if (!isRefreshedFor(card, person.teamsUserId) || !refresh?.action || isFresh)
        return { outcome: 'skipped' };
      const { id, verb, data } = refresh.action as { id?: string; verb?: string; data?: unknown };
      const action = { type: 'Action.Execute', id, verb, data: data ?? {} } as const;
      const outcome = await execute(pressed, action, 'automatic');
      if (outcome.outcome !== 'replaced' && message.personal[personId]?.stale) {
        memory.personalize(conversation, messageId, personId, null);
      }
      return outcome;
    },
  };
}
