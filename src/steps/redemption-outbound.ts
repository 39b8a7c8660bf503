import { redemptionStep } from './redemption-step';

/** The source lets its users be redeemed in the target by themselves, or no longer (facts 9.1, 5). */
export const redemptionOutbound = redemptionStep('redemption-outbound', 'source', 'outboundAllowed', {
  on: {
    title: (own, other) => `Let users of ${own} be redeemed automatically in ${other}`,
    meaning: (own, other) =>
      `Users of ${own} get no invitation mail and no consent prompt from ${other}: ${own} accepts in their name.`,
  },
  off: {
    title: (own, other) => `No longer let users of ${own} be redeemed automatically in ${other}`,
    meaning: (own, other) =>
      `${own} no longer accepts invitations of ${other} in the name of its users. Those already there stay; the next cycle fails and the job goes into quarantine.`,
  },
});
