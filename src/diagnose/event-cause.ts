import type { ProvisioningEvent } from '../graph/provisioning-logs';
import type { Cause } from './causes/cause';
import { causesOf } from './explain';

/** What one row of the provisioning log comes to: by the catalogue, or raw when it is not in there. */
export interface EventCause {
  /** `null` = the catalogue does not know it. */
  readonly cause: Cause | null;
  /** As Graph wrote it; `null` when the row carries none. */
  readonly code: string | null;
  /** What Graph said in words, telephone numbers masked; `null` when it said nothing. */
  readonly text: string | null;
  /** The scoping clause that was not met, as Graph wrote it. */
  readonly clause: string | null;
}

type Row = Pick<
  ProvisioningEvent,
  'action' | 'status' | 'errorCode' | 'reason' | 'skipReason' | 'scopeEvaluation' | 'steps'
>;

/**
 * The cause of a row that failed, was skipped or was staged; `null` for one that went well. In the order in which the
 * engine blocks: not active, not assigned, filter, then the code (facts 6.1, 6.3).
 */
export function causeOfEvent(row: Row): EventCause | null {
  const isStaged = row.action?.toLowerCase().startsWith('staged') === true;
  if (row.status === 'success' && !isStaged) return null;
  const code = isStaged ? capitalised(row.action) : (row.errorCode ?? row.skipReason);
  const clause = Object.entries(row.scopeEvaluation).find(([, isMet]) => !isMet)?.[0] ?? null;
  const said = { code, text: row.reason === null ? null : withoutPhones(row.reason), clause };
  if (isStaged || row.status === 'failure') return { ...said, cause: oneOf(causesOf(said)) };
  if (scopingSays(row, 'active', 'False')) return { ...said, cause: known('NotActive') };
  if (scopingSays(row, 'assigned', 'False')) return { ...said, cause: known('NotEffectivelyEntitled') };
  if (clause !== null) {
    const filter = oneOf(causesOf({ code: null, text: clause })) ?? known('EntrySynchronizationSkipped');
    return { ...said, cause: filter };
  }
  return { ...said, cause: oneOf(causesOf(said)) };
}

/** Provision on demand says `IsActive`, the log says `Active in the source system` (facts 4.7, 6.1). */
function scopingSays(row: Row, word: 'active' | 'assigned', value: string): boolean {
  const keys = { active: /^(IsActive|Active in the source system)$/i, assigned: /^Assigned( to the .*)?$/i };
  return row.steps.some((step) =>
    Object.entries(step.details).some(
      ([key, said]) => keys[word].test(key) && said.toLowerCase() === value.toLowerCase(),
    ),
  );
}

function known(code: string): Cause | null {
  return oneOf(causesOf({ code, text: null }));
}

/** Several rows mean that nobody can tell which: then none is claimed. */
function oneOf(causes: readonly Cause[]): Cause | null {
  return causes.length === 1 ? (causes[0] ?? null) : null;
}

function capitalised(word: string | null): string | null {
  return word && word.charAt(0).toUpperCase() + word.slice(1);
}

/** Free text of the service may quote a number; nobody needs it here. */
export function withoutPhones(text: string): string {
  return text.replace(/\+\d[\d ()-]{5,}\d/g, (number) => `+•••${number.slice(-2)}`);
}
