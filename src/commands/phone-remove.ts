import { emptyCard } from '../cards/empty';
import { refusedCard } from '../cards/refused';
import {
  listPhoneMethods,
  phoneMethodIds,
  type PhoneMethod,
  type PhoneType,
} from '../graph/authentication-methods';
import type { Suggestion } from '../cards/words';
import { listActiveRoles } from '../graph/directory';
import type { User } from '../graph/users';
import type { Link } from '../plan/types';
import { readDefaultMethod, readSignInMethods } from '../graph/sign-in-methods';
import { defaultsOf, isSureWithout, phoneWords } from '../steps/phone-removal-step';
import type { AdaptiveCard } from '../store/ports';
import type { CommandContext } from './context';
import type { CommandDefinition } from './definition';
import { draftPlan } from './draft';
import { withPhoneSubject, type PhoneSubject } from './phone-subject';
import { linkName } from './tenant-names';

const types = Object.keys(phoneMethodIds) as PhoneType[];

export const phoneRemove: CommandDefinition = {
  name: 'phone remove',
  aliases: [],
  group: 'Change',
  summary: 'Delete a phone of a user; it cannot be put back',
  details:
    'Synchronization never needs this: fix sms is enough and keeps the number. Two people approve and type a number. The bot keeps only the last two digits. The default method and a mobile phone with an alternate one are refused, with the way out.',
  arguments: [
    { name: 'user', kind: 'user' },
    { name: 'link', kind: 'link' },
  ],
  options: [
    {
      name: 'type',
      summary: 'Which phone, when there are several',
      value: { type: 'choice', choices: types },
    },
    {
      name: 'accept-lockout',
      summary: 'Go on although the user may be left without a way to sign in',
      value: { type: 'flag' },
    },
  ],
  tier: 'T3',
  who: 'operator',
  examples: ({ source, target }) => [`phone remove user@domain ${source}>${target} --type office`],
  async run(context, { words, options }) {
    const type = types.find((one) => one === options['type']) ?? null;
    return withPhoneSubject(context, words['user'] ?? '', 'phone remove', (subject) =>
      remove(context, subject, type, options['accept-lockout'] === 'true'),
    );
  },
};

async function remove(
  context: CommandContext,
  subject: PhoneSubject,
  wanted: PhoneType | null,
  acceptsLockout: boolean,
): Promise<AdaptiveCard> {
  const { link, source, user, displayName } = subject;
  const phones = await listPhoneMethods(source, user.id);
  const found = types.filter((type) => phones.some(({ id }) => id === phoneMethodIds[type]));
  const type = wanted ?? (found.length === 1 ? found[0] : undefined);
  if (found.length === 0 || (type && !found.includes(type))) return noSuchPhone(subject, found);
  if (!type) return whichPhone(subject, phones);
  const preferred = await readDefaultMethod(source, user.id);
  const obstacle = obstacleOf(subject, type, found, preferred);
  if (obstacle) return obstacle;
  const [roles, methods] = await Promise.all([
    listActiveRoles(source, user.id),
    readSignInMethods(source, user.id),
  ]);
  const isSure = isSureWithout(phones, type, methods);
  if (!isSure && !acceptsLockout) return wouldLockOut(subject, type);
  const flag = acceptsLockout ? ' --accept-lockout' : '';
  return draftPlan(context, link, {
    kind: 'phone-remove',
    desired: null,
    subject: {
      type: 'user',
      command: `phone remove ${user.id} ${linkName(link)} --type ${type}${flag}`,
      displayName,
      userId: user.id,
      userPrincipalName: user.userPrincipalName ?? displayName,
      phoneType: type,
      ...(isSure ? {} : { acceptsLockout: true }),
    },
    isSubjectPrivileged: roles.length > 0,
  });
}

/** What Graph would refuse (facts 5.2), with the way out. */
function obstacleOf(
  { link, user, displayName }: PhoneSubject,
  type: PhoneType,
  found: readonly PhoneType[],
  preferred: string | null,
): AdaptiveCard | null {
  const what = `Remove the ${phoneWords[type]} of ${displayName}`;
  if (type === 'mobile' && found.includes('alternateMobile')) {
    return refusedCard({
      what,
      reason: 'Microsoft keeps the mobile phone as long as there is an alternate mobile phone.',
      remedy: 'Remove the alternate mobile phone first, then ask again.',
      whoMay: '',
      eligibleRoles: [],
      suggestions: [removal(link, user, 'alternateMobile')],
    });
  }
  if (preferred === null || !defaultsOf[type].includes(preferred)) return null;
  return refusedCard({
    what,
    reason: `It is the default sign-in method of ${displayName}, and Microsoft does not delete that one.`,
    remedy: `Let ${displayName} choose another default at aka.ms/mysecurityinfo, then ask again. For synchronization it is enough to turn SMS sign-in off.`,
    whoMay: '',
    eligibleRoles: [],
    suggestions: [fix(link, user)],
  });
}

function noSuchPhone({ link, user, displayName }: PhoneSubject, found: readonly PhoneType[]): AdaptiveCard {
  return emptyCard({
    title: 'Nothing to remove',
    sentence:
      found.length === 0
        ? `${displayName} has no phone registered.`
        : `${displayName} has no such phone, only: ${found.map((type) => phoneWords[type]).join(', ')}.`,
    nextStep: 'No plan was made.',
    suggestions: found.map((type) => removal(link, user, type)),
  });
}

function whichPhone({ link, user, displayName }: PhoneSubject, phones: readonly PhoneMethod[]): AdaptiveCard {
  const known = types.flatMap((type) => {
    const phone = phones.find(({ id }) => id === phoneMethodIds[type]);
    return phone ? [{ type, words: `${phoneWords[type]} ${phone.maskedNumber ?? ''}` }] : [];
  });
  return emptyCard({
    title: 'Which phone?',
    sentence: `${displayName} has ${known.map(({ words }) => words).join(', ')}.`,
    nextStep: 'Say which one with --type. Nothing is planned yet.',
    suggestions: known.map(({ type }) => removal(link, user, type)),
  });
}

function wouldLockOut({ link, user, displayName }: PhoneSubject, type: PhoneType): AdaptiveCard {
  const line = `phone remove ${user.userPrincipalName ?? user.id} ${linkName(link)} --type ${type}`;
  return refusedCard({
    what: `Remove the ${phoneWords[type]} of ${displayName}`,
    reason: `${displayName} might be locked out: at most a password would be left, and nothing to confirm a sign-in with.`,
    remedy: `Let ${displayName} register Microsoft Authenticator or a passkey, or give them a Temporary Access Pass, then ask again. If it is meant, type: ${line} --accept-lockout.`,
    whoMay: '',
    eligibleRoles: [],
    suggestions: [fix(link, user)],
  });
}

function removal(link: Link, user: User, type: PhoneType): Suggestion {
  return {
    title: `Plan removal: ${phoneWords[type]}`,
    command: `phone remove ${user.id} ${linkName(link)} --type ${type}`,
  };
}

function fix(link: Link, user: User): Suggestion {
  return { title: 'Plan SMS sign-in off', command: `fix sms ${user.id} ${linkName(link)}` };
}
