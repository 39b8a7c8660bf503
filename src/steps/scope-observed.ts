import { deletionGuardOf } from '../engine/deletion-guard';
import { attributesOfFilters, type ScopingFilter } from '../engine/filters';
import { leavingNotes } from '../engine/leaving';
import { readEverybody, readMembers, type Member, type Members } from '../engine/members';
import { deletesLeavers } from '../engine/schema-nodes';
import { fingerprint, leaversFor, leaversOf, type Rule } from '../engine/scope';
import { listAssignments } from '../graph/app-role-assignments';
import type { Configuration } from '../graph/configurations';
import type { SynchronizationJob } from '../graph/synchronization-jobs';
import type { SynchronizationSchema } from '../graph/synchronization-schema';
import type { Secret } from '../graph/synchronization-secrets';
import type { Change, StepContext } from '../plan/types';
import { refuseUncounted } from './refuse-uncounted';
import { namesOf } from './step-words';

/** What a change of the scope is worked out from. */
export interface ScopeParts {
  readonly configuration: Configuration;
  readonly secrets: readonly Secret[];
  readonly job: SynchronizationJob | undefined;
  readonly schema: SynchronizationSchema | undefined;
}

/** Who goes and who comes when one rule takes the place of another. */
export interface Moves {
  readonly leavers: readonly Member[];
  readonly comers: readonly Member[];
  readonly notes: readonly string[];
}

/** Everybody whom either rule could bring in: all users, or those that are assigned. */
export async function readCandidates(
  context: StepContext,
  { configuration }: ScopeParts,
  isEverybody: boolean,
  filters: readonly ScopingFilter[],
): Promise<{ readonly members: Members; readonly assignedIds: ReadonlySet<string> }> {
  const attributes = attributesOfFilters(filters);
  const { items } = await listAssignments(context.source, configuration.id);
  const assigned = await readMembers(context.source, items, isEverybody ? [] : attributes);
  const assignedIds = new Set(assigned.users.map(({ userId }) => userId));
  const members = isEverybody ? await readEverybody(context.source, attributes) : assigned;
  return { members, assignedIds };
}

/**
 * Who goes and who comes; `entering` is what those who come are counted by, when another step of the plan takes part.
 *
 * @throws BotError when somebody may leave whom nobody could name
 */
export function movesOf(
  context: StepContext,
  { secrets, job, schema }: ScopeParts,
  members: Members,
  before: Rule,
  after: Rule,
  isNarrowing: boolean,
  entering: Rule = after,
): Moves {
  if (isNarrowing) refuseUncounted(members);
  const leavers = leaversOf(members.users, before, after);
  const comers = leaversOf(members.users, entering, before);
  const guard = deletionGuardOf(secrets, job);
  const isDeleting = schema === undefined || deletesLeavers(schema);
  const leaving = leavingNotes(leavers.length, {
    targetName: namesOf(context).target,
    guard,
    isDeleting,
  });
  const many = members.isComplete ? '' : 'More than ';
  const coming = comers.length.toLocaleString('en-GB');
  const comingNote = `${many}${coming} ${comers.length === 1 ? 'user enters' : 'users enter'} the scope and ${comers.length === 1 ? 'gets' : 'get'} an account in ${namesOf(context).target} with the next cycle, once the job runs.`;
  return {
    leavers,
    comers,
    notes: [...(isNarrowing ? leaving : []), ...(comers.length > 0 ? [comingNote] : [])],
  };
}

/** The parts of a change that tell who goes; somebody more or less makes an approved plan stale (I6). */
export function leavingParts({ leavers, comers, notes }: Moves) {
  return {
    field: { field: 'users who leave the scope', before: 0, after: leavers.length },
    parameter: { leavers: fingerprint(leavers) },
    change: {
      affectedUsers: leavers.length + comers.length,
      undo: true,
      notes,
      leavers: leaversFor(leavers),
    } satisfies Partial<Change>,
  };
}
