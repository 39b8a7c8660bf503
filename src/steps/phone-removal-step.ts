import { BotError } from '../errors';
import {
  deletePhoneMethod,
  phoneMethodIds,
  readPhoneNumber,
  type PhoneMethod,
  type PhoneType,
} from '../graph/authentication-methods';
import { rolesFor } from '../graph/role-templates';
import { readDefaultMethod, type SignInMethods } from '../graph/sign-in-methods';
import type { Change, Step, StepContext, StepName } from '../plan/types';
import { observePhoneUser, refuseLockOut, type PhoneUser } from './phone-user';
import { namesOf } from './step-words';
import { subjectOf } from './subject-of';
import { waysIn } from './ways-in';

type Observed = PhoneUser | null;

/** Deletes one phone of a user (facts 5.2); one step for administrators, one for all others. */
export function phoneRemovalStep(name: StepName, isForAdministrators: boolean): Step<Observed> {
  return {
    name,
    side: 'source',
    tier: 'T3',
    roleTemplateIds: isForAdministrators ? rolesFor.phoneMethodsOfAdministrators : rolesFor.phoneMethods,
    permissions: ['UserAuthMethod-Phone.ReadWrite.All', 'UserAuthenticationMethod.Read.All'],
    title: (context) =>
      `Remove the ${phoneWords[typeOf(context)]} of ${subjectOf(context, 'user').displayName} in ${namesOf(context).source}`,
    meaning: (context) =>
      `${subjectOf(context, 'user').displayName} can no longer use this phone: not to sign in, not to confirm a sign-in, not to reset the password. Synchronization does not need it: turning SMS sign-in off is enough for that.`,
    observe: (context) => observe(context, isForAdministrators),
    secretImage: (context) =>
      readPhoneNumber(context.source, subjectOf(context, 'user').userId, phoneMethodIds[typeOf(context)]),
    diff: (context, observed) =>
      observed && phoneOf(context, observed.phones) ? [changeOf(context, observed)] : [],
    async apply(write, { parameters }) {
      const { userId, phoneMethodId } = parameters;
      return { requestIds: await deletePhoneMethod(write, String(userId), String(phoneMethodId)) };
    },
  };
}

export const phoneWords: Readonly<Record<PhoneType, string>> = {
  mobile: 'mobile phone',
  alternateMobile: 'alternate mobile phone',
  office: 'office phone',
};

async function observe(context: StepContext, isForAdministrators: boolean): Promise<Observed> {
  const isThere = (phones: readonly PhoneMethod[]) => phoneOf(context, phones) !== undefined;
  const user = await observePhoneUser(context, isForAdministrators, isThere);
  if (!user || !isThere(user.phones)) return user;
  refuseMobileFirst(context, user.phones);
  await refuseDefault(context);
  refuseLockOut(context, isSureWithout(user.phones, typeOf(context), user.methods));
  return user;
}

/** Graph refuses to delete the mobile phone while there is an alternate one (facts 5.2). @throws BotError */
function refuseMobileFirst(context: StepContext, phones: readonly PhoneMethod[]): void {
  const hasAlternate = phones.some(({ id }) => id === phoneMethodIds.alternateMobile);
  if (typeOf(context) !== 'mobile' || !hasAlternate) return;
  const subject = subjectOf(context, 'user');
  throw new BotError(
    'not-allowed',
    `looking at the phones of ${subject.displayName} in ${namesOf(context).source}`,
    'Remove the alternate mobile phone first: Microsoft keeps the mobile phone as long as there is one.',
  );
}

/** Default methods that are this phone, as Graph spells them. */
export const defaultsOf: Readonly<Record<PhoneType, readonly string[]>> = {
  mobile: ['sms', 'voiceMobile'],
  alternateMobile: ['voiceAlternateMobile'],
  office: ['voiceOffice'],
};

/** Graph refuses to delete the phone that is the default method (facts 5.2). @throws BotError */
async function refuseDefault(context: StepContext): Promise<void> {
  const { userId, displayName } = subjectOf(context, 'user');
  const preferred = await readDefaultMethod(context.source, userId);
  if (preferred === null || !defaultsOf[typeOf(context)].includes(preferred)) return;
  throw new BotError(
    'not-allowed',
    `looking at the default sign-in method of ${displayName} in ${namesOf(context).source}`,
    'Let the user choose another default sign-in method at aka.ms/mysecurityinfo first: this phone is the default one.',
  );
}

function changeOf(context: StepContext, { phones, methods }: PhoneUser): Change {
  const { userId, displayName } = subjectOf(context, 'user');
  const type = typeOf(context);
  const phoneMethodId = phoneMethodIds[type];
  const left = phones.filter(({ id }) => id !== phoneMethodId);
  const after = waysIn(left, methods).words;
  const isSure = isSureWithout(phones, type, methods);
  return {
    operation: 'phoneMethods.delete',
    title: `${phoneWords[type]} of ${displayName}`,
    fields: [
      {
        field: phoneWords[type],
        before: phoneOf(context, phones)?.maskedNumber ?? 'not shown',
        after: 'absent',
      },
      {
        field: 'signs in with',
        before: waysIn(phones, methods).words,
        after: isSure ? after : `${after} (may be locked out)`,
      },
    ],
    parameters: { userId, phoneMethodId },
    affectedUsers: 1,
    undo: true,
    notes: [
      'The number is kept encrypted for 30 days: an undo registers it again, but as an administrator’s entry, not as the user’s own registration.',
    ],
  };
}

/**
 * Whether a sure way to sign in is left without this phone: another method, SMS sign-in, or the password with another
 * phone to confirm it.
 */
export function isSureWithout(
  phones: readonly PhoneMethod[],
  type: PhoneType,
  methods: SignInMethods,
): boolean {
  const left = phones.filter(({ id }) => id !== phoneMethodIds[type]);
  return waysIn(left, methods).isSure || (methods.hasPassword && left.length > 0);
}

function typeOf(context: StepContext): PhoneType {
  return subjectOf(context, 'user').phoneType ?? 'mobile';
}

function phoneOf(context: StepContext, phones: readonly PhoneMethod[]): PhoneMethod | undefined {
  return phones.find(({ id }) => id === phoneMethodIds[typeOf(context)]);
}
