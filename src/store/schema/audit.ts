import { bigint, index, pgTable, text } from 'drizzle-orm/pg-core';

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
