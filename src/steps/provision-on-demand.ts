import { BotError } from '../errors';
import { provisionOnDemand as provision } from '../graph/provision-on-demand';
import { rolesFor } from '../graph/role-templates';
import { findSchema, userRuleId } from '../graph/synchronization-schema';
import type { Change, JsonValue, Step, StepContext } from '../plan/types';
import { existingJob } from './job-switch';
import { filterCauseOf } from './filter-cause';
import { namesOf } from './step-words';
import { subjectOf } from './subject-of';
import { findTargetAccount, outOfScopeReason, type TargetAccount } from './target-account';

interface Observed {
  readonly servicePrincipalId: string;
  readonly jobId: string;
  readonly ruleId: string;
  readonly account: TargetAccount;
  /** Why the user is out of scope now; `null` when nothing says so. */
  readonly outside: string | null;
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
    `${subjectOf(context, 'user').userPrincipalName} is created or updated in ${namesOf(context).target} at once, if in scope; out of scope, an account that is there is taken away. Nobody else is touched.`,
  tierOf: (changes) => (changes.some(isRemoval) ? 'T2' : 'T1'),
  observe: async (context) => observeUser(context),
  diff(context, observed) {
    const subject = subjectOf(context, 'user');
    const { servicePrincipalId, jobId, ruleId, outside } = observed;
    const ids = { servicePrincipalId, jobId, ruleId, userId: subject.userId };
    if (observed.account.state === 'there' && outside !== null) {
      return [removalOf(context, outside, { ...ids, isRemoval: true })];
    }
    const change: Change = {
      operation: 'jobs.provisionOnDemand',
      title: `Account of ${subject.displayName} in ${namesOf(context).target}`,
      fields: [{ field: 'provisioned', before: 'as it is', after: subject.userPrincipalName }],
      parameters: ids,
      affectedUsers: 1,
      undo: 'The account in the target stays until the user leaves the scope.',
    };
    return [change];
  },
  resolve: ({ servicePrincipalId, jobId, ruleId }) => ({ servicePrincipalId, jobId, ruleId }),
  async apply(write, { parameters }) {
    const sent = await provision(write, {
      servicePrincipalId: String(parameters['servicePrincipalId']),
      jobId: String(parameters['jobId']),
      ruleId: String(parameters['ruleId']),
      userId: String(parameters['userId']),
    });
    const filterCause = await filterCauseOf(write, String(parameters['userId']), sent.value);
    const outcome = JSON.parse(JSON.stringify({ ...sent.value, filterCause })) as JsonValue;
    return { requestIds: sent.requestIds, outcome };
  },
};

function isRemoval({ parameters }: Change): boolean {
  return parameters['isRemoval'] === true;
}

/** Out of scope and there: the engine soft-deletes the account (facts 4.7, 4.8). */
function removalOf(context: StepContext, outside: string, parameters: Change['parameters']): Change {
  return {
    operation: 'jobs.provisionOnDemand',
    title: `Account of ${subjectOf(context, 'user').displayName} in ${namesOf(context).target}`,
    fields: [{ field: `account (${outside})`, before: 'there', after: 'deleted, recoverable for 30 days' }],
    parameters,
    affectedUsers: 1,
    undo: 'Synchronization on demand does not restore a deleted account; somebody has to, within 30 days.',
  };
}

/** @throws BotError `not-allowed` for a user whose account was deleted in the target: trying would make a second one */
async function observeUser(context: StepContext): Promise<Observed> {
  const rule = await observeRule(context);
  const { userId, displayName } = subjectOf(context, 'user');
  const account = await findTargetAccount(context, userId);
  if (account.state === 'soft-deleted') {
    const { target } = namesOf(context);
    throw new BotError(
      'not-allowed',
      `looking for ${displayName} in ${target}: the account there was deleted and can still be restored`,
      `Restore it in the Entra admin center of ${target} first, or delete it for good: trying now would make a second account.`,
    );
  }
  const outside = await outOfScopeReason(context, rule.servicePrincipalId, userId);
  return { ...rule, account, outside };
}

type Rule = Pick<Observed, 'servicePrincipalId' | 'jobId' | 'ruleId'>;

async function observeRule(context: StepContext): Promise<Rule> {
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
