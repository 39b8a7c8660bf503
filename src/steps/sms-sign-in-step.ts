import {
  disableSmsSignIn,
  hasSmsSignIn,
  mobilePhoneMethodId,
  type PhoneMethod,
} from '../graph/authentication-methods';
import { rolesFor } from '../graph/role-templates';
import type { Change, Step, StepContext, StepName } from '../plan/types';
import { observePhoneUser, refuseLockOut, withoutSms, type PhoneUser } from './phone-user';
import { namesOf } from './step-words';
import { subjectOf } from './subject-of';
import { waysIn } from './ways-in';

type Observed = PhoneUser | null;

/** Turns SMS sign-in off and keeps the number (facts 5.1, 5.2); one step for administrators, one for all others. */
export function smsSignInStep(name: StepName, isForAdministrators: boolean): Step<Observed> {
  return {
    name,
    side: 'source',
    tier: 'T2',
    roleTemplateIds: isForAdministrators ? rolesFor.phoneMethodsOfAdministrators : rolesFor.phoneMethods,
    permissions: ['UserAuthMethod-Phone.ReadWrite.All', 'UserAuthenticationMethod.Read.All'],
    title: (context) =>
      `Turn SMS sign-in off for ${subjectOf(context, 'user').displayName} in ${namesOf(context).source}`,
    meaning: (context) =>
      `${subjectOf(context, 'user').displayName} can no longer sign in with the phone number and a code sent to it. The number stays and can still be used to confirm a sign-in. It can be enabled again while the policy allows it and nobody else signs in with that number.`,
    async observe(context) {
      const user = await observePhoneUser(context, isForAdministrators, hasSmsSignIn);
      if (user && hasSmsSignIn(user.phones)) {
        refuseLockOut(context, waysIn(withoutSms(user.phones), user.methods).isSure);
      }
      return user;
    },
    diff: (context, observed) =>
      observed && hasSmsSignIn(observed.phones) ? [changeOf(context, observed)] : [],
    async apply(write, { parameters }) {
      return { requestIds: await disableSmsSignIn(write, String(parameters['userId'])) };
    },
  };
}

function changeOf(context: StepContext, { phones, methods }: PhoneUser): Change {
  const { userId, displayName } = subjectOf(context, 'user');
  const number = numberOf(phones);
  const after = waysIn(withoutSms(phones), methods);
  return {
    operation: 'phoneMethods.disableSmsSignIn',
    title: `SMS sign-in of ${displayName}`,
    fields: [
      { field: 'SMS sign-in (smsSignInState)', before: 'ready', after: 'notEnabled' },
      { field: 'mobile number', before: number, after: 'kept' },
      {
        field: 'signs in with',
        before: waysIn(phones, methods).words,
        after: after.isSure ? after.words : `${after.words} (may be locked out)`,
      },
    ],
    parameters: { userId, phoneMethodId: mobilePhoneMethodId },
    affectedUsers: 1,
    undo: true,
  };
}

function numberOf(phones: readonly PhoneMethod[]): string {
  return phones.find(({ id }) => id === mobilePhoneMethodId)?.maskedNumber ?? 'not shown';
}
