import type { Step } from '../../plan/types';
import { assignPrincipals } from '../assign-principals';
import { attributeMapping } from '../attribute-mapping';
import { defaultPolicy } from '../default-policy';
import { inboundSync } from '../inbound-sync';
import { inboundTrust } from '../inbound-trust';
import { pauseJob } from '../pause-job';
import { redemptionInbound } from '../redemption-inbound';
import { redemptionOutbound } from '../redemption-outbound';
import { scopeFilter } from '../scope-filter';
import { scopeSwitch } from '../scope-switch';
import { smsSignInOff } from '../sms-sign-in-off';
import { smsSignInOffAdministrator } from '../sms-sign-in-off-administrator';
import { startJob } from '../start-job';
import { unassignPrincipals } from '../unassign-principals';
import { within } from './part';
import { closedImage, phoneReturnStep, type OpenImage } from './phone-return-step';
import { settingsRestored } from './settings-restored';
import { smsSignInOnStep } from './sms-sign-in-on-step';
import { trustInherited } from './trust-inherited';

const smsSignInOn = smsSignInOnStep('sms-sign-in-on', false);
const smsSignInOnAdministrator = smsSignInOnStep('sms-sign-in-on-administrator', true);

const inner = [
  pauseJob,
  attributeMapping,
  unassignPrincipals,
  assignPrincipals,
  scopeFilter,
  scopeSwitch,
  settingsRestored,
  redemptionOutbound,
  redemptionInbound,
  inboundTrust,
  trustInherited,
  inboundSync,
  defaultPolicy,
  startJob,
] as readonly Step[];

/**
 * Every step that takes something back, the source first and the switches of the target last: the other way round than
 * a set-up. Those about a phone exist twice, as the roles of its user ask for other approvers.
 */
export const undoSteps: readonly Step[] = undoStepsWith(closedImage);

/** The same, with the door to what is kept encrypted. */
export function undoStepsWith(open: OpenImage): readonly Step[] {
  return [
    ...inner.map((step) => within(step)),
    within(smsSignInOn as Step),
    within(smsSignInOnAdministrator as Step, 'sms-sign-in-on'),
    within(smsSignInOff as Step),
    within(smsSignInOffAdministrator as Step, 'sms-sign-in-off'),
    within(phoneReturnStep('phone-return', false, open) as Step),
    within(phoneReturnStep('phone-return-administrator', true, open) as Step, 'phone-return'),
  ];
}
