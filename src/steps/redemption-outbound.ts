import { redemptionStep } from './redemption-step';

/** The source lets its users be redeemed in the target by themselves (facts 9.1, 5). */
export const redemptionOutbound = redemptionStep('redemption-outbound', 'source', 'outboundAllowed', {
  title: (own, other) => `Let users of ${own} be redeemed automatically in ${other}`,
  meaning: (own, other) =>
    `Users of ${own} get no invitation mail and no consent prompt from ${other}: ${own} accepts in their name.`,
});
