import { BotError } from '../errors';
import type { GraphRead } from '../graph/client';
import { listActiveRoles } from '../graph/directory';
import { hasOtherMethod, type Registration } from '../graph/registration-report';
import { readSignInMethods } from '../graph/sign-in-methods';
import type { SmsClass } from './types';

/**
 * What SMS sign-in in this state means for this user. Without a row of the registration report the directory and the
 * methods themselves are asked; where those may not be read it stays unclear, never safe.
 */
export async function classOf(
  graph: GraphRead,
  userId: string,
  state: string,
  registration: Registration | null,
): Promise<SmsClass> {
  const word = state.toLowerCase();
  if (word === 'phonenumbernotunique') return 'not-unique';
  if (word !== 'ready') return 'other';
  if (registration) {
    if (registration.isAdmin === true) return 'administrator';
    return hasOtherMethod(registration) ? 'safe' : 'locked-out';
  }
  if ((await listActiveRoles(graph, userId)).length > 0) return 'administrator';
  try {
    const { others } = await readSignInMethods(graph, userId);
    return others.length > 0 ? 'safe' : 'locked-out';
  } catch (error) {
    const isMissing =
      error instanceof BotError && ['consent-missing', 'permission-missing'].includes(error.code);
    if (isMissing) return 'unclear';
    throw error;
  }
}
