import { emptyCard } from '../cards/empty';
import { refusedCard } from '../cards/refused';
import { hasSmsSignIn, listPhoneMethods, type PhoneMethod } from '../graph/authentication-methods';
import { listActiveRoles } from '../graph/directory';
import { readSignInMethods } from '../graph/sign-in-methods';
import { withoutSms } from '../steps/phone-user';
import { waysIn } from '../steps/ways-in';
import type { AdaptiveCard } from '../store/ports';
import type { CommandContext } from './context';
import type { CommandDefinition } from './definition';
import { draftPlan } from './draft';
import { withPhoneSubject, type PhoneSubject } from './phone-subject';
import { linkName } from './tenant-names';

export const fixSms: CommandDefinition = {
  name: 'fix sms',
  aliases: ['phone off'],
  group: 'Change',
  summary: 'Turn SMS sign-in off for a user, keep the number',
  details:
    'Users with SMS sign-in are skipped by synchronization. Only signing in with the number ends; it stays for confirming sign-ins. Refused when the user would be left without a sure way to sign in, unless --accept-lockout says that this is meant. Administrators and accepted lock-outs take two approvers.',
  arguments: [
    { name: 'user', kind: 'user' },
    { name: 'link', kind: 'link' },
  ],
  options: [
    {
      name: 'accept-lockout',
      summary: 'Go on although the user may be left without a way to sign in',
      value: { type: 'flag' },
    },
  ],
  tier: 'T2',
  who: 'operator',
  examples: ({ source, target }) => [`fix sms user@domain ${source}>${target}`],
  async run(context, { words, options }) {
    return withPhoneSubject(context, words['user'] ?? '', 'fix sms', (subject) =>
      fix(context, subject, options['accept-lockout'] === 'true'),
    );
  },
};

async function fix(
  context: CommandContext,
  subject: PhoneSubject,
  acceptsLockout: boolean,
): Promise<AdaptiveCard> {
  const { link, source, user, displayName } = subject;
  const phones = await listPhoneMethods(source, user.id);
  if (!hasSmsSignIn(phones)) return nothingToFix(subject, phones);
  const [roles, methods] = await Promise.all([
    listActiveRoles(source, user.id),
    readSignInMethods(source, user.id),
  ]);
  const left = waysIn(withoutSms(phones), methods);
  if (!left.isSure && !acceptsLockout) return wouldLockOut(subject, left.words);
  const command = `fix sms ${user.id} ${linkName(link)}${acceptsLockout ? ' --accept-lockout' : ''}`;
  return draftPlan(context, link, {
    kind: 'fix-sms',
    desired: null,
    subject: {
      type: 'user',
      command,
      displayName,
      userId: user.id,
      userPrincipalName: user.userPrincipalName ?? displayName,
      phoneType: null,
      ...(left.isSure ? {} : { acceptsLockout: true }),
    },
    isSubjectPrivileged: roles.length > 0,
  });
}

const stateWords: Readonly<Record<string, string>> = {
  notenabled: 'SMS sign-in is off',
  notconfigured: 'SMS sign-in is not set up',
  notsupported: 'none of the phones can sign in by SMS',
  notallowedbypolicy: 'the SMS method policy does not let this user sign in by SMS',
  phonenumbernotunique: 'SMS sign-in is off: another user signs in with the same number',
};

function nothingToFix(
  { link, user, displayName }: PhoneSubject,
  phones: readonly PhoneMethod[],
): AdaptiveCard {
  const mobile = phones.find(({ phoneType }) => phoneType?.toLowerCase() === 'mobile') ?? phones[0];
  const state = mobile?.smsSignInState ?? '';
  const why = mobile
    ? `${stateWords[state.toLowerCase()] ?? 'SMS sign-in is not on'} (${state || 'no state'})`
    : 'there is no phone';
  return emptyCard({
    title: 'Nothing to fix',
    sentence: `${displayName}: ${why}.`,
    nextStep: `SMS sign-in does not keep ${displayName} out of ${link.target.displayName}. verify shows both accounts, try runs the synchronization and shows each step.`,
    suggestions: [
      { title: 'Verify user', command: `verify ${user.id} ${linkName(link)}` },
      { title: 'Try user now', command: `try ${user.id} ${linkName(link)}` },
    ],
  });
}

function wouldLockOut({ link, user, displayName }: PhoneSubject, left: string): AdaptiveCard {
  const name = user.userPrincipalName ?? user.id;
  const line = `fix sms ${name} ${linkName(link)}`;
  const rest =
    left === 'nothing'
      ? 'Nothing else is registered to sign in with.'
      : 'Only a password would be left, and Microsoft does not tell whether its owner knows it.';
  return refusedCard({
    what: `Turn SMS sign-in off for ${displayName}`,
    reason: `${displayName} might be locked out. ${rest}`,
    remedy: `Let ${displayName} register Microsoft Authenticator or a passkey, or give them a Temporary Access Pass, then ask again. If it is meant, type: ${line} --accept-lockout. Then two people must approve it.`,
    whoMay: '',
    eligibleRoles: [],
    suggestions: [{ title: 'Ask again', command: line }],
  });
}
