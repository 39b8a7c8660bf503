import { sql } from 'drizzle-orm';
import {
  integer,
  json,
  pgSequence,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core';

import type { Person } from '../plan/types';

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/** `IN-0007` is made from it. */
export const incidentNumbers = pgSequence('incident_number', { startWith: 1 });

/** Where notices of a link are wanted; both tenant ids are `*` for all links. */
export const subscriptions = pgTable(
  'subscriptions',
  {
    conversationId: text('conversation_id').notNull(),
    sourceTenantId: text('source_tenant_id').notNull(),
    targetTenantId: text('target_tenant_id').notNull(),
    /** `problems`: no first cycles, no changes of the job. */
    severity: text('severity').$type<'all' | 'problems'>().notNull(),
    subscribedBy: json('subscribed_by').$type<Person>().notNull(),
    createdAt: at('created_at').notNull().defaultNow(),
    /** No notice begins before this; open incidents keep their cards. */
    mutedUntil: at('muted_until'),
    /** `lost`: Teams refused the bot there; heard from again, it may be subscribed anew. */
    state: text('state').$type<'active' | 'lost'>().notNull().default('active'),
  },
  (table) => [primaryKey({ columns: [table.conversationId, table.sourceTenantId, table.targetTenantId] })],
);

/** The last look at each link; a look is stored only over the version it was compared with. */
export const watchStates = pgTable(
  'watch_states',
  {
    sourceTenantId: text('source_tenant_id').notNull(),
    targetTenantId: text('target_tenant_id').notNull(),
    version: integer('version').notNull(),
    /** A `LinkSnapshot` of `src/watch`; null until a look succeeded. */
    snapshot: json('snapshot').$type<unknown>(),
    /** Looks that failed since the last good one. */
    failures: integer('failures').notNull().default(0),
    lookedAt: at('looked_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.sourceTenantId, table.targetTenantId] })],
);

/** One thing that happened to a link, told by one card per place (I32). */
export const incidents = pgTable(
  'incidents',
  {
    id: text('id').primaryKey(),
    sourceTenantId: text('source_tenant_id').notNull(),
    targetTenantId: text('target_tenant_id').notNull(),
    kind: text('kind').notNull(),
    state: text('state').$type<'open' | 'closed'>().notNull(),
    /** `IncidentFacts` of `src/watch`. */
    facts: json('facts').$type<unknown>().notNull(),
    openedAt: at('opened_at').notNull().defaultNow(),
    changedAt: at('changed_at').notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex('incidents_one_open_per_kind')
      .on(table.sourceTenantId, table.targetTenantId, table.kind)
      .where(sql`state = 'open'`),
  ],
);
