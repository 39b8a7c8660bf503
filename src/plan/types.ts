import type { GraphRead, GraphWrite } from '../graph/client';
import type { PlanSubject } from './subject';

export type JsonValue = null | boolean | number | string | JsonValue[] | { [key: string]: JsonValue };

export type Side = 'source' | 'target';

/** T1: the requester confirms. T2: one approver per changed tenant. T3: two, with a typed count. */
export type Tier = 'T1' | 'T2' | 'T3';

/** A tenant as the settings name it. `key` is what people type (`con`). */
export interface Tenant {
  readonly tenantId: string;
  readonly key: string;
  readonly displayName: string;
  readonly cloud: 'public' | 'usgov' | 'china';
}

/** A tenant pair: users of `source` are provisioned into `target`. Its name is `con>fab`. */
export interface Link {
  readonly source: Tenant;
  readonly target: Tenant;
}

/** Who did something. Identity is (tenantId, objectId) and nothing else (I9); the name is for people. */
export interface Person {
  readonly tenantId: string;
  readonly objectId: string;
  readonly displayName: string;
}

/** Named after the command that plans it. */
export type PlanKind =
  // all of the guide
  | 'setup'
  // the job
  | 'start'
  | 'pause'
  | 'restart'
  | 'try';

export type PlanState =
  | 'draft'
  | 'submitted'
  | 'approved'
  | 'applying'
  | 'applied'
  | 'failed'
  | 'needs-attention'
  | 'stale'
  | 'rejected'
  | 'withdrawn'
  | 'expired'
  | 'superseded';

/** What the link shall look like; one versioned document per link, proposed by the options of `setup`. */
export interface DesiredState {
  readonly userType: 'member' | 'guest';
  /** Users and groups that shall be assigned; additive: `setup` never unassigns. */
  readonly assignments: readonly DesiredAssignment[];
  /** Deletions per cycle above which the service stops the job; `null` leaves the setting alone. */
  readonly deletionGuard: number | null;
  readonly notificationMail: string | null;
}

export interface DesiredAssignment {
  readonly principalId: string;
  readonly principalType: 'User' | 'Group';
  readonly displayName: string;
  /** Direct members that would be synchronized: 1 for a user. */
  readonly userCount: number;
}

/** One field of one object, before and after. `"absent"` = the object or field does not exist yet. */
export interface FieldChange {
  readonly field: string;
  readonly before: JsonValue;
  readonly after: JsonValue;
}

/**
 * One Graph write. Parameters are literals or symbolic references (`$configuration.servicePrincipalId`),
 * always symbolic for ids that this plan creates, also once they are known: the digest must not move.
 */
export interface Change {
  /** The named operation, e.g. `partners.create`; unknown ones are refused (I26). */
  readonly operation: string;
  /** What is changed, for an administrator: "Partner entry for Alpha". */
  readonly title: string;
  readonly fields: readonly FieldChange[];
  readonly parameters: Readonly<Record<string, JsonValue>>;
  /** Users who will notice. */
  readonly affectedUsers: number;
  /** `true`, or the reason why it cannot be undone. */
  readonly undo: true | string;
}

export type StepName =
  | 'partner-target'
  | 'inbound-sync'
  | 'redemption-inbound'
  | 'partner-source'
  | 'redemption-outbound'
  | 'configuration'
  | 'job'
  | 'secrets'
  | 'assignments'
  | 'mapping'
  | 'provision-on-demand'
  | 'start-job'
  | 'restart-job'
  | 'pause-job';

/** A step as it stands in a plan: data, no functions. Steps without changes are left out of the plan. */
export interface PlannedStep {
  readonly name: StepName;
  readonly side: Side;
  readonly tenantId: string;
  readonly tier: Tier;
  readonly title: string;
  /** What users and administrators will notice, one or two sentences. */
  readonly meaning: string;
  /** Entra role template ids; any one of them held in `tenantId` is authority for this step (facts 2.3). */
  readonly roleTemplateIds: readonly string[];
  readonly changes: readonly Change[];
}

/** The part of a plan that the digest covers (I3). Plain JSON. */
export interface PlanContent {
  readonly kind: PlanKind;
  readonly sourceTenantId: string;
  readonly targetTenantId: string;
  readonly requester: Person;
  readonly revision: number;
  readonly policyVersion: number;
  readonly desired: DesiredState | null;
  readonly subject: PlanSubject | null;
  readonly steps: readonly PlannedStep[];
}

/** Ids learned from Graph while observing or applying; never part of the digest. */
export interface ResolvedIds {
  servicePrincipalId?: string;
  appRoleId?: string;
  jobId?: string;
  ruleId?: string;
}

/** What a step is given. It holds no clock, no settings, no fetch. */
export interface StepContext {
  readonly link: Link;
  readonly desired: DesiredState | null;
  readonly subject: PlanSubject | null;
  readonly source: GraphRead;
  readonly target: GraphRead;
}

