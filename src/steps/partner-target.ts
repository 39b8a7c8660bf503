import { partnerStep } from './partner-step';

/** The target learns the source as a partner (facts 9.1, 1). */
export const partnerTarget = partnerStep('partner-target', 'target');
