import type { PlanKind, Step } from '../plan/types';
import { assignments } from './assignments';
import { configuration } from './configuration';
import { inboundSync } from './inbound-sync';
import { job } from './job';
import { mapping } from './mapping';
import { partnerSource } from './partner-source';
import { partnerTarget } from './partner-target';
import { pauseJob } from './pause-job';
import { provisionOnDemand } from './provision-on-demand';
import { redemptionInbound } from './redemption-inbound';
import { redemptionOutbound } from './redemption-outbound';
import { restartJob } from './restart-job';
import { secrets } from './secrets';
import { startJob } from './start-job';

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

/** The steps of every kind of plan. */
export const stepsOf: Readonly<Record<PlanKind, readonly Step[]>> = {
  setup: setupSteps,
  start: startSteps,
  pause: pauseSteps,
  restart: restartSteps,
  try: trySteps,
};
