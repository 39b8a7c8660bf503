import type { PlanKind, Step } from '../plan/types';
import { assignPrincipals } from './assign-principals';
import { assignments } from './assignments';
import { attributeMapping } from './attribute-mapping';
import { configuration } from './configuration';
import { deletionGuard } from './deletion-guard';
import { inboundSync } from './inbound-sync';
import { defaultPolicy } from './default-policy';
import { inboundTrust } from './inbound-trust';
import { job } from './job';
import { mapping } from './mapping';
import { notificationMail } from './notification-mail';
import { partnerSource } from './partner-source';
import { partnerTarget } from './partner-target';
import { pauseJob } from './pause-job';
import { phoneRemoval } from './phone-removal';
import { phoneRemovalAdministrator } from './phone-removal-administrator';
import { provisionOnDemand } from './provision-on-demand';
import { redemptionInbound } from './redemption-inbound';
import { redemptionOutbound } from './redemption-outbound';
import { scopeFilter } from './scope-filter';
import { scopeSwitch } from './scope-switch';
import { restartJob } from './restart-job';
import { secrets } from './secrets';
import { smsSignInOff } from './sms-sign-in-off';
import { smsSignInOffAdministrator } from './sms-sign-in-off-administrator';
import { startJob } from './start-job';
import { unassignPrincipals } from './unassign-principals';
import { syncProof } from './sync-proof';
import { undoSteps } from './undo/undo-steps';

/** What `setup` does, in this order: target first, for the source's test fails until the target allows it (facts 9.1). */
export const setupSteps: readonly Step[] = [
  partnerTarget,
  inboundSync,
  redemptionInbound,
  partnerSource,
  redemptionOutbound,
  configuration,
  job,
  secrets,
  assignments,
  mapping,
] as readonly Step[];

export const startSteps: readonly Step[] = [startJob] as readonly Step[];
export const pauseSteps: readonly Step[] = [pauseJob] as readonly Step[];
export const restartSteps: readonly Step[] = [restartJob] as readonly Step[];
export const trySteps: readonly Step[] = [provisionOnDemand] as readonly Step[];

/** SMS sign-in off, and the proof; which of the first two applies depends on the roles of the user. */
export const fixSmsSteps: readonly Step[] = [
  smsSignInOff,
  smsSignInOffAdministrator,
  syncProof,
] as readonly Step[];

export const phoneRemoveSteps: readonly Step[] = [phoneRemoval, phoneRemovalAdministrator] as readonly Step[];

/** The steps of every kind of plan. */
export const stepsOf: Readonly<Record<PlanKind, readonly Step[]>> = {
  setup: setupSteps,
  start: startSteps,
  pause: pauseSteps,
  restart: restartSteps,
  try: trySteps,
  assign: [assignPrincipals] as readonly Step[],
  unassign: [unassignPrincipals] as readonly Step[],
  guard: [deletionGuard] as readonly Step[],
  mail: [notificationMail] as readonly Step[],
  'scope-set': [scopeSwitch, scopeFilter] as readonly Step[],
  'map-set': [attributeMapping] as readonly Step[],
  allow: [inboundSync] as readonly Step[],
  redeem: [redemptionInbound, redemptionOutbound] as readonly Step[],
  trust: [inboundTrust] as readonly Step[],
  default: [defaultPolicy] as readonly Step[],
  'fix-sms': fixSmsSteps,
  'phone-remove': phoneRemoveSteps,
  undo: undoSteps,
  // Needs the database, so the composition root puts it in: without it such a plan is refused.
  unfreeze: [],
};
