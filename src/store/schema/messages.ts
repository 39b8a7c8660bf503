import { sql } from 'drizzle-orm';
import { boolean, index, integer, pgTable, text, uniqueIndex, primaryKey } from 'drizzle-orm/pg-core';
import { at } from './at';

/** The outbox: one row per message; it is due when `wantedVersion` is above `sentVersion`. */
export const cards = pgTable(
  'cards',
  {
    id: text('id').primaryKey(),
    /** What the card is about: a plan, the incident of a `notice`, the head of the chain of an `anchor`. */
    planId: text('plan_id').notNull(),
    role: text('role')
      .$type<'requester' | 'approver' | 'observer' | 'channel' | 'notice' | 'anchor'>()
      .notNull(),
    /** An approver's card: for which tenant; the others: the reader's tenant. */
    tenantId: text('tenant_id').notNull(),
    personTenantId: text('person_tenant_id').notNull().default(''),
    personObjectId: text('person_object_id').notNull().default(''),
    conversationId: text('conversation_id').notNull(),
    activityId: text('activity_id'),
    /** The message that stood before, when the card was sent anew; loses its buttons at the next delivery. */
    replacedActivityId: text('replaced_activity_id'),
    wantedVersion: integer('wanted_version').notNull(),
    sentVersion: integer('sent_version').notNull().default(0),
    /** `posting` = a POST is under way; found after a crash it is ambiguous and not repeated. */
    state: text('state').$type<'ready' | 'posting' | 'ambiguous' | 'dead'>().notNull(),
    attempts: integer('attempts').notNull().default(0),
    notBefore: at('not_before').notNull().defaultNow(),
    leaseUntil: at('lease_until'),
    /** Why a dead card is dead: "gone", "refused: 413". */
    deadReason: text('dead_reason'),
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
    /** IANA name, as Teams told it with the person's last message. */
    timeZone: text('time_zone'),
    /** The newest consent card there. */
    consentActivityId: text('consent_activity_id'),
  },
  (table) => [index('conversations_person').on(table.personTenantId, table.personObjectId)],
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

/** Messages that were taken, so that the same one delivered again has no second effect (I20); kept for a day. */
export const takenMessages = pgTable(
  'taken_messages',
  {
    conversationId: text('conversation_id').notNull(),
    activityId: text('activity_id').notNull(),
    isAnswered: boolean('is_answered').notNull().default(false),
    takenAt: at('taken_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.conversationId, table.activityId] }),
    index('taken_messages_age').on(table.takenAt),
  ],
);
