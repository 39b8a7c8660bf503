import { smsSignInStep } from './sms-sign-in-step';

/** For users without an administrator role. */
export const smsSignInOff = smsSignInStep('sms-sign-in-off', false);
