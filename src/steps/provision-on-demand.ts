import { BotError } from '../errors';
import { provisionOnDemand as provision } from '../graph/provision-on-demand';
import { rolesFor } from '../graph/role-templates';
import { findSchema, userRuleId } from '../graph/synchronization-schema';
import type { Change, JsonValue, Step, StepContext } from '../plan/types';
import { existingJob } from './job-switch';
import { namesOf } from './step-words';
import { subjectOf } from './subject-of';

interface Observed {
  readonly servicePrincipalId: string;
  readonly jobId: string;
  readonly ruleId: string;
}

/** Runs the engine for one user now (facts 4.7; 9.1, 12). Its effect cannot be told from a cycle's: never repeated blindly. */
export const provisionOnDemand: Step<Observed> = {
  name: 'provision-on-demand',
  side: 'source',
  tier: 'T1',
  roleTemplateIds: rolesFor.synchronization,
  permissions: ['Synchronization.Read.All', 'Synchronization.ReadWrite.All'],
  isUnrepeatable: true,
  title: (context) => `Synchronize ${subjectOf(context, 'user').displayName} now`,
  meaning: (context) =>
    `${subjectOf(context, 'user').userPrincipalName} is created or updated in ${namesOf(context).target} at once, if in scope. Nobody else is touched.`,
  observe: async (context) => observeRule(context),
  diff(context, observed) {
    const subject = subjectOf(context, 'user');
    const change: Change = {
      operation: 'jobs.provisionOnDemand',
      title: `Account of ${subject.displayName} in ${namesOf(context).target}`,
      fields: [{ field: 'provisioned', before: 'as it is', after: subject.userPrincipalName }],
      parameters: { ...observed, userId: subject.userId },
      affectedUsers: 1,
      undo: 'The account in the target stays until the user leaves the scope.',
    };
    return [change];
  },
  resolve: (observed) => ({ ...observed }),
  async apply(write, { parameters }) {
    const sent = await provision(write, {
      servicePrincipalId: String(parameters['servicePrincipalId']),
      jobId: String(parameters['jobId']),
      ruleId: String(parameters['ruleId']),
      userId: String(parameters['userId']),
    });
    const outcome = JSON.parse(JSON.stringify(sent.value)) as JsonValue;
    return { requestIds: sent.requestIds, outcome };
  },
};

async function observeRule(context: StepContext): Promise<Observed> {
  const { servicePrincipalId, job } = await existingJob(context);
  const schema =
    servicePrincipalId && job ? await findSchema(context.source, servicePrincipalId, job.id) : undefined;
  const ruleId = schema ? userRuleId(schema) : null;
  if (servicePrincipalId && job && ruleId) return { servicePrincipalId, jobId: job.id, ruleId };
  throw new BotError(
    'not-found',
    'looking for the rule that synchronizes users',
    'Open the mappings in the Entra admin center and restore the default ones.',
  );
}
