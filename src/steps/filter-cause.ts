import { hasSmsSignIn, listPhoneMethods } from '../graph/authentication-methods';
import type { GraphRead } from '../graph/client';
import { isExternal } from '../graph/directory';
import type { ProvisionResult } from '../graph/provision-on-demand';
import { scopeOf } from '../graph/provisioning-logs';
import { readUser } from '../graph/users';
import { BotError } from '../errors';

/** Which of its two causes the filter about external users has; `unknown` when the user could not be read. */
export type FilterCause = 'sms' | 'external' | 'neither' | 'unknown';

/** The filter that users with SMS sign-in and external users fail alike (facts 5.1). */
const externalFilter = /alternativeSecurityIds EQUALS 'None'/i;

/** Tells SMS sign-in from a really external user by reading the user; `null` when that filter was met. */
export async function filterCauseOf(
  source: GraphRead,
  userId: string,
  result: Pick<ProvisionResult, 'steps'>,
): Promise<FilterCause | null> {
  const clauses = Object.entries(scopeOf(result.steps));
  if (!clauses.some(([clause, isMet]) => !isMet && externalFilter.test(clause))) return null;
  try {
    const user = await readUser(source, userId);
    if (!user) return 'unknown';
    if (isExternal(user)) return 'external';
    return hasSmsSignIn(await listPhoneMethods(source, userId)) ? 'sms' : 'neither';
  } catch (error) {
    if (error instanceof BotError) return 'unknown';
    throw error;
  }
}
