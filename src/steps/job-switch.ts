import { BotError } from '../errors';
import type { GraphWrite } from '../graph/client';
import { rolesFor } from '../graph/role-templates';
import { findJob, type SynchronizationJob } from '../graph/synchronization-jobs';
import type { Change, Step, StepContext, StepName } from '../plan/types';
import { observeJob, type JobObserved } from './job';
import { desiredOf, namesOf } from './step-words';

/** How starting and pausing differ. */
export interface JobSwitch {
  readonly name: StepName;
  readonly operation: 'jobs.start' | 'jobs.pause';
  readonly wantedState: 'Active' | 'Paused';
  title(context: StepContext): string;
  meaning(context: StepContext): string;
  send(write: GraphWrite, servicePrincipalId: string, jobId: string): Promise<readonly string[]>;
}

/** A step that only switches the job; empty when it stands as wanted (facts 4.4). */
export function jobSwitch({
  name,
  operation,
  wantedState,
  title,
  meaning,
  send,
}: JobSwitch): Step<JobObserved> {
  return {
    name,
    side: 'source',
    tier: 'T1',
    roleTemplateIds: rolesFor.synchronization,
    permissions: ['Synchronization.Read.All', 'Synchronization.ReadWrite.All'],
    title,
    meaning,
    observe: async (context) => existingJob(context),
    diff: (context, observed) =>
      isActive(observed.job) === (wantedState === 'Active')
        ? []
        : [switchChange(context, observed, operation, wantedState)],
    resolve: ({ servicePrincipalId, job }) =>
      servicePrincipalId && job ? { servicePrincipalId, jobId: job.id } : {},
    async apply(write, { parameters }) {
      const [servicePrincipalId, jobId] = [
        String(parameters['servicePrincipalId']),
        String(parameters['jobId']),
      ];
      const job = await findJob(write, servicePrincipalId, jobId);
      if (isActive(job) === (wantedState === 'Active')) return { requestIds: [] };
      return { requestIds: await send(write, servicePrincipalId, jobId) };
    },
  };
}

function switchChange(
  context: StepContext,
  { servicePrincipalId, job }: JobObserved,
  operation: JobSwitch['operation'],
  after: JobSwitch['wantedState'],
): Change {
  return {
    operation,
    title: `Synchronization job to ${namesOf(context).target}`,
    fields: [{ field: 'schedule.state', before: job?.schedule?.state ?? 'Disabled', after }],
    parameters: { servicePrincipalId, jobId: job?.id ?? null },
    affectedUsers: desiredOf(context).assignments.reduce((sum, one) => sum + one.userCount, 0),
    undo: true,
  };
}

/** The job, which must exist. @throws BotError `not-found` */
export async function existingJob(context: StepContext): Promise<JobObserved> {
  const observed = await observeJob(context);
  if (observed.job) return observed;
  const { source, target } = namesOf(context);
  throw new BotError(
    'not-found',
    `looking for the synchronization job from ${source} to ${target}`,
    `Run setup ${context.link.source.key}>${context.link.target.key} first: it creates the job.`,
  );
}

function isActive(job: SynchronizationJob | null | undefined): boolean {
  return job?.schedule?.state === 'Active';
}
