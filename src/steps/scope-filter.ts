import {
  clausesInWords,
  filtersInWords,
  filtersOf,
  isOnlyFilter,
  withFilter,
  type ScopingFilter,
} from '../engine/filters';
import { BotError } from '../errors';
import { rolesFor } from '../graph/role-templates';
import { findCrossTenantJob } from '../graph/synchronization-jobs';
import { findSchema, replaceSchema } from '../graph/synchronization-schema';
import type { FilterClause } from '../plan/subject';
import type { Change, JsonValue, Step, StepContext } from '../plan/types';
import { existingConfiguration, savedSettings } from './existing-configuration';
import { leavingParts, movesOf, readCandidates, type Moves, type ScopeParts } from './scope-observed';
import { bringsEverybody } from './scope-switch';
import { namesOf } from './step-words';
import { subjectOf } from './subject-of';

interface Observed extends ScopeParts {
  readonly filters: readonly ScopingFilter[];
  /** `null` when the filter stands as wanted, or nobody asked for one. */
  readonly moves: Moves | null;
}

/** Replaces the scoping filters of the mapping for users by one filter, or by none (facts 4.9). */
export const scopeFilter: Step<Observed> = {
  name: 'scope-filter',
  side: 'source',
  tier: 'T2',
  roleTemplateIds: rolesFor.synchronization,
  permissions: ['Synchronization.Read.All', 'Synchronization.ReadWrite.All'],
  tierOf: (changes) => (changes.some(isFilter) ? 'T2' : 'T1'),
  title: (context) =>
    wantedOf(context).length > 0
      ? `Filter who of ${namesOf(context).source} is in scope`
      : `Take the scoping filter of ${namesOf(context).source} away`,
  meaning: (context) => {
    const clauses = wantedOf(context);
    const rule =
      clauses.length > 0
        ? `Of those in scope only users pass whose ${clausesInWords(clauses)}.`
        : 'Everybody who is in scope passes.';
    return `${rule} The next cycle looks at every user again.`;
  },
  observe: async (context) => observeFilter(context),
  diff(context, observed) {
    if (!observed.moves) return [];
    const { field, parameter, change } = leavingParts(observed.moves);
    const wanted = wantedOf(context);
    const after = wanted.length > 0 ? clausesInWords(wanted) : 'no filter';
    const one: Change = {
      operation: 'schema.replace',
      title: `Scoping filter to ${namesOf(context).target}`,
      fields: [{ field: 'scoping filter', before: filtersInWords(observed.filters), after }, field],
      parameters: {
        servicePrincipalId: observed.configuration.id,
        jobId: observed.job?.id ?? null,
        filter: wanted.map((clause) => ({ ...clause, values: [...clause.values] })),
        ...parameter,
      },
      ...change,
      ...restorable(observed.filters),
    };
    return [one];
  },
  async apply(write, { parameters }) {
    const [servicePrincipalId, jobId] = [
      String(parameters['servicePrincipalId']),
      String(parameters['jobId']),
    ];
    const schema = await write.waitFor(
      async () => findSchema(write, servicePrincipalId, jobId),
      'waiting for the scoping filters',
    );
    const clauses = clausesOf(parameters['filter'] ?? []);
    if (isOnlyFilter(filtersOf(schema), clauses)) return { requestIds: [] };
    return { requestIds: await replaceSchema(write, servicePrincipalId, jobId, withFilter(schema, clauses)) };
  },
};

/** What an undo needs of the filters; several can be shown, but not written here. */
function restorable(filters: readonly ScopingFilter[]): Pick<Change, 'undo' | 'image'> {
  if (filters.length > 1) {
    return { undo: 'Several filters were there before; only one can be written here.' };
  }
  const clauses = (filters[0]?.clauses ?? []).map((clause) => ({ ...clause, values: [...clause.values] }));
  return { undo: true, image: clauses };
}

function wantedOf(context: StepContext): readonly FilterClause[] {
  return subjectOf(context, 'scope').filter ?? [];
}

/** As they stand in the parameters of our own change. */
function clausesOf(value: JsonValue): readonly FilterClause[] {
  return value as unknown as readonly FilterClause[];
}

function isFilter({ parameters }: Change): boolean {
  const { filter } = parameters;
  return Array.isArray(filter) && filter.length > 0;
}

async function observeFilter(context: StepContext): Promise<Observed> {
  const { filter, who } = subjectOf(context, 'scope');
  const configuration = await existingConfiguration(context);
  const job = await findCrossTenantJob(context.source, configuration.id);
  const schema = job && (await findSchema(context.source, configuration.id, job.id));
  if (!job || !schema) {
    const { source, target } = namesOf(context);
    throw new BotError(
      'not-found',
      `looking for the scoping filters from ${source} to ${target}`,
      `Run setup ${context.link.source.key}>${context.link.target.key} first: it creates the job.`,
    );
  }
  const filters = filtersOf(schema);
  const parts = { configuration, secrets: [], job, schema, filters };
  if (filter === null || isOnlyFilter(filters, filter)) return { ...parts, moves: null };
  const known = { ...parts, secrets: await savedSettings(context, configuration) };
  const isEverybody = who === 'all';
  const after = filter.length > 0 ? [{ name: '', clauses: filter }] : [];
  const { members } = await readCandidates(context, known, isEverybody, [...filters, ...after]);
  const rule = (list: readonly ScopingFilter[]) => ({ isAssigned: () => true, filters: list });
  const entering = bringsEverybody(context, known.secrets) ? rule(filters) : rule(after);
  const moves = movesOf(context, known, members, rule(filters), rule(after), filter.length > 0, entering);
  return { ...known, moves };
}
