import { sql } from 'drizzle-orm';
import { index, integer, json, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import type { JsonValue } from '../../plan/types';
import { at } from './at';

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
    // The very same request while the first one is being decided joins it: a double click.
    uniqueIndex('presses_same_in_flight')
      .on(table.personTenantId, table.personObjectId, sql`md5(request::text)`)
      .where(sql`outcome is null`),
  ],
);

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
