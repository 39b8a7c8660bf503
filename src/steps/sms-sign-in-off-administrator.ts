import { smsSignInStep } from './sms-sign-in-step';

/** For administrators, whose sign-in only a Privileged Authentication Administrator may change (facts 2.3). */
export const smsSignInOffAdministrator = smsSignInStep('sms-sign-in-off-administrator', true);
