import type { PhoneMethod } from '../graph/authentication-methods';
import { hasSmsSignIn } from '../graph/authentication-methods';
import type { SignInMethods } from '../graph/sign-in-methods';

/** What a user can sign in with, before or after a change. */
export interface WaysIn {
  /** "SMS sign-in, Microsoft Authenticator, password"; "nothing" when there is none. */
  readonly words: string;
  /** False when only a password is left: nobody can see whether its owner knows it. */
  readonly isSure: boolean;
}

/** Phones by themselves let nobody in; only SMS sign-in does. */
export function waysIn(phones: readonly PhoneMethod[], methods: SignInMethods): WaysIn {
  const sms = hasSmsSignIn(phones) ? ['SMS sign-in'] : [];
  const password = methods.hasPassword ? ['password'] : [];
  const all = [...sms, ...methods.others, ...password];
  return {
    words: all.length === 0 ? 'nothing' : all.join(', '),
    isSure: sms.length + methods.others.length > 0,
  };
}
