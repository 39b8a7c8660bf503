import { BotError } from '../errors';
import type { GraphWrite } from '../graph/client';
import { rolesFor } from '../graph/role-templates';
import { findJob, restartJob as restart, type ResetScope } from '../graph/synchronization-jobs';
import type { Change, FieldChange, JsonValue, Step, StepContext } from '../plan/types';
import type { JobObserved } from './job';
import { existingJob } from './job-switch';
import { countStagedDeletions } from './staged-deletions';
import { desiredOf, namesOf } from './step-words';
import { subjectOf } from './subject-of';

/** Starts the job over (facts 4.4). Its effect shows only in the next cycle: never repeated blindly. */
export const restartJob: Step<JobObserved> = {
  name: 'restart-job',
  side: 'source',
  tier: 'T2',
  roleTemplateIds: rolesFor.synchronization,
  permissions: ['Synchronization.Read.All', 'Synchronization.ReadWrite.All', 'ProvisioningLog.Read.All'],
  isUnrepeatable: true,
  title: (context) =>
    `Restart the synchronization from ${namesOf(context).source} to ${namesOf(context).target}`,
  meaning: (context) => consequence(context),
  async observe(context) {
    const observed = await existingJob(context);
    refuseUnstarted(context, observed);
    await refuseStaged(context, observed);
    return observed;
  },
  diff: (context, observed) => [changeOf(context, observed)],
  resolve: ({ servicePrincipalId, job }) =>
    servicePrincipalId && job ? { servicePrincipalId, jobId: job.id } : {},
  async apply(write, { parameters }) {
    const servicePrincipalId = String(parameters['servicePrincipalId']);
    const jobId = String(parameters['jobId']);
    const scope = String(parameters['resetScope']).split(', ') as ResetScope[];
    const requestIds = await restart(write, servicePrincipalId, jobId, scope);
    return { requestIds, outcome: await stateAfter(write, servicePrincipalId, jobId) };
  },
};

function consequence(context: StepContext): string {
  const { source, target } = namesOf(context);
  const forgets = subjectOf(context, 'restart').resetScope.includes('Escrows')
    ? 'Failures are forgotten: their scheduled retries end, and each is tried once in the new cycle.'
    : 'Failures keep their place in the retries.';
  return `Everybody in scope of ${source} is evaluated again, not only what changed, so the next cycle takes as long as the first one. A quarantine is lifted for now. ${forgets} The deletion guard stays in force: nothing staged is deleted in ${target}.`;
}

/** There is nothing to start over before the first start. @throws BotError `not-allowed` */
function refuseUnstarted({ link }: StepContext, { job }: JobObserved): void {
  const hasRun = job?.schedule?.state === 'Active' || (job?.status?.lastExecution ?? null) !== null;
  if (hasRun) return;
  throw new BotError(
    'not-allowed',
    'looking at the synchronization job, which was never started',
    `Run start ${link.source.key}>${link.target.key} instead.`,
  );
}

/** @throws BotError `not-allowed` while as many deletions as the guard allows would be staged again */
async function refuseStaged(context: StepContext, { servicePrincipalId, job }: JobObserved): Promise<void> {
  if (job?.status?.quarantine?.reason !== 'TooManyDeletes' || !servicePrincipalId) return;
  const { deletionGuard } = subjectOf(context, 'restart');
  const staged = await countStagedDeletions(context.source, servicePrincipalId, job);
  if (staged === 0 || deletionGuard === null || staged < deletionGuard) return;
  const { source, target } = context.link;
  throw new BotError(
    'not-allowed',
    `weighing the deletions that are held back: ${staged}, and the deletion guard is ${deletionGuard}`,
    `Bring these users back into scope first; logs ${source.key}>${target.key} --code StagedDelete names them.`,
  );
}

function changeOf(context: StepContext, { servicePrincipalId, job }: JobObserved): Change {
  const resetScope = subjectOf(context, 'restart').resetScope.join(', ');
  const state = job?.schedule?.state ?? 'Disabled';
  const quarantine = job?.status?.quarantine;
  const fields: FieldChange[] = [
    { field: 'resetScope', before: 'absent', after: resetScope },
    ...(state === 'Active' ? [] : [{ field: 'schedule.state', before: state, after: 'Active' }]),
    ...(quarantine ? [{ field: 'quarantine', before: quarantine.reason ?? 'Unknown', after: 'lifted' }] : []),
  ];
  return {
    operation: 'jobs.restart',
    title: `Synchronization job to ${namesOf(context).target}`,
    fields,
    parameters: { servicePrincipalId, jobId: job?.id ?? null, resetScope },
    affectedUsers: desiredOf(context).assignments.reduce((sum, one) => sum + one.userCount, 0),
    undo: 'A restart cannot be taken back; pause stops the cycles after the one that runs.',
  };
}

/** What can be read back of a restart; a fault of this read says nothing about the restart. */
async function stateAfter(write: GraphWrite, servicePrincipalId: string, jobId: string): Promise<JsonValue> {
  try {
    const job = await findJob(write, servicePrincipalId, jobId);
    if (!job) return null;
    return { state: job.schedule?.state ?? null, quarantine: job.status?.quarantine?.reason ?? null };
  } catch (error) {
    if (error instanceof BotError) return null;
    throw error;
  }
}
