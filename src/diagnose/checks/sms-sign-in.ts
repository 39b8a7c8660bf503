import { BotError } from '../../errors';
import { findSmsSignInUsers } from '../../graph/authentication-methods';
import { listMobileRegistrations } from '../../graph/registration-report';
import type { Look } from '../look';
import { scopeWords, type Scope, type ScopedUser } from '../scope';
import type { Check, Finding } from '../types';

/** Users asked one by one: Graph allows five such reads in ten seconds (facts 7.2). */
export const smsSampleSize = 20;
/** Rows of the report, a thousand to a page of the same budget; a longer report is no use for a quick check. */
const reportLimit = 3_000;

const needed = 'off, because such users are skipped';

/** Whom SMS sign-in would keep out (facts 5.1). */
export const smsChecks: readonly Check[] = [
  { name: 'sms-sign-in', side: 'source', title: 'SMS sign-in of users in scope', run: smsFindings },
];

async function smsFindings(look: Look): Promise<readonly Finding[]> {
  const scope = await look.scope();
  if (scope.users.length === 0) {
    return [{ verdict: 'pass', current: 'nobody is in scope yet', needed }];
  }
  const candidates = await withMobilePhone(look, scope.users);
  const inDoubt = candidates ?? scope.users;
  const asked = inDoubt.slice(0, smsSampleSize);
  const ids = asked.map(({ id }) => id);
  const { withSms, unread } = ids.length > 0 ? await findSmsSignInUsers(look.source, ids) : nobody;
  const missing = unread.length > 0 ? `, ${unread.length} not readable` : '';
  const looked = `${asked.length} looked at${missing}; ${extentOf(candidates, scope)}`;
  if (withSms.length === 0 && unread.length === 0) {
    const off = asked.length === inDoubt.length ? 'off' : 'off as far as seen';
    return [{ verdict: 'pass', current: `${off} (${looked})`, needed }];
  }
  const names = asked.filter(({ id }) => withSms.includes(id)).map(({ name }) => name);
  const who = names.length > 0 ? `: ${names.slice(0, 3).join(', ')}${names.length > 3 ? '…' : ''}` : '';
  const fix = {
    role: `Authentication Administrator of ${look.link.source.displayName}`,
    remedy: 'Turn SMS sign-in off for these users; their number can stay for MFA.',
  };
  return [{ verdict: 'warn', current: `on for ${withSms.length}${who} (${looked})`, needed, fix }];
}

const nobody = { withSms: [], unread: [] } as const;

/**
 * Only they can have SMS sign-in (facts 5.3). `null` when the report cannot tell: it needs Entra ID P1, and the check
 * goes on without it.
 */
async function withMobilePhone(
  look: Look,
  users: readonly ScopedUser[],
): Promise<readonly ScopedUser[] | null> {
  try {
    const { items, isComplete } = await listMobileRegistrations(look.source, reportLimit);
    const registered = new Set(items.map(({ id }) => id.toLowerCase()));
    return isComplete ? users.filter(({ id }) => registered.has(id.toLowerCase())) : null;
  } catch (error) {
    if (error instanceof BotError) return null;
    throw error;
  }
}

/** "2 of 12 users have a mobile phone", which the report knows a day late. */
function extentOf(candidates: readonly ScopedUser[] | null, scope: Scope): string {
  if (candidates === null) return `${scopeWords(scope)} in scope`;
  return `${candidates.length} of ${scopeWords(scope)} ${candidates.length === 1 ? 'has' : 'have'} a mobile phone`;
}
