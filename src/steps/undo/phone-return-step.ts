import { BotError } from '../../errors';
import { createPhoneMethod, phoneMethodIds } from '../../graph/authentication-methods';
import { rolesFor } from '../../graph/role-templates';
import type { Change, Step, StepContext, StepName } from '../../plan/types';
import { phoneWords } from '../phone-removal-step';
import { observePhoneUser, type PhoneUser } from '../phone-user';
import { namesOf } from '../step-words';
import { subjectOf } from '../subject-of';

/** Opens what a before-image keeps encrypted. @throws BotError `bad-settings` without its key, `not-found` after a month */
export type OpenImage = (image: string) => Promise<string>;

/** Registers a deleted phone again, with the number that was kept encrypted; one step for administrators. */
export function phoneReturnStep(
  name: StepName,
  isForAdministrators: boolean,
  open: OpenImage,
): Step<PhoneUser | null> {
  return {
    name,
    side: 'source',
    tier: 'T3',
    roleTemplateIds: isForAdministrators ? rolesFor.phoneMethodsOfAdministrators : rolesFor.phoneMethods,
    permissions: ['UserAuthMethod-Phone.ReadWrite.All', 'UserAuthenticationMethod.Read.All'],
    title: (context) =>
      `Register the ${phoneWords[typeOf(context)]} of ${subjectOf(context, 'user').displayName} in ${namesOf(context).source} again`,
    meaning: (context) =>
      `${subjectOf(context, 'user').displayName} can use this phone again. It counts as entered by an administrator, not as the user’s own registration; whether SMS sign-in comes on with it depends on the policy.`,
    observe: (context) => observePhoneUser(context, isForAdministrators, () => false),
    diff: (context, observed) => (observed && !hasPhone(context, observed) ? [changeOf(context)] : []),
    async apply(write, { parameters }) {
      const phoneNumber = await open(String(parameters['image']));
      const phoneType = String(parameters['phoneType']) as keyof typeof phoneMethodIds;
      return {
        requestIds: await createPhoneMethod(write, String(parameters['userId']), { phoneType, phoneNumber }),
      };
    },
  };
}

/** Where nobody opens anything: for looking only. */
export const closedImage: OpenImage = async () => {
  throw new BotError('bad-settings', 'opening a kept phone number', 'Set BEFORE_IMAGE_KEYS.');
};

function hasPhone(context: StepContext, { phones }: PhoneUser): boolean {
  return phones.some(({ id }) => id === phoneMethodIds[typeOf(context)]);
}

function changeOf(context: StepContext): Change {
  const { userId, displayName, image } = subjectOf(context, 'user');
  const phoneType = typeOf(context);
  return {
    operation: 'phoneMethods.create',
    title: `${phoneWords[phoneType]} of ${displayName}`,
    fields: [{ field: phoneWords[phoneType], before: 'absent', after: 'the number that was deleted' }],
    parameters: { userId, phoneType, image: image ?? null },
    affectedUsers: 1,
    undo: 'Remove the phone with phone remove.',
  };
}

function typeOf(context: StepContext) {
  return subjectOf(context, 'user').phoneType ?? 'mobile';
}
