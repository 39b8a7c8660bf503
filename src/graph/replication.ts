import { BotError } from '../errors';
import type { GraphRead } from './client';

/**
 * Does something with a fresh object, again while Graph answers 404: another replica may not know it yet (facts 4.1).
 * A 404 is refused before any effect, so this repeats no write that happened (I23).
 */
export async function onceReplicated<T extends object>(
  graph: GraphRead,
  attempt: () => Promise<T>,
): Promise<T> {
  return graph.waitFor(async () => {
    try {
      return await attempt();
    } catch (error) {
      if (error instanceof BotError && error.code === 'not-found') return undefined;
      throw error;
    }
  }, 'waiting for the new configuration to be known everywhere');
}
