import { inWords, readExpression } from '../engine/expression';
import { exampleOf, graphNamesOf } from '../engine/mapped-value';
import { filtersOf, attributesOfFilters } from '../engine/filters';
import { mappingLinesOf, withMapping, type MappingLine } from '../engine/mapping-lines';
import { readEverybody, readMembers, type Member } from '../engine/members';
import { isInScope } from '../engine/scope';
import { BotError } from '../errors';
import { listAssignments } from '../graph/app-role-assignments';
import { rolesFor } from '../graph/role-templates';
import { findSchema, replaceSchema } from '../graph/synchronization-schema';
import type { MappingSubject } from '../plan/subject';
import type { Change, Step, StepContext } from '../plan/types';
import { existingConfiguration, savedSettings } from './existing-configuration';
import { existingJob } from './job-switch';
import { syncAllOf } from './secret-set';
import { namesOf } from './step-words';
import { subjectOf } from './subject-of';

interface Observed {
  readonly servicePrincipalId: string;
  readonly jobId: string;
  readonly line: MappingLine | null;
  /** Users in scope, in the order of names; empty when nothing is to be changed. */
  readonly users: readonly Member[];
}

const exampleCount = 5;

/** Gives one attribute of the target another source, or none; never the matching one (facts 4.9). */
export const attributeMapping: Step<Observed> = {
  name: 'attribute-mapping',
  side: 'source',
  tier: 'T2',
  roleTemplateIds: rolesFor.synchronization,
  permissions: ['Synchronization.Read.All', 'Synchronization.ReadWrite.All'],
  tierOf: (changes) =>
    changes.every(({ fields }) => fields.every(({ before }) => before === 'absent')) ? 'T1' : 'T2',
  title: (context) => `Mapping of ${subjectOf(context, 'mapping').attribute} in ${namesOf(context).target}`,
  meaning: (context) => meaningOf(context),
  observe: async (context) => observeLine(context),
  diff(context, observed) {
    const { attribute, source } = subjectOf(context, 'mapping');
    const before = observed.line?.expression ?? 'absent';
    const after = source?.expression ?? 'absent';
    if (before === after) return [];
    return [mappingChange(context, observed, attribute, source)];
  },
  async apply(write, { parameters }, _resolved, context) {
    const [servicePrincipalId, jobId] = [
      String(parameters['servicePrincipalId']),
      String(parameters['jobId']),
    ];
    const { attribute, source } = subjectOf(context, 'mapping');
    const schema = await write.waitFor(
      async () => findSchema(write, servicePrincipalId, jobId),
      'waiting for the attribute mappings',
    );
    refuseMatching(mappingLinesOf(schema).find(({ target }) => target === attribute));
    const changed = withMapping(schema, attribute, source);
    return { requestIds: await replaceSchema(write, servicePrincipalId, jobId, changed) };
  },
};

function mappingChange(
  context: StepContext,
  { servicePrincipalId, jobId, line, users }: Observed,
  attribute: string,
  source: MappingSubject['source'],
): Change {
  const examples = users.map((user) => exampleOf(user, line?.expression ?? null, source?.expression ?? null));
  const moved = examples.filter(({ before, after }) => before === null || after === null || before !== after);
  const isOnce = line?.flowType === 'ObjectAddOnly';
  const isBlind = examples.some(({ after }) => after === null);
  return {
    operation: 'schema.replace',
    title: `Attribute mapping of ${attribute}`,
    fields: [
      { field: attribute, before: line?.expression ?? 'absent', after: source?.expression ?? 'absent' },
    ],
    parameters: {
      ...{ servicePrincipalId, jobId, attribute },
      ...{ sourceType: source?.type ?? null, expression: source?.expression ?? null },
    },
    affectedUsers: isOnce ? 0 : moved.length,
    undo: true,
    notes: [
      ...(isOnce ? ['It is applied only when a user is created: those who are there keep their value.'] : []),
      ...(isBlind
        ? [
            'What it gives cannot be previewed here: it holds a function or attribute that only the service works out.',
          ]
        : []),
    ],
    examples: examples.slice(0, exampleCount),
  };
}

function meaningOf(context: StepContext): string {
  const { attribute, source } = subjectOf(context, 'mapping');
  const { target } = namesOf(context);
  const read = source && readExpression(source.expression);
  const from = read ? inWords(read) : source?.expression;
  const what = from
    ? `In ${target} ${attribute} becomes ${from}.`
    : `${attribute} is not written in ${target} any more; the values there stay.`;
  return `${what} The next cycle looks at every user again.`;
}

async function observeLine(context: StepContext): Promise<Observed> {
  const { attribute, source } = subjectOf(context, 'mapping');
  const { job, servicePrincipalId } = await existingJob(context);
  const schema =
    job && servicePrincipalId ? await findSchema(context.source, servicePrincipalId, job.id) : null;
  if (!job || !servicePrincipalId || !schema) {
    throw new BotError(
      'not-found',
      'looking for the attribute mappings',
      'Open the mappings in the Entra admin center and restore the default ones.',
    );
  }
  const line = mappingLinesOf(schema).find(({ target }) => target === attribute) ?? null;
  refuseMatching(line);
  const known = { servicePrincipalId, jobId: job.id, line };
  if (line?.expression === source?.expression) return { ...known, users: [] };
  const filters = filtersOf(schema);
  const names = [...graphNamesOf([line?.expression, source?.expression]), ...attributesOfFilters(filters)];
  const users = await readUsers(context, names);
  const rule = { isAssigned: () => true, filters };
  const inScope = users.filter((user) => isInScope(user, rule) !== false);
  return {
    ...known,
    users: inScope.toSorted((a, b) => (a.displayName < b.displayName ? -1 : 1)),
  };
}

async function readUsers(context: StepContext, names: readonly string[]): Promise<readonly Member[]> {
  const configuration = await existingConfiguration(context);
  const secrets = await savedSettings(context, configuration);
  if (syncAllOf(secrets, context.verified ?? null) === 'true') {
    return (await readEverybody(context.source, names)).users;
  }
  const { items } = await listAssignments(context.source, configuration.id);
  return (await readMembers(context.source, items, names)).users;
}

/** The service refuses another matching attribute with `schemaInvalid`: it never gets that far (facts 4.9). */
function refuseMatching(line: MappingLine | null | undefined): void {
  if (!line?.isMatching) return;
  throw new BotError(
    'conflict',
    `changing the mapping of ${line.target}`,
    'Leave it as it is: by it the users of both tenants are matched, and the service refuses any other.',
  );
}
