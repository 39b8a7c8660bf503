import { redemptionStep } from './redemption-step';

/** The target redeems invitations of the source by itself, or asks its users again (facts 9.1, 3). */
export const redemptionInbound = redemptionStep('redemption-inbound', 'target', 'inboundAllowed', {
  on: {
    title: (own, other) => `Redeem invitations from ${other} automatically in ${own}`,
    meaning: (own, other) =>
      `Users of ${other} no longer see a consent prompt when they first enter ${own}, once ${other} allows it too.`,
  },
  off: {
    title: (own, other) => `No longer redeem invitations from ${other} automatically in ${own}`,
    meaning: (own, other) =>
      `Users of ${other} who are in ${own} already stay. Synchronization needs both halves of this switch: the next cycle fails and the job goes into quarantine; pause the link first to avoid that.`,
  },
});
