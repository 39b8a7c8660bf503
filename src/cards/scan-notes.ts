import type { Link } from '../plan/types';
import type { SmsScan } from '../scans';
import { type Leaf, text } from './text';
import { counted, listed } from './words';

/** The root cause: who may sign in by SMS, so that the next one comes tomorrow. */
export function causeOf({ source }: Link, { policy, findings }: SmsScan): Leaf {
  if (policy.outcome === 'unread') {
    return findings.length === 0
      ? ''
      : text`Not known: the SMS method policy of ${source.displayName} could not be read: ${policy.reason}.`;
  }
  if (policy.targets.length === 0) {
    return text`No: the SMS method policy of ${source.displayName} lets nobody sign in by SMS.`;
  }
  const groups = policy.targets.filter(({ isEverybody }) => !isEverybody).map(({ name }) => text`“${name}”`);
  const who = policy.targets.some(({ isEverybody }) => isEverybody)
    ? text`all users`
    : text`${groups.length === 1 ? text`the group` : text`the groups`} ${listed(groups)}`;
  return text`Yes: the SMS method policy of ${source.displayName} lets ${who} sign in by SMS (isUsableForSignIn), so a fixed user can come back. An Authentication Policy Administrator changes it in the Entra admin center: Authentication methods, SMS, “Use for sign-in”.`;
}

/** Who was left out and why, and what was not readable. */
export function notesOf({ source }: Link, scan: SmsScan): Leaf[] {
  const { policy, report, asked, unread, off, notAsked } = scan;
  return [
    policy.outcome === 'unread'
      ? text`The SMS method policy could not be read (${policy.reason}), so nobody was left out by it.`
      : policy.excluded > 0
        ? text`Left out: ${counted(policy.excluded, 'user')} whom the SMS method policy does not let sign in by SMS.`
        : '',
    report.outcome === 'unread'
      ? text`The registration report of ${source.displayName} could not be read (${report.reason}), so everybody else was asked. That takes longer and finds the same.`
      : report.excluded > 0
        ? text`Left out: ${counted(report.excluded, 'user')} without a mobile phone in the registration report, which may be a day old.`
        : '',
    text`Asked: ${counted(asked, 'user')}; SMS sign-in is off for ${off} of them.`,
    unread > 0 ? text`Microsoft Graph gave no answer about ${counted(unread, 'user')}: scan again.` : '',
    notAsked > 0 ? text`Not asked yet: ${counted(notAsked, 'user')}.` : '',
  ].filter((line) => line !== '');
}
