import { filtersOf } from '../engine/filters';
import { rolesFor } from '../graph/role-templates';
import { findCrossTenantJob } from '../graph/synchronization-jobs';
import { findSchema } from '../graph/synchronization-schema';
import { type Secret, secretOf } from '../graph/synchronization-secrets';
import type { Change, Step, StepContext } from '../plan/types';
import { existingConfiguration, savedSettings } from './existing-configuration';
import { saveSettings } from './save-settings';
import { leavingParts, movesOf, readCandidates, type Moves, type ScopeParts } from './scope-observed';
import { maskedNotes, notReadable, presentNotifications } from './secret-set';
import { namesOf } from './step-words';
import { subjectOf } from './subject-of';

interface Observed extends ScopeParts {
  /** `null` when it stands as wanted. */
  readonly moves: Moves | null;
  readonly before: 'true' | 'false' | typeof notReadable;
}

/** Switches between "everybody" and "only those assigned": `SyncAll` (facts 4.3). */
export const scopeSwitch: Step<Observed> = {
  name: 'scope-switch',
  side: 'source',
  tier: 'T2',
  roleTemplateIds: rolesFor.synchronization,
  permissions: ['Synchronization.ReadWrite.All'],
  tierOf: (changes) => (changes.some(isNarrowing) ? 'T2' : 'T1'),
  title: (context) =>
    subjectOf(context, 'scope').who === 'all'
      ? `Put everybody in ${namesOf(context).source} in scope`
      : `Put only assigned users and groups of ${namesOf(context).source} in scope`,
  meaning: (context) =>
    subjectOf(context, 'scope').who === 'all'
      ? `Every internal user of ${namesOf(context).source} is synchronized to ${namesOf(context).target}, whoever is assigned. Groups are not synchronized then.`
      : `Only assigned users and direct members of assigned groups stay in scope. It takes effect when the job is restarted, not before.`,
  observe: async (context) => observeSwitch(context),
  diff(context, observed) {
    if (!observed.moves) return [];
    const { field, parameter, change } = leavingParts(observed.moves);
    const after = wantedOf(context);
    const { configuration, secrets } = observed;
    const notifications = presentNotifications(secrets, context.verified ?? null);
    const one: Change = {
      operation: 'secrets.replace',
      title: `Scope of the configuration "${namesOf(context).target}"`,
      fields: [{ field: 'SyncAll', before: observed.before, after }, ...(after === 'false' ? [field] : [])],
      parameters: {
        servicePrincipalId: configuration.id,
        companyId: context.link.target.tenantId,
        syncAll: after,
        notifications,
        ...(after === 'false' ? parameter : {}),
      },
      ...change,
      notes: [...change.notes, ...maskedNotes(secrets, notifications)],
    };
    return [one];
  },
  async apply(write, { parameters }) {
    const requestIds = await saveSettings(write, String(parameters['servicePrincipalId']), parameters);
    return { requestIds };
  },
};

function wantedOf(context: StepContext): 'true' | 'false' {
  return subjectOf(context, 'scope').who === 'all' ? 'true' : 'false';
}

function isNarrowing({ parameters }: Change): boolean {
  return parameters['syncAll'] === 'false';
}

async function observeSwitch(context: StepContext): Promise<Observed> {
  const configuration = await existingConfiguration(context);
  const secrets = await savedSettings(context, configuration);
  const before = presentSwitch(context, secretOf(secrets, 'SyncAll'));
  const after = wantedOf(context);
  const parts = { configuration, secrets, job: undefined, schema: undefined };
  if (before === after) return { ...parts, moves: null, before };
  const job = await findCrossTenantJob(context.source, configuration.id);
  const schema = job && (await findSchema(context.source, configuration.id, job.id));
  const known = { configuration, secrets, job, schema };
  const filters = schema ? filtersOf(schema) : [];
  const wanted = subjectOf(context, 'scope').filter;
  const wantedFilters = wanted && wanted.length > 0 ? [{ name: '', clauses: wanted }] : [];
  const rules = [...filters, ...(after === 'true' ? wantedFilters : [])];
  const { members, assignedIds } = await readCandidates(context, known, true, rules);
  const everybody = { isAssigned: () => true, filters };
  const assigned = { isAssigned: (one: { userId: string }) => assignedIds.has(one.userId), filters };
  const [first, second] = after === 'true' ? [assigned, everybody] : [everybody, assigned];
  // With a filter in the same plan those who come are counted once, here, by what both make together.
  const entering = { isAssigned: () => true, filters: wantedFilters };
  const isCounted = after === 'true' && wanted !== null;
  const moves = movesOf(
    context,
    known,
    members,
    first,
    second,
    after === 'false',
    isCounted ? entering : second,
  );
  return { ...known, moves, before };
}

/** Whether the switch of the same plan brings everybody in, so that it says who comes. */
export function bringsEverybody(context: StepContext, secrets: readonly Secret[]): boolean {
  const isWanted = subjectOf(context, 'scope').who === 'all';
  return isWanted && presentSwitch(context, secretOf(secrets, 'SyncAll')) !== 'true';
}

/** What Graph masks counts as last verified (decisions, Desired state); what was never saved means "assigned". */
function presentSwitch(
  { verified, hasWritten, subject }: StepContext,
  saved: string | null | undefined,
): Observed['before'] {
  if (saved !== null) return saved?.toLowerCase() === 'true' ? 'true' : 'false';
  const who = hasWritten === true && subject?.type === 'scope' ? subject.who : verified?.scope;
  return who === undefined ? notReadable : who === 'all' ? 'true' : 'false';
}
