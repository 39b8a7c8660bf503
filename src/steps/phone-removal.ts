import { phoneRemovalStep } from './phone-removal-step';

/** For users without an administrator role. */
export const phoneRemoval = phoneRemovalStep('phone-removal', false);
