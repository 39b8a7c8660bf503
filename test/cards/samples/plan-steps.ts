import type { Change, PlanKind, PlannedStep, StepName } from '../../../src/plan/types';
import { type Cast, sourceId, targetId } from './cast';

export const roles = ['194ae4cb-b126-40b2-bd5b-6091b380977d'];

function step(
  cast: Cast,
  name: StepName,
  side: 'source' | 'target',
  title: string,
  meaning: string,
  changes: readonly Change[],
): PlannedStep {
  const tenantId = side === 'source' ? sourceId : targetId;
  const tier = changes.some((change) => change.operation.startsWith('jobs.start')) ? 'T1' : 'T2';
  return { name, side, tenantId, tier, title, meaning, roleTemplateIds: roles, changes };
}

function change(
  operation: string,
  title: string,
  field: string,
  before: unknown,
  after: unknown,
  users = 0,
): Change {
  return {
    operation,
    title,
    fields: [{ field, before, after }] as Change['fields'],
    parameters: {},
    affectedUsers: users,
    undo: true,
  };
}

/** The ten steps of a first set-up; `assigned` is how many users and groups are assigned. */
export function setupSteps(cast: Cast, assigned: number): PlannedStep[] {
  const { source, target } = cast.link;
  const [a, b] = [source.displayName, target.displayName];
  const assignments = Array.from({ length: assigned }, (_, index) =>
    change(
      'appRoleAssignedTo.create',
      `Assign group "${cast.group}${index === 0 ? '' : ` ${index + 1}`}" (12 users)`,
      'appRoleAssignedTo',
      'absent',
      `${String(index).padStart(8, '0')}-dddd-4ddd-8ddd-dddddddddddd`,
      12,
    ),
  );
  const steps = [
    step(
      cast,
      'partner-target',
      'target',
      `Add ${a} as a partner of ${b}`,
      `${b} can set rules for ${a}. Nothing else changes yet.`,
      [change('partners.create', `Partner entry for ${a}`, 'tenantId', 'absent', sourceId)],
    ),
    step(
      cast,
      'inbound-sync',
      'target',
      `Allow ${a} to synchronize users into ${b}`,
      `${a} may create, change and remove its own users in ${b}.`,
      [
        change(
          'identitySynchronization.put',
          `Inbound synchronization from ${a}`,
          'userSyncInbound.isSyncAllowed',
          'absent',
          true,
        ),
      ],
    ),
    step(
      cast,
      'redemption-inbound',
      'target',
      `Redeem invitations from ${a} automatically in ${b}`,
      `Users of ${a} see no consent prompt when they first open something in ${b}.`,
      [
        change(
          'partners.update',
          `Automatic redemption with ${a}`,
          'automaticUserConsentSettings.inboundAllowed',
          null,
          true,
        ),
      ],
    ),
    step(
      cast,
      'partner-source',
      'source',
      `Add ${b} as a partner of ${a}`,
      `${a} can set rules for ${b}. Nothing else changes yet.`,
      [change('partners.create', `Partner entry for ${b}`, 'tenantId', 'absent', targetId)],
    ),
    step(
      cast,
      'redemption-outbound',
      'source',
      `Let users of ${a} be redeemed automatically in ${b}`,
      `Users of ${a} are not asked before their profile is shared with ${b}.`,
      [
        change(
          'partners.update',
          `Automatic redemption with ${b}`,
          'automaticUserConsentSettings.outboundAllowed',
          null,
          true,
        ),
      ],
    ),
    step(
      cast,
      'configuration',
      'source',
      `Create the configuration "${b}" in ${a}`,
      `A configuration named "${b}" appears under cross-tenant synchronization.`,
      [
        change(
          'applicationTemplates.instantiate',
          `Configuration application "${b}"`,
          'displayName',
          'absent',
          b,
        ),
      ],
    ),
    step(
      cast,
      'job',
      'source',
      `Test the connection and create the job to ${b}`,
      'The job exists and stands still until somebody starts it.',
      [change('jobs.create', `Synchronization job to ${b}`, 'templateId', 'absent', 'Azure2Azure')],
    ),
    step(
      cast,
      'secrets',
      'source',
      `Save target, scope, guard and mail in the configuration "${b}"`,
      'The job stops by itself when one cycle would delete more than 10 users.',
      [
        {
          ...change(
            'secrets.replace',
            `Settings of the configuration "${b}"`,
            'CompanyId',
            'absent',
            targetId,
          ),
          fields: [
            { field: 'CompanyId', before: 'absent', after: targetId },
            { field: 'SyncAll', before: 'absent', after: false },
            { field: 'SyncNotificationSettings.DeleteThresholdValue', before: 500, after: 10 },
            { field: 'SyncNotificationSettings.Recipients', before: 'absent', after: 'ops@contoso.com' },
          ],
        },
      ],
    ),
    step(
      cast,
      'assignments',
      'source',
      `Assign users and groups to the configuration "${b}"`,
      `Members of ${cast.group} are synchronized once the job is started.`,
      assignments,
    ),
  ];
  return steps.filter((one) => one.changes.length > 0);
}

export function smallSteps(cast: Cast, kind: PlanKind): PlannedStep[] {
  const [a, b] = [cast.link.source.displayName, cast.link.target.displayName];
  if (kind === 'try') {
    const tried = change(
      'jobs.provisionOnDemand',
      `Account of ${cast.user.displayName} in ${b}`,
      'provisioned',
      'as it is',
      cast.user.userPrincipalName,
      1,
    );
    const lasting = { ...tried, undo: 'The account in the target stays until the user leaves the scope.' };
    return [
      step(
        cast,
        'provision-on-demand',
        'source',
        `Synchronize ${cast.user.displayName} now`,
        `${cast.user.userPrincipalName} is created or updated in ${b} at once, if in scope. Nobody else is touched.`,
        [lasting],
      ),
    ];
  }
  if (kind === 'restart') {
    const restarted = change(
      'jobs.restart',
      `Synchronization job to ${b}`,
      'resetScope',
      'absent',
      'QuarantineState, Watermark',
      12,
    );
    return [
      step(
        cast,
        'restart-job',
        'source',
        `Restart the synchronization from ${a} to ${b}`,
        `Everybody in scope of ${a} is evaluated again, not only what changed, so the next cycle takes as long as the first one. A quarantine is lifted for now. Failures keep their place in the retries. The deletion guard stays in force: nothing staged is deleted in ${b}.`,
        [
          {
            ...restarted,
            undo: 'A restart cannot be taken back; pause stops the cycles after the one that runs.',
          },
        ],
      ),
    ];
  }
  const isStart = kind === 'start';
  return [
    step(
      cast,
      isStart ? 'start-job' : 'pause-job',
      'source',
      `${isStart ? 'Start' : 'Pause'} the job from ${a} to ${b}`,
      isStart
        ? 'The first cycle begins within minutes and creates everybody in scope.'
        : 'The cycle that runs now finishes; then nobody is changed.',
      [
        change(
          isStart ? 'jobs.start' : 'jobs.pause',
          `Synchronization job to ${b}`,
          'schedule.state',
          isStart ? 'Disabled' : 'Active',
          isStart ? 'Active' : 'Disabled',
          12,
        ),
      ],
    ),
  ];
}
