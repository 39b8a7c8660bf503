/** Where something has to be put right. `service`: at Microsoft, by waiting. `none`: nothing is wrong. */
export type CauseSide = 'source' | 'target' | 'both' | 'service' | 'none';

/** Where a code is met: in a connection test, for one user, as a skip, from the engine, in a quarantine, from a request. */
export type CauseKind = 'connection' | 'user' | 'skip' | 'engine' | 'quarantine' | 'request';

/** One row of the catalogue of errors and skips (facts 6.3; product 3.9). */
export interface Cause {
  /** Unique and stable; names the row in tests and docs. */
  readonly name: string;
  readonly kind: CauseKind;
  /** As Microsoft writes them; compared without case. Empty when only a text tells it. */
  readonly codes: readonly string[];
  /** Connectors put their name before these codes: `BoxEntryConflict`. */
  readonly isPrefixed?: boolean;
  /** Tells rows of one code apart; a row without codes is known by its text alone. */
  readonly text?: RegExp;
  /** One short sentence for people. */
  readonly cause: string;
  readonly side: CauseSide;
  /** What to do, in imperative sentences. */
  readonly remedy: string;
  /** Commands that lead on, best first; `{link}` and `{user}` are filled in. A button appears for those that exist. */
  readonly commands: readonly string[];
  /** The public page that says so, and how sure it is. */
  readonly source: string;
  /** Looks like a fault and is none. */
  readonly isHarmless?: boolean;
}

/** Pages that the rows rest on. */
export const pages = {
  configure: 'Entra docs: Configure cross-tenant synchronization',
  logs: 'Entra docs: Analyze the provisioning logs',
  knownIssues: 'Entra docs: Known issues for provisioning',
  quarantine: 'Entra docs: Quarantine status of provisioning',
  deletions: 'Entra docs: Accidental deletions prevention',
  graph: 'Entra docs: Configure cross-tenant synchronization with Microsoft Graph',
  onDemand: 'Graph docs: synchronizationJob provisionOnDemand',
  registration: 'Graph docs: userRegistrationDetails',
} as const;
