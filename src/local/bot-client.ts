import type { Activity } from './activities';

/** How long Teams waits for a bot (teams A4). */
const answerTimeoutMs = 15_000;
const answerLimitCharacters = 1_000_000;

export type BotAnswer =
  | { readonly reached: true; readonly status: number; readonly body: unknown }
  | { readonly reached: false; readonly reason: 'timeout' | 'no-connection' };

export interface BotClient {
  /** Posts one activity; never throws and never repeats. */
  send(activity: Activity): Promise<BotAnswer>;
}

function parsed(text: string): unknown {
  if (text.length > answerLimitCharacters) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function createBotClient(botUrl: string): BotClient {
  return {
    async send(activity) {
      try {
        const answer = await fetch(botUrl, {
          method: 'POST',
          headers: { 'content-type': 'application/json; charset=utf-8' },
          body: JSON.stringify(activity),
          signal: AbortSignal.timeout(answerTimeoutMs),
        });
        return { reached: true, status: answer.status, body: parsed(await answer.text()) };
      } catch (error) {
        const isTimeout = error instanceof Error && error.name === 'TimeoutError';
        return { reached: false, reason: isTimeout ? 'timeout' : 'no-connection' };
      }
    },
  };
}
