import { partnerStep } from './partner-step';

/** The source learns the target as a partner (facts 9.1, 4). */
export const partnerSource = partnerStep('partner-source', 'source');
