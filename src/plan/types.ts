import type { GraphRead, GraphWrite } from '../graph/client';
import type { PlanSubject } from './subject';

export type * from './record';

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
  // the switches of the cross-tenant access policy
  | 'allow'
  | 'redeem'
  | 'trust'
  | 'default'
  // conflicting identities
  | 'fix-sms'
  | 'phone-remove'
  // who and what is synchronized
  | 'assign'
  | 'unassign'
  | 'guard'
  | 'mail'
  | 'scope-set'
  | 'map-set'
  // the job
  | 'start'
  | 'pause'
  | 'restart'
  | 'try'
  // what an earlier plan did, taken back
  | 'undo'
  // our own, no tenant's
  | 'unfreeze';

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
  /** Who is in scope, when `scope set` decided it: stands in for a `SyncAll` that Graph does not show. */
  readonly scope?: 'assigned' | 'all';
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
  /** What was there, whole, where `fields` tell it in words only: undo puts it back. */
  readonly image?: JsonValue;
  /** What follows from it as things stand now, one sentence each, without a name of a person. */
  readonly notes?: readonly string[];
  /** Who leaves the scope with it: named to those who approve, counted for all others. */
  readonly leavers?: Leavers;
  /** What it makes of a few users: shown to people of the changed tenant only. */
  readonly examples?: readonly MappedExample[];
}

export interface Leavers {
  readonly count: number;
  /** In the order of names; cut off when there are very many. */
  readonly named: readonly NamedUser[];
}

/** One user's value by the present and by the planned mapping; `null` where it cannot be worked out here. */
export interface MappedExample extends NamedUser {
  readonly before: string | null;
  readonly after: string | null;
}

/** A user of the source whom a change names. */
export interface NamedUser {
  readonly userId: string;
  readonly displayName: string;
  readonly userPrincipalName: string;
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
  | 'pause-job'
  | 'assign-principals'
  | 'unassign-principals'
  | 'deletion-guard'
  | 'notification-mail'
  | 'scope-switch'
  | 'scope-filter'
  | 'attribute-mapping'
  | 'inbound-trust'
  | 'default-policy'
  | 'sms-sign-in-off'
  | 'sms-sign-in-off-administrator'
  | 'phone-removal'
  | 'phone-removal-administrator'
  | 'sync-proof'
  | 'restart-job'
  | 'settings-restored'
  | 'trust-inherited'
  | 'sms-sign-in-on'
  | 'sms-sign-in-on-administrator'
  | 'phone-return'
  | 'phone-return-administrator'
  | 'lift-freeze-source'
  | 'lift-freeze-target';

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
  /** What was last written and read back: settings that Graph masks count as equal to it (decisions, Desired state). */
  readonly verified?: DesiredState | null;
  /** Graph accepted our own write of this step: what it does not show counts as written. */
  readonly hasWritten?: boolean;
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
  /** Where the tier depends on what is changed: taking away is more than giving. */
  /** The tier when it depends on what is to be changed; else that of the step. */
  tierOf?(changes: readonly Change[]): Tier;
  /** Ids that this observation reveals, for symbolic references of later steps. */
  resolve?(observed: Observed): ResolvedIds;
  /**
   * What the before-image must keep and nobody may read: a phone number. Read just before the intent, kept encrypted;
   * `null` when there is nothing to keep.
   */
  readonly secretImage?: (context: StepContext) => Promise<string | null>;
  /**
   * One write, in the tenant of `side`. Called once per change, with every symbolic id that is known.
   * @throws BotError `graph-ambiguous` when the outcome is unknown; the caller reads back before anything else (I23)
   */
  apply(write: GraphWrite, change: Change, resolved: ResolvedIds, context: StepContext): Promise<ApplyResult>;
  /** `true` for steps whose effect cannot be observed (provision on demand): never repeated after an ambiguous outcome. */
  readonly isUnrepeatable?: boolean;
}