export interface ApplyResult {
  /** Ids that later changes refer to symbolically. */
  readonly resolved?: ResolvedIds;
  /** Graph's request ids, for the result card and the audit. */
  readonly requestIds: readonly string[];
  /** What a person wants to see of the outcome (the steps of provision on demand, for example). */
  readonly outcome?: JsonValue;
}

/**
 * One set-up step: look, compare, write.
 *
 * `observe` reads both tenants and never writes. `diff` is pure: the changes that are still needed, in order;
 * empty when the step is done. After our own change was applied, `observe` + `diff` no longer yields it:
 * that is how a write is read back (I25) and how a crash is resolved (I23).
 */
export interface Step<Observed = unknown> {
  readonly name: StepName;
  readonly side: Side;
  readonly tier: Tier;
  readonly roleTemplateIds: readonly string[];
  /** Application permissions the step needs in its tenant. */
  readonly permissions: readonly string[];
  title(context: StepContext): string;
  meaning(context: StepContext): string;
  observe(context: StepContext): Promise<Observed>;
  diff(context: StepContext, observed: Observed): Change[];
  /** The tier when it depends on what is to be changed; else that of the step. */
  tierOf?(changes: readonly Change[]): Tier;
  /** Ids that this observation reveals, for symbolic references of later steps. */
  resolve?(observed: Observed): ResolvedIds;
  /**
   * One write, in the tenant of `side`. Called once per change, with every symbolic id that is known.
   * @throws BotError `graph-ambiguous` when the outcome is unknown; the caller reads back before anything else (I23)
   */
  apply(write: GraphWrite, change: Change, resolved: ResolvedIds, context: StepContext): Promise<ApplyResult>;
  /** `true` for steps whose effect cannot be observed (provision on demand): never repeated after an ambiguous outcome. */
  readonly isUnrepeatable?: boolean;
}

/** How many people of one changed tenant must approve, and who was found that could. */
export interface Quorum {
  readonly tenantId: string;
  readonly needed: number;
  readonly candidates: readonly Person[];
}

export interface Decision {
  readonly person: Person;
  /** The changed tenant for which this person decided. */
  readonly forTenantId: string;
  readonly decision: 'approved' | 'rejected' | 'confirmed' | 'withdrawn';
  readonly reason: string | null;
  /** The role (template id) or `group:<id>` that gave authority at that moment. */
  readonly authority: string;
  /** ISO 8601, database clock. */
  readonly at: string;
}

/** How one change of the plan went; the intent row comes before the request, the result after it (I22). */
export interface ChangeRun {
  readonly stepIndex: number;
  readonly changeIndex: number;
  readonly state: 'waiting' | 'writing' | 'written' | 'verified' | 'already-done' | 'failed' | 'unknown';
  readonly requestIds: readonly string[];
  readonly outcome: JsonValue;
  /** What went wrong, ready to show: code, what was happening, remedy. */
  readonly error: {
    readonly code: string;
    readonly doing: string;
    readonly remedy: string;
    readonly requestId?: string;
  } | null;
  readonly at: string | null;
}

/** A plan as it stands in the database: what every card about it is drawn from (I5). */
export interface PlanRecord {
  /** `PL-0031`. */
  readonly id: string;
  readonly state: PlanState;
  readonly revision: number;
  readonly content: PlanContent;
  /** SHA-256, hex. */
  readonly digest: string;
  readonly tier: Tier;
  /** Why the tier is higher than its steps: "12 people in two tenants"; null when it was not raised. */
  readonly tierRaise: string | null;
  readonly reason: string | null;
  readonly quorums: readonly Quorum[];
  readonly decisions: readonly Decision[];
  readonly runs: readonly ChangeRun[];
  /** Why it ended or waits for a person; null while it goes well. */
  readonly ending: { readonly code: string; readonly text: string; readonly remedy: string } | null;
  readonly createdAt: string;
  readonly submittedAt: string | null;
  readonly expiresAt: string | null;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
}

/** For whom a card about a plan is drawn. What a button may do is decided at the press, not here (I4). */
export type PlanAudience =
  | { readonly role: 'requester'; readonly nonce: string }
  | {
      readonly role: 'approver';
      readonly forTenantId: string;
      readonly nonce: string;
      readonly hasDecided: boolean;
      /** The number of affected people that must be typed (T3); null when none is asked for. */
      readonly typedCount: number | null;
    }
  /** Anyone else who may see it, with their tenant: the other tenant's steps appear by title only. */
  | { readonly role: 'observer'; readonly tenantId: string }
  /** The base card of a channel: no names of affected people, no decision buttons; `userIds` get a refresh. */
  | { readonly role: 'channel'; readonly tenantId: string; readonly userIds: readonly string[] };
