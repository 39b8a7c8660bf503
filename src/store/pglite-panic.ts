import type { PGlite } from '@electric-sql/pglite';
import { BotError } from '../errors';
import { log } from '../log';

/**
 * PGlite does not end when its database breaks down (a PANIC: the disk is full under its log, a page is broken): whoever
 * asks it next waits for ever, and the whole process stands still with them. So nobody asks it again, and the process
 * ends as after any fault that nobody caught; the next one recovers what was committed.
 */
export function endOnPanic(client: PGlite): void {
  let panic: BotError | undefined;
  const guarded =
    <Asked extends unknown[], Answer>(ask: (...asked: Asked) => Promise<Answer>) =>
    async (...asked: Asked): Promise<Answer> => {
      if (panic) throw panic;
      try {
        return await ask(...asked);
      } catch (cause) {
        if (!isPanic(cause)) throw cause;
        const broken = (panic = brokenDown(cause));
        setImmediate(() => {
          throw broken;
        });
        throw broken;
      }
    };
  client.execProtocol = guarded(client.execProtocol.bind(client));
  client.execProtocolStream = guarded(client.execProtocolStream.bind(client));
}

function isPanic(error: unknown): error is Error {
  const { severity } = error as { readonly severity?: unknown };
  return severity === 'PANIC' || severity === 'FATAL';
}

function brokenDown(cause: Error): BotError {
  const event = 'database-broke-down';
  log.error('the embedded database broke down', { event, part: 'store', reason: cause.message });
  return new BotError(
    'storage-unavailable',
    'working with the embedded database, which broke down',
    'Ask whoever runs this bot to look at the disk of DATA_DIR, then to start it again.',
    { cause },
  );
}
