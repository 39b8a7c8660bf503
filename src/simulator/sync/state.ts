import type { MappingSchema } from './schema-types';

/** The part of a tenant's world that belongs to the synchronization engine. Plain JSON; `Ms` are simulated epoch ms. */
export interface SyncState {
  /** By object id of the service principal. */
  configurations: Record<string, Configuration>;
  /** Provisioning log, oldest first, 30 days. */
  rows: LogRow[];
  options: SyncOptions;
}

export interface SyncOptions {
  /** Provision on demand honours an assignment only when it is this old (facts 4.7), simulated seconds. */
  assignmentDelaySeconds: number;
  /** A new service principal answers 404 for so long (facts 4.1), real ms. */
  replicationMs: number;
  /** Which of the two documented answers provision on demand gives; `mixed` changes with the subject. */
  onDemandAnswer: 'mixed' | 'list' | 'object';
  escrow: EscrowLimits;
  /** A full cycle writes a skipped row for each assigned group too; how often the service does is UNVERIFIED. */
  groupRows: boolean;
  /** A read of the saved settings masks `SyncNotificationSettings`; whether the service does is UNVERIFIED (facts 4.3). */
  masksNotifications: boolean;
}

/** From how many failed users of a cycle the job goes into quarantine (facts 4.6). */
export interface EscrowLimits {
  /** Below this many failures nothing but `total` counts. */
  least: number;
  /** More than this share of what was looked at. */
  share: number;
  /** More than this many. */
  base: number;
  /** This many of any kind. */
  total: number;
}

export interface Assignment {
  id: string;
  principalId: string;
  principalType: 'User' | 'Group';
  principalDisplayName: string;
  appRoleId: string;
  createdMs: number;
}

export interface Secret {
  key: string;
  value: string;
}

/** What belongs to one service principal made from the cross-tenant synchronization template. */
export interface Configuration {
  servicePrincipalId: string;
  /** The application that instantiated it: Application.ReadWrite.OwnedBy reaches no other. */
  ownerClientId: string;
  secrets: Secret[];
  assignments: Assignment[];
  /** Grows with every change of the assignments. */
  assignmentVersion: number;
  job: SyncJob | null;
}

/** What the job remembers of one source user (its connector store). */
export interface Subject {
  /** In scope by assignment when it was last looked at. */
  assigned: boolean;
  targetId: string | null;
  /** The engine made the target user, so its userPrincipalName follows the source. */
  createdHere: boolean;
  /** The engine soft-deleted the target user: only then it may restore it (facts 0.2). */
  deletedHere: boolean;
  failures: number;
  /** Looked at again from this instant even when nothing changed; null = only after a change. */
  retryMs: number | null;
}

export type ResultState = 'Succeeded' | 'Failed' | 'EntryLevelErrors';

export interface EngineError {
  code: string;
  message: string;
}

export interface Counts {
  entitled: number;
  entitledForProvisioning: number;
  escrowed: number;
  exported: number;
  imported: number;
}

export interface Execution {
  id: string;
  state: ResultState;
  beganMs: number;
  endedMs: number;
  error: EngineError | null;
  counts: Counts;
}

export const quarantineReasons = [
  'EncounteredBaseEscrowThreshold',
  'EncounteredTotalEscrowThreshold',
  'EncounteredEscrowProportionThreshold',
  'EncounteredQuarantineException',
  'Unknown',
  'QuarantinedOnDemand',
  'TooManyDeletes',
  'IngestionInterrupted',
] as const;
export type QuarantineReason = (typeof quarantineReasons)[number];

export interface Quarantine {
  reason: QuarantineReason;
  /** Since when for this reason. */
  beganMs: number;
  /** Since when for any reason. */
  seriesBeganMs: number;
  seriesCount: number;
  nextAttemptMs: number;
  error: EngineError | null;
}

/** A cycle under way. */
export interface Cycle {
  id: string;
  isFull: boolean;
  beganMs: number;
  endsMs: number;
  /** Source user ids in the order of work; the first `done` are finished. */
  queue: string[];
  done: number;
  counts: Counts;
  /** The deletion threshold was reached: deletions are only staged (facts 4.10). */
  stagesDeletes: boolean;
  /** `World.serial` when the cycle began: later changes belong to the next one. */
  watermark: number;
}

export interface SyncJob {
  id: string;
  schedule: 'Active' | 'Disabled' | 'Paused';
  hasStarted: boolean;
  /** The first cycle completed, well or badly. */
  hasCompleted: boolean;
  nextCycleMs: number | null;
  cycle: Cycle | null;
  /** The next cycle looks at everybody again. */
  isFullNext: boolean;
  /** The next cycle may delete above the threshold. */
  forceDeletes: boolean;
  watermark: number;
  /** `assignmentVersion` that the last cycle worked with. */
  assignmentVersion: number;
  subjects: Record<string, Subject>;
  /** Objects ever in the connector store: never goes down (facts 4.5). */
  entryCount: number;
  quarantine: Quarantine | null;
  completeFailures: number;
  lastExecution: Execution | null;
  lastSuccess: Execution | null;
  lastSuccessWithExports: Execution | null;
  steadyFirstMs: number | null;
  steadyLastMs: number | null;
  settings: { name: string; value: string }[];
  /** As it was PUT; null = the default. */
  schema: MappingSchema | null;
}

export interface ModifiedProperty {
  displayName: string;
  oldValue: string | null;
  newValue: string | null;
}

export type ProvisioningAction = 'other' | 'create' | 'delete' | 'disable' | 'update' | 'stagedDelete';

export interface Failure {
  code: string;
  reason: string;
}

/** Outcome of the scoping step. */
export interface Scoping {
  active: boolean;
  assigned: boolean;
  /** Every clause that was evaluated, by its text (facts 6.1). */
  clauses: Record<string, boolean>;
  passed: boolean;
}

/** One event of the provisioning log, as compact as it can be expanded to facts 6.1. */
export interface LogRow {
  id: string;
  atMs: number;
  targetTenantId: string;
  servicePrincipalId: string;
  jobId: string;
  cycleId: string;
  changeId: string;
  action: ProvisioningAction;
  status: 'success' | 'failure' | 'skipped';
  isOnDemand: boolean;
  durationMs: number;
  source: { id: string; displayName: string; userPrincipalName: string };
  targetId: string | null;
  /** `User` when left out. */
  type?: 'Group';
  /** A target user was there before. */
  matched: boolean;
  failure: Failure | null;
  skipReason: string | null;
  /** `RowDetail` as JSON text: one text instead of dozens of objects a row. */
  detail: string;
}

/** What only a reader of the row needs. */
export interface RowDetail {
  /** Attributes of the source user as they were imported. */
  imported: Record<string, string>;
  scoping: Scoping;
  modified: ModifiedProperty[];
}

export type OpenRow = LogRow & RowDetail;

export function openRow(row: LogRow): OpenRow {
  return { ...row, ...(JSON.parse(row.detail) as RowDetail) };
}

export function newSyncState(): SyncState {
  return {
    configurations: {},
    rows: [],
    options: {
      assignmentDelaySeconds: 10,
      replicationMs: 1500,
      onDemandAnswer: 'mixed',
      escrow: { least: 5000, share: 0.4, base: 40_000, total: 60_000 },
      groupRows: false,
      masksNotifications: false,
    },
  };
}
