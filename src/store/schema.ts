import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  index,
  integer,
  json,
  pgSequence,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type {
  ChangeRun,
  DesiredState,
  FieldChange,
  JsonValue,
  Person,
  PlanContent,
  PlanKind,
  PlanRecord,
  PlanState,
  ResolvedIds,
  Tier,
} from '../plan/types';

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/** `PL-0031` is made from it. */
export const planNumbers = pgSequence('plan_number', { startWith: 1 });

export const links = pgTable(
  'links',
  {
    sourceTenantId: text('source_tenant_id').notNull(),
    targetTenantId: text('target_tenant_id').notNull(),
    origin: text('origin').$type<'setup' | 'found'>().notNull(),
    /** A cache: always read again before use. */
    resolved: json('resolved').$type<ResolvedIds>().notNull(),
    seenAt: at('seen_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.sourceTenantId, table.targetTenantId] })],
);

/** Only versions that were applied; the highest one is current. */
export const desiredStates = pgTable(
  'desired_states',
  {
    sourceTenantId: text('source_tenant_id').notNull(),
    targetTenantId: text('target_tenant_id').notNull(),
    version: integer('version').notNull(),
    desired: json('desired').$type<DesiredState>().notNull(),
    planId: text('plan_id').notNull(),
    createdAt: at('created_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.sourceTenantId, table.targetTenantId, table.version] })],
);

export const plans = pgTable(
  'plans',
  {
    id: text('id').primaryKey(),
    state: text('state').$type<PlanState>().notNull(),
    revision: integer('revision').notNull(),
    kind: text('kind').$type<PlanKind>().notNull(),
    sourceTenantId: text('source_tenant_id').notNull(),
    targetTenantId: text('target_tenant_id').notNull(),
    requesterTenantId: text('requester_tenant_id').notNull(),
    requesterObjectId: text('requester_object_id').notNull(),
    content: json('content').$type<PlanContent>().notNull(),
    digest: text('digest').notNull(),
    tier: text('tier').$type<Tier>().notNull(),
    tierRaise: text('tier_raise'),
    reason: text('reason'),
    ending: json('ending').$type<NonNullable<PlanRecord['ending']>>(),
    /** Where it was asked: gets the base card once it is submitted. */
    askedInConversationId: text('asked_in_conversation_id'),
    createdAt: at('created_at').notNull().defaultNow(),
    submittedAt: at('submitted_at'),
    expiresAt: at('expires_at'),
    approvedAt: at('approved_at'),
    /** An approved plan must start before this. */
    startBy: at('start_by'),
    startedAt: at('started_at'),
    /** A started plan must finish before this. */
    windowEndsAt: at('window_ends_at'),
    finishedAt: at('finished_at'),
    /** Grows with every lease; state writes of the executor are conditional on it (I24). */
    fence: bigint('fence', { mode: 'number' }).notNull().default(0),
    leaseUntil: at('lease_until'),
  },
  (table) => [
    uniqueIndex('plans_one_applying_per_link')
      .on(table.sourceTenantId, table.targetTenantId)
      .where(sql`state = 'applying'`),
    index('plans_state').on(table.state),
    index('plans_link').on(table.sourceTenantId, table.targetTenantId, table.createdAt),
  ],
);

export const quorums = pgTable(
  'quorums',
  {
    planId: text('plan_id').notNull(),
    revision: integer('revision').notNull(),
    tenantId: text('tenant_id').notNull(),
    needed: integer('needed').notNull(),
    candidates: json('candidates').$type<readonly Person[]>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.planId, table.revision, table.tenantId] })],
);

export const decisions = pgTable(
  'decisions',
  {
    planId: text('plan_id').notNull(),
    revision: integer('revision').notNull(),
    forTenantId: text('for_tenant_id').notNull(),
    personTenantId: text('person_tenant_id').notNull(),
    personObjectId: text('person_object_id').notNull(),
    personName: text('person_name').notNull(),
    decision: text('decision').$type<'approved' | 'rejected' | 'confirmed' | 'withdrawn'>().notNull(),
    reason: text('reason'),
    authority: text('authority').notNull(),
    surface: text('surface').notNull(),
    at: at('at').notNull().defaultNow(),
  },
  (table) => [
    // One voice per person, tenant and revision (I10).
    primaryKey({
      columns: [table.planId, table.revision, table.forTenantId, table.personTenantId, table.personObjectId],
    }),
  ],
);

/** The intent is the row in state `writing`, committed before the request; the result follows it (I22). */
export const changeRuns = pgTable(
  'change_runs',
  {
    planId: text('plan_id').notNull(),
    stepIndex: integer('step_index').notNull(),
    changeIndex: integer('change_index').notNull(),
    state: text('state').$type<ChangeRun['state']>().notNull(),
    operation: text('operation').notNull(),
    attempt: integer('attempt').notNull(),
    clientRequestId: text('client_request_id'),
    before: json('before').$type<readonly FieldChange[]>().notNull(),
    requestIds: json('request_ids').$type<readonly string[]>().notNull(),
    outcome: json('outcome').$type<JsonValue>(),
    resolved: json('resolved').$type<ResolvedIds>(),
    error: json('error').$type<NonNullable<ChangeRun['error']>>(),
    fence: bigint('fence', { mode: 'number' }).notNull(),
    at: at('at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.planId, table.stepIndex, table.changeIndex] })],
);

export const presses = pgTable(
  'presses',
  {
    id: text('id').primaryKey(),
    activityId: text('activity_id').notNull(),
    personTenantId: text('person_tenant_id').notNull(),
    personObjectId: text('person_object_id').notNull(),
    planId: text('plan_id').notNull(),
    revision: integer('revision').notNull(),
    verb: text('verb').notNull(),
    /** The whole request, as `approvals/decide` takes it. */
    request: json('request').$type<JsonValue>().notNull(),
    outcome: json('outcome').$type<JsonValue>(),
    receivedAt: at('received_at').notNull().defaultNow(),
    doneAt: at('done_at'),
  },
  (table) => [
    // One effect per activity (I20): Teams may deliver it again.
    uniqueIndex('presses_once_per_activity').on(table.personTenantId, table.personObjectId, table.activityId),
    // A second press while the first one is being decided joins it.
    uniqueIndex('presses_one_in_flight')
      .on(table.personTenantId, table.personObjectId, table.planId, table.revision, table.verb)
      .where(sql`outcome is null`),
  ],
);

/** The outbox: one row per message; it is due when `wantedVersion` is above `sentVersion`. */
export const cards = pgTable(
  'cards',
  {
    id: text('id').primaryKey(),
    /** What the card is about: a plan, or the incident of a `notice`. */
    planId: text('plan_id').notNull(),
    role: text('role').$type<'requester' | 'approver' | 'observer' | 'channel' | 'notice'>().notNull(),
    /** An approver's card: for which tenant; the others: the reader's tenant. */
    tenantId: text('tenant_id').notNull(),
    personTenantId: text('person_tenant_id').notNull().default(''),
    personObjectId: text('person_object_id').notNull().default(''),
    conversationId: text('conversation_id').notNull(),
    activityId: text('activity_id'),
    wantedVersion: integer('wanted_version').notNull(),
    sentVersion: integer('sent_version').notNull().default(0),
    /** `posting` = a POST is under way; found after a crash it is ambiguous and not repeated. */
    state: text('state').$type<'ready' | 'posting' | 'ambiguous' | 'dead'>().notNull(),
    attempts: integer('attempts').notNull().default(0),
    notBefore: at('not_before').notNull().defaultNow(),
    leaseUntil: at('lease_until'),
  },
  (table) => [
    uniqueIndex('cards_one_per_reader').on(
      table.planId,
      table.role,
      table.tenantId,
      table.personTenantId,
      table.personObjectId,
      table.conversationId,
    ),
    index('cards_due')
      .on(table.notBefore)
      .where(sql`wanted_version > sent_version and state <> 'dead'`),
  ],
);

export const conversations = pgTable(
  'conversations',
  {
    conversationId: text('conversation_id').primaryKey(),
    kind: text('kind').$type<'personal' | 'channel' | 'groupChat'>().notNull(),
    serviceUrl: text('service_url').notNull(),
    tenantId: text('tenant_id').notNull(),
    botId: text('bot_id').notNull(),
    personTenantId: text('person_tenant_id'),
    personObjectId: text('person_object_id'),
    personName: text('person_name'),
    teamsUserId: text('teams_user_id'),
    isWelcomed: boolean('is_welcomed').notNull().default(false),
    isGone: boolean('is_gone').notNull().default(false),
    seenAt: at('seen_at').notNull().defaultNow(),
  },
  (table) => [index('conversations_person').on(table.personTenantId, table.personObjectId)],
);

export const consents = pgTable('consents', {
  /** SHA-256 of the state in the link. */
  stateHash: text('state_hash').primaryKey(),
  tenantId: text('tenant_id').notNull(),
  pack: text('pack').notNull(),
  requestedBy: json('requested_by').$type<Person>().notNull(),
  conversationId: text('conversation_id'),
  createdAt: at('created_at').notNull().defaultNow(),
  expiresAt: at('expires_at').notNull(),
  usedAt: at('used_at'),
});

export const invitations = pgTable('invitations', {
  /** SHA-256 of the code in upper case. */
  codeHash: text('code_hash').primaryKey(),
  tenantId: text('tenant_id').notNull(),
  invitedBy: json('invited_by').$type<Person>().notNull(),
  createdAt: at('created_at').notNull().defaultNow(),
  expiresAt: at('expires_at').notNull(),
  usedAt: at('used_at'),
});

/** Which revision was shown to whom, no more (decisions, Approval). */
export const nonces = pgTable(
  'nonces',
  {
    nonceHash: text('nonce_hash').primaryKey(),
    planId: text('plan_id').notNull(),
    revision: integer('revision').notNull(),
    personTenantId: text('person_tenant_id').notNull(),
    personObjectId: text('person_object_id').notNull(),
    /** The changed tenant that an approver's card is about; null on a requester's card. */
    forTenantId: text('for_tenant_id'),
    createdAt: at('created_at').notNull().defaultNow(),
  },
  (table) => [index('nonces_reader').on(table.planId, table.personObjectId)],
);

export const reads = pgTable('reads', {
  id: text('id').primaryKey(),
  command: text('command').notNull(),
  personTenantId: text('person_tenant_id').notNull(),
  personObjectId: text('person_object_id').notNull(),
  conversationId: text('conversation_id').notNull(),
  activityId: text('activity_id'),
  state: text('state').$type<'running' | 'done' | 'interrupted'>().notNull(),
  replica: text('replica').notNull(),
  startedAt: at('started_at').notNull().defaultNow(),
  finishedAt: at('finished_at'),
});

/** One hash chain per deployment; a trigger refuses UPDATE, DELETE and TRUNCATE (I31). */
export const audit = pgTable(
  'audit',
  {
    sequence: bigint('sequence', { mode: 'number' }).primaryKey(),
    /** ISO 8601, as hashed. */
    at: text('at').notNull(),
    event: text('event').notNull(),
    planId: text('plan_id'),
    actorTenantId: text('actor_tenant_id'),
    actorObjectId: text('actor_object_id'),
    /** The canonical JSON that was hashed, byte for byte. */
    record: text('record').notNull(),
    previousHash: text('previous_hash').notNull(),
    hash: text('hash').notNull(),
  },
  (table) => [index('audit_plan').on(table.planId, table.sequence)],
);

export * from './watch-schema';
