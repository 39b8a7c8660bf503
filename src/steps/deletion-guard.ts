import { defaultDeletionGuard } from '../engine/deletion-guard';
import { rolesFor } from '../graph/role-templates';
import { findCrossTenantJob } from '../graph/synchronization-jobs';
import type { Change, JsonValue, StepContext, Tier } from '../plan/types';
import { settingStep } from './setting-step';
import { namesOf } from './step-words';
import { subjectOf } from './subject-of';

/** Sets after how many deletions in one cycle the service stops and asks; `null` switches that off (facts 4.10). */
export const deletionGuard = settingStep({
  name: 'deletion-guard',
  roleTemplateIds: rolesFor.deletionGuard,
  title: (context) => `Deletion guard of the configuration "${namesOf(context).target}"`,
  meaning(context) {
    const limit = limitOf(context);
    return limit === null
      ? `Nothing stops a cycle that deletes many users in ${namesOf(context).target} any more.`
      : `A cycle that would delete or disable ${limit} or more users in ${namesOf(context).target} stops in quarantine, and deletes nobody until somebody allows it.`;
  },
  members(context): Readonly<Record<string, JsonValue>> {
    const limit = limitOf(context);
    if (limit === null) return { DeleteThresholdEnabled: false };
    return { DeleteThresholdEnabled: true, DeleteThresholdValue: limit };
  },
  notes: async (context, servicePrincipalId) => jobNotes(context, servicePrincipalId),
  tierOf: (changes) => guardTier(changes),
});

function limitOf(context: StepContext): number | null {
  const { setting } = subjectOf(context, 'setting');
  if (setting.name !== 'guard') throw new Error('a plan without its guard');
  return setting.limit;
}

/** To raise the guard or to switch it off takes safety away; what is not known counts as raised. */
export function guardTier(changes: readonly Change[]): Tier {
  const fields = changes.flatMap((change) => change.fields);
  const of = (member: string) => fields.find(({ field }) => field === `SyncNotificationSettings.${member}`);
  const [switched, value] = [of('DeleteThresholdEnabled'), of('DeleteThresholdValue')];
  if (switched?.after === false) return 'T2';
  if (!value) return 'T1';
  const wasOff = switched?.before === false;
  const before = wasOff ? Infinity : value.before === 'absent' ? defaultDeletionGuard : Number(value.before);
  return Number(value.after) <= before ? 'T1' : 'T2';
}

/** Which of two places the service honours is not documented (facts 4.10): a second one is told. */
async function jobNotes(context: StepContext, servicePrincipalId: string): Promise<readonly string[]> {
  const job = await findCrossTenantJob(context.source, servicePrincipalId);
  const own = job?.synchronizationJobSettings.find(
    ({ name }) => name === 'QuarantineTooManyDeletesThreshold',
  );
  if (!own?.value) return [];
  return [
    `The job also carries a threshold of its own (${own.value}), which stays. Microsoft does not say which of the two counts.`,
  ];
}
