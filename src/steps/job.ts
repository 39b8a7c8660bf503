import { rolesFor } from '../graph/role-templates';
import { onceReplicated } from '../graph/replication';
import {
  createJob,
  crossTenantJobTemplateId,
  findCrossTenantJob,
  validateCredentials,
  type SynchronizationJob,
} from '../graph/synchronization-jobs';
import type { Change, Step, StepContext } from '../plan/types';
import { observeConfiguration } from './configuration';
import { resolvedId } from './resolved-id';
import { namesOf, references } from './step-words';

export interface JobObserved {
  readonly servicePrincipalId: string | null;
  readonly job: SynchronizationJob | null;
}

/** The link's job, as every later step sees it. */
export async function observeJob(context: StepContext): Promise<JobObserved> {
  const found = await observeConfiguration(context);
  if (!found) return { servicePrincipalId: null, job: null };
  const job = (await findCrossTenantJob(context.source, found.id)) ?? null;
  return { servicePrincipalId: found.id, job };
}

/** Tests the connection, then creates the job, switched off (facts 4.2, 4.4; 9.1, 7 and 8). An existing one is reused. */
export const job: Step<JobObserved> = {
  name: 'job',
  side: 'source',
  tier: 'T2',
  roleTemplateIds: rolesFor.synchronization,
  permissions: ['Synchronization.Read.All', 'Synchronization.ReadWrite.All'],
  title: (context) => `Test the connection and create the job to ${namesOf(context).target}`,
  meaning: (context) =>
    `${namesOf(context).source} gets a synchronization job to ${namesOf(context).target}. It is switched off until somebody runs start.`,
  observe: async (context) => observeJob(context),
  diff({ link }, observed) {
    if (observed.job) return [];
    const change: Change = {
      operation: 'jobs.create',
      title: `Synchronization job to ${link.target.displayName}`,
      fields: [{ field: 'templateId', before: 'absent', after: crossTenantJobTemplateId }],
      parameters: {
        servicePrincipalId: references.servicePrincipalId,
        templateId: crossTenantJobTemplateId,
        targetTenantId: link.target.tenantId,
      },
      affectedUsers: 0,
      undo: 'Removing a job is not offered yet. While it is paused it synchronizes nobody.',
    };
    return [change];
  },
  resolve: ({ servicePrincipalId, job: found }) => ({
    ...(servicePrincipalId ? { servicePrincipalId } : {}),
    ...(found ? { jobId: found.id } : {}),
  }),
  async apply(write, _change, resolved, { link }) {
    const servicePrincipalId = resolvedId(resolved, 'servicePrincipalId', 'creating the job');
    const existing = await findCrossTenantJob(write, servicePrincipalId);
    if (existing) return { resolved: { jobId: existing.id }, requestIds: [] };
    const tested = await onceReplicated(write, async () =>
      validateCredentials(write, servicePrincipalId, link.target.tenantId),
    );
    const sent = await onceReplicated(write, async () => createJob(write, servicePrincipalId));
    return { resolved: { jobId: sent.value.id }, requestIds: [...tested, ...sent.requestIds] };
  },
};
