import { BotError } from '../errors';
import { rolesFor } from '../graph/role-templates';
import {
  findSchema,
  mappedUserType,
  replaceSchema,
  userRuleId,
  withUserType,
} from '../graph/synchronization-schema';
import type { Change, ResolvedIds, Step, StepContext } from '../plan/types';
import { observeJob } from './job';
import { resolvedId } from './resolved-id';
import { desiredOf, namesOf, references } from './step-words';

interface Observed {
  /** `Member` while there is no job yet: that is what a new one maps (facts 4.9). */
  readonly userType: string;
  readonly resolved: ResolvedIds;
}

/** Changes the constant mapped to `userType`, and only when it differs; all else stays as it is (facts 4.9; 9.1, 11). */
export const mapping: Step<Observed> = {
  name: 'mapping',
  side: 'source',
  tier: 'T2',
  roleTemplateIds: rolesFor.synchronization,
  permissions: ['Synchronization.Read.All', 'Synchronization.ReadWrite.All'],
  title: (context) => `Create users in ${namesOf(context).target} as ${desiredOf(context).userType}s`,
  meaning: (context) =>
    `New users in ${namesOf(context).target} become ${desiredOf(context).userType}s; those who are there already keep their type. The next cycle looks at every user again.`,
  observe: async (context) => observeMapping(context),
  diff(context, observed) {
    const wanted = wantedType(context);
    if (observed.userType.toLowerCase() === wanted.toLowerCase()) return [];
    const change: Change = {
      operation: 'schema.replace',
      title: 'Attribute mapping of userType',
      fields: [{ field: 'userType', before: observed.userType, after: wanted }],
      parameters: {
        servicePrincipalId: references.servicePrincipalId,
        jobId: references.jobId,
        userType: wanted,
      },
      affectedUsers: 0,
      undo: true,
    };
    return [change];
  },
  resolve: ({ resolved }) => resolved,
  async apply(write, { parameters }, resolved) {
    const doing = 'changing the attribute mapping';
    const servicePrincipalId = resolvedId(resolved, 'servicePrincipalId', doing);
    const jobId = resolvedId(resolved, 'jobId', doing);
    const schema = await write.waitFor(
      async () => findSchema(write, servicePrincipalId, jobId),
      'waiting for the attribute mappings',
    );
    const wanted = parameters['userType'] === 'Guest' ? 'Guest' : 'Member';
    if (mappedUserType(schema) === wanted) return { requestIds: [] };
    const changed = withUserType(schema, wanted);
    return { requestIds: await replaceSchema(write, servicePrincipalId, jobId, changed) };
  },
};

function wantedType(context: StepContext): 'Member' | 'Guest' {
  return desiredOf(context).userType === 'guest' ? 'Guest' : 'Member';
}

async function observeMapping(context: StepContext): Promise<Observed> {
  const { servicePrincipalId, job } = await observeJob(context);
  const ids = servicePrincipalId ? { servicePrincipalId } : {};
  if (!servicePrincipalId || !job) return { userType: 'Member', resolved: ids };
  const schema = await findSchema(context.source, servicePrincipalId, job.id);
  if (!schema) return { userType: 'Member', resolved: { ...ids, jobId: job.id } };
  const ruleId = userRuleId(schema);
  const resolved = { ...ids, jobId: job.id, ...(ruleId ? { ruleId } : {}) };
  const userType = mappedUserType(schema);
  if (userType === null && wantedType(context) === 'Guest') {
    throw new BotError(
      'conflict',
      'comparing the attribute mapping of userType',
      'Map userType to a constant in the Entra admin center first: it is computed there now.',
    );
  }
  return { userType: userType ?? 'Member', resolved };
}
