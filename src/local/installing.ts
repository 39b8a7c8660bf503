import { setTimeout } from 'node:timers/promises';
import { installedActivity, membersAddedActivity } from './activities';
import type { Conversation } from './conversation';
import { isTaken, type SendingOptions } from './sending';

const atOnce = 4;
const longestPauseMs = 5000;

/** Resolves after a while, or at once when the chat ends. */
const pause = (ms: number, signal: AbortSignal) =>
  setTimeout(ms, undefined, { signal }).catch(() => undefined);

/**
 * Tells the bot of every conversation it is in, as Teams does when the app is installed for everybody. Each is
 * tried until the bot takes it: the bot may start later than the chat. Telling it again does no harm.
 */
export async function installEverywhere(
  { bot, directory, serviceUrl }: SendingOptions,
  conversations: readonly Conversation[],
  isNew: (conversation: Conversation) => boolean,
  stop: AbortSignal,
): Promise<void> {
  async function install(conversation: Conversation): Promise<void> {
    const person = directory
      .membersOf(conversation)
      .find(({ isGuest }) => !isGuest || conversation.kind === 'personal');
    if (!person) return;
    const place = { serviceUrl: serviceUrl(), conversation, rootId: null };
    for (let waitMs = 250; !stop.aborted; waitMs = Math.min(waitMs * 2, longestPauseMs)) {
      if (isTaken(await bot.send(installedActivity(place, person)))) break;
      await pause(waitMs, stop);
    }
    if (isNew(conversation) && !stop.aborted) await bot.send(membersAddedActivity(place, person));
  }

  const left = [...conversations];
  const worker = async () => {
    for (let next = left.shift(); next && !stop.aborted; next = left.shift()) await install(next);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
