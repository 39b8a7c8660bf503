import { phoneRemovalStep } from './phone-removal-step';

/** For administrators, whose phones only a Privileged Authentication Administrator may change (facts 2.3). */
export const phoneRemovalAdministrator = phoneRemovalStep('phone-removal-administrator', true);
