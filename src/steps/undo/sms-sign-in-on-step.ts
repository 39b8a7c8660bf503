import {
  enableSmsSignIn,
  hasSmsSignIn,
  mobilePhoneMethodId,
  type PhoneMethod,
} from '../../graph/authentication-methods';
import { BotError } from '../../errors';
import { rolesFor } from '../../graph/role-templates';
import type { Change, Step, StepContext, StepName } from '../../plan/types';
import { observePhoneUser, type PhoneUser } from '../phone-user';
import { namesOf } from '../step-words';
import { subjectOf } from '../subject-of';

/** The field by which both directions tell it. */
export const smsField = 'SMS sign-in (smsSignInState)';

/** Turns SMS sign-in on again (facts 5.2); one step for administrators, one for all others. */
export function smsSignInOnStep(name: StepName, isForAdministrators: boolean): Step<PhoneUser | null> {
  return {
    name,
    side: 'source',
    tier: 'T2',
    roleTemplateIds: isForAdministrators ? rolesFor.phoneMethodsOfAdministrators : rolesFor.phoneMethods,
    permissions: ['UserAuthMethod-Phone.ReadWrite.All', 'UserAuthenticationMethod.Read.All'],
    title: (context) =>
      `Turn SMS sign-in on again for ${subjectOf(context, 'user').displayName} in ${namesOf(context).source}`,
    meaning: (context) =>
      `${subjectOf(context, 'user').displayName} can sign in with the phone number and a code sent to it again, and is then no longer synchronized to ${namesOf(context).target}.`,
    observe: (context) => observePhoneUser(context, isForAdministrators, () => false),
    diff: (context, observed) =>
      observed && !hasSmsSignIn(observed.phones) ? [changeOf(context, observed.phones)] : [],
    async apply(write, { parameters }) {
      return { requestIds: await enableSmsSignIn(write, String(parameters['userId'])) };
    },
  };
}

function changeOf(context: StepContext, phones: readonly PhoneMethod[]): Change {
  const { userId, displayName } = subjectOf(context, 'user');
  const mobile = phones.find(({ id }) => id === mobilePhoneMethodId);
  if (!mobile) {
    throw new BotError(
      'not-found',
      `looking for the mobile phone of ${displayName} in ${namesOf(context).source}`,
      'Let the user register the phone again: SMS sign-in needs one.',
    );
  }
  return {
    operation: 'phoneMethods.enableSmsSignIn',
    title: `SMS sign-in of ${displayName}`,
    fields: [
      { field: smsField, before: mobile.smsSignInState ?? 'not shown', after: 'ready' },
      { field: 'mobile number', before: mobile.maskedNumber ?? 'not shown', after: 'kept' },
    ],
    parameters: { userId, phoneMethodId: mobilePhoneMethodId },
    affectedUsers: 1,
    undo: true,
  };
}
