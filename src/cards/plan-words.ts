import type { PlanKind, PlanState, StepName } from '../plan/types';
import type { HeaderStyle } from './render';

/** `short` begins the title of a row; `done` says of the link why there is nothing to plan. */
export const kindWords: Readonly<
  Record<PlanKind, { readonly title: string; readonly short: string; readonly done: string }>
> = {
  setup: { title: 'Set up synchronization', short: 'Set up', done: 'is set up as wished already' },
  start: { title: 'Start synchronization', short: 'Start', done: 'is running already' },
  pause: { title: 'Pause synchronization', short: 'Pause', done: 'is not running' },
  restart: { title: 'Restart synchronization', short: 'Restart', done: 'has nothing to restart' },
  try: { title: 'Synchronize one user', short: 'Try', done: 'has nothing to try' },
};

export const stateWords: Readonly<Record<PlanState, { readonly word: string; readonly style: HeaderStyle }>> =
  {
    draft: { word: 'Draft', style: 'emphasis' },
    submitted: { word: 'Waiting for approval', style: 'accent' },
    approved: { word: 'Approved', style: 'accent' },
    applying: { word: 'Running', style: 'accent' },
    applied: { word: 'Done', style: 'good' },
    failed: { word: 'Failed', style: 'attention' },
    'needs-attention': { word: 'Needs attention', style: 'attention' },
    stale: { word: 'Out of date', style: 'warning' },
    rejected: { word: 'Rejected', style: 'warning' },
    withdrawn: { word: 'Withdrawn', style: 'emphasis' },
    expired: { word: 'Expired', style: 'warning' },
    superseded: { word: 'Replaced', style: 'emphasis' },
  };

/** What a step is, without any name of a person or group: for channels. */
export const stepWords: Readonly<Record<StepName, string>> = {
  'partner-target': 'Partner entry',
  'inbound-sync': 'Allow inbound synchronization',
  'redemption-inbound': 'Inbound automatic redemption',
  'partner-source': 'Partner entry',
  'redemption-outbound': 'Outbound automatic redemption',
  configuration: 'Configuration',
  job: 'Synchronization job',
  secrets: 'Settings of the configuration',
  assignments: 'Assignments',
  mapping: 'Attribute mapping',
  'provision-on-demand': 'Synchronize one user',
  'start-job': 'Start the job',
  'restart-job': 'Restart the job',
  'pause-job': 'Pause the job',
};
