import { redemptionStep } from './redemption-step';

/** The target redeems invitations of the source by itself (facts 9.1, 3). */
export const redemptionInbound = redemptionStep('redemption-inbound', 'target', 'inboundAllowed', {
  title: (own, other) => `Redeem invitations from ${other} automatically in ${own}`,
  meaning: (own, other) =>
    `Users of ${other} no longer see a consent prompt when they first enter ${own}, once ${other} allows it too.`,
});
