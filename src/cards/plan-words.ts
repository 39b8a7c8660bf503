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
  assign: { title: 'Assign users and groups', short: 'Assign', done: 'has them assigned already' },
  unassign: { title: 'Take users and groups out', short: 'Unassign', done: 'has none of them assigned' },
  guard: {
    title: 'Change the deletion guard',
    short: 'Deletion guard',
    done: 'has that deletion guard already',
  },
  mail: {
    title: 'Change the notification mail',
    short: 'Notification mail',
    done: 'mails that address already',
  },
  'scope-set': { title: 'Change who is in scope', short: 'Scope', done: 'has that scope already' },
  'map-set': { title: 'Change an attribute mapping', short: 'Mapping of', done: 'maps it so already' },
  allow: { title: 'Inbound synchronization', short: 'Inbound synchronization', done: 'has it so already' },
  redeem: { title: 'Automatic redemption', short: 'Automatic redemption', done: 'has it so already' },
  trust: { title: 'Inbound trust', short: 'Inbound trust', done: 'has it so already' },
  default: {
    title: 'Default for all partners',
    short: 'Default for all partners',
    done: 'has it so already',
  },
  'fix-sms': { title: 'Turn SMS sign-in off', short: 'Turn SMS sign-in off', done: 'has it off already' },
  undo: { title: 'Undo', short: 'Undo', done: 'is as it was before' },
  unfreeze: { title: 'Lift a freeze', short: 'Lift the freeze of', done: 'is not frozen' },
  'phone-remove': { title: 'Remove a phone', short: 'Remove a phone', done: 'has no such phone' },
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
  'inbound-sync': 'Inbound synchronization',
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
  'assign-principals': 'Assignments',
  'unassign-principals': 'Assignments',
  'deletion-guard': 'Deletion guard',
  'notification-mail': 'Notification mail',
  'scope-switch': 'Assigned users or everybody',
  'scope-filter': 'Scoping filter',
  'attribute-mapping': 'Attribute mapping',
  'inbound-trust': 'Inbound trust',
  'default-policy': 'Default access settings',
  'sms-sign-in-off': 'Turn SMS sign-in off for one user',
  'sms-sign-in-off-administrator': 'Turn SMS sign-in off for one administrator',
  'phone-removal': 'Remove a phone of one user',
  'phone-removal-administrator': 'Remove a phone of one administrator',
  'settings-restored': 'Guard and mail',
  'trust-inherited': 'Inbound trust',
  'sms-sign-in-on': 'Turn SMS sign-in on again for one user',
  'sms-sign-in-on-administrator': 'Turn SMS sign-in on again for one administrator',
  'phone-return': 'Register a phone of one user again',
  'phone-return-administrator': 'Register a phone of one administrator again',
  'lift-freeze-source': 'Lift the freeze',
  'lift-freeze-target': 'Lift the freeze',
  'sync-proof': 'Synchronize one user as proof',
};
