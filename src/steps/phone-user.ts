import { BotError } from '../errors';
import { listPhoneMethods, type PhoneMethod } from '../graph/authentication-methods';
import { listActiveRoles } from '../graph/directory';
import { readSignInMethods, type SignInMethods } from '../graph/sign-in-methods';
import type { StepContext } from '../plan/types';
import { namesOf } from './step-words';
import { subjectOf } from './subject-of';

/** A user as a step about phones finds them; null when the step is for the other kind of user. */
export interface PhoneUser {
  readonly phones: readonly PhoneMethod[];
  readonly methods: SignInMethods;
}

/**
 * Looks at the phones of the plan's user by object id (never by UPN: facts, product 1), for administrators or for
 * everybody else: Entra asks for another role for each (facts 2.3). `concerns` says whether anything is to be done, so
 * that the other methods are read only then: Graph allows five such reads in ten seconds (facts 7.2).
 */
export async function observePhoneUser(
  context: StepContext,
  isForAdministrators: boolean,
  concerns: (phones: readonly PhoneMethod[]) => boolean,
): Promise<PhoneUser | null> {
  const { userId } = subjectOf(context, 'user');
  const roles = await listActiveRoles(context.source, userId);
  if (roles.length > 0 !== isForAdministrators) return null;
  const phones = await listPhoneMethods(context.source, userId);
  if (!concerns(phones)) return { phones, methods: { others: [], hasPassword: false } };
  return { phones, methods: await readSignInMethods(context.source, userId) };
}

/**
 * Nobody is locked out by accident: not when it is planned, and not when it is about to be written.
 * @throws BotError `not-allowed`
 */
export function refuseLockOut(context: StepContext, isSure: boolean): void {
  const subject = subjectOf(context, 'user');
  if (isSure || subject.acceptsLockout === true) return;
  throw new BotError(
    'not-allowed',
    `looking at what ${subject.displayName} in ${namesOf(context).source} could still sign in with`,
    'Let the user register Microsoft Authenticator or a passkey first, or give them a Temporary Access Pass; then plan it again.',
  );
}

/** The phones as they are once SMS sign-in is off. */
export function withoutSms(phones: readonly PhoneMethod[]): readonly PhoneMethod[] {
  return phones.map((phone) =>
    phone.smsSignInState?.toLowerCase() === 'ready' ? { ...phone, smsSignInState: 'notEnabled' } : phone,
  );
}
