import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  json,
  pgSequence,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { Candidate } from '../../plan/record';
import type {
  ChangeRun,
  FieldChange,
  JsonValue,
  Person,
  PlanContent,
  PlanKind,
  PlanRecord,
  PlanState,
  ResolvedIds,
  Tier,
} from '../../plan/types';
import { at } from './at';

/** `PL-0031` is made from it. */
export const planNumbers = pgSequence('plan_number', { startWith: 1 });

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
    /** Deletes, or needs two people by its own steps: see `plan/tier`. */
    isDestructive: boolean('is_destructive').notNull().default(false),
    /** When those who were asked were reminded last. */
    remindedAt: at('reminded_at'),
    /** Who asked that nothing more is begun; read under the lease before each intent. */
    stopAskedBy: json('stop_asked_by').$type<Person>(),
    stopAskedAt: at('stop_asked_at'),
    /** What a running plan waits for, and until when; null once somebody is at work on it again. */
    pausedWhile: text('paused_while'),
    pausedUntil: at('paused_until'),
  },
  (table) => [
    // One open destructive plan per link and direction; one whose outcome is unknown still holds the place (I19).
    uniqueIndex('plans_one_open_destructive')
      .on(table.sourceTenantId, table.targetTenantId)
      .where(sql`is_destructive and state in ('submitted', 'approved', 'applying', 'needs-attention')`),
    // The same wish of the same person is open once, however often it was drafted.
    uniqueIndex('plans_one_open_per_digest')
      .on(table.sourceTenantId, table.targetTenantId, table.digest)
      .where(sql`state in ('submitted', 'approved', 'applying')`),
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
    candidates: json('candidates').$type<readonly Candidate[]>().notNull(),
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
    /** `approved-canary`: of the first changes alone. A version that does not know the word does not count it. */
    decision: text('decision')
      .$type<'approved' | 'approved-canary' | 'rejected' | 'confirmed' | 'withdrawn'>()
      .notNull(),
    /** How many changes an `approved-canary` was for; stays when it has become an `approved`. */
    firstChanges: integer('first_changes'),
    reason: text('reason'),
    authority: text('authority').notNull(),
    surface: text('surface').notNull(),
    at: at('at').notNull().defaultNow(),
    /** Of a T3 plan: different people even for different tenants. */
    isDistinct: boolean('is_distinct').notNull().default(false),
  },
  (table) => [
    uniqueIndex('decisions_distinct_people')
      .on(table.planId, table.revision, table.personTenantId, table.personObjectId)
      .where(sql`is_distinct`),
    // The same person in other letters would be two (I9).
    check(
      'decisions_person_lower',
      sql`person_tenant_id = lower(person_tenant_id) and person_object_id = lower(person_object_id)`,
    ),
    check('decisions_canary_size', sql`decision <> 'approved-canary' or coalesce(first_changes, 0) > 0`),
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
    /** What the before-image must not hold in clear, encrypted: `store/seal`. */
    sealed: text('sealed'),
    requestIds: json('request_ids').$type<readonly string[]>().notNull(),
    outcome: json('outcome').$type<JsonValue>(),
    resolved: json('resolved').$type<ResolvedIds>(),
    error: json('error').$type<NonNullable<ChangeRun['error']>>(),
    fence: bigint('fence', { mode: 'number' }).notNull(),
    at: at('at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.planId, table.stepIndex, table.changeIndex] })],
);

/** What an approver asked the requester about a plan, and the answer; no part of the digest. */
export const planQuestions = pgTable(
  'plan_questions',
  {
    planId: text('plan_id').notNull(),
    /** 1, 2, 3 within the plan. */
    number: integer('number').notNull(),
    revision: integer('revision').notNull(),
    /** The changed tenant for which the person who asks could decide. */
    forTenantId: text('for_tenant_id').notNull(),
    personTenantId: text('person_tenant_id').notNull(),
    personObjectId: text('person_object_id').notNull(),
    personName: text('person_name').notNull(),
    question: text('question').notNull(),
    askedAt: at('asked_at').notNull().defaultNow(),
    answer: text('answer'),
    answeredAt: at('answered_at'),
  },
  (table) => [primaryKey({ columns: [table.planId, table.number] })],
);
