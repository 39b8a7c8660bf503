import { check, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import { at } from './at';

/** Who broke the glass on which revision of a plan; once per person, and only for the own tenant (I39). */
export const breakGlass = pgTable(
  'break_glass',
  {
    planId: text('plan_id').notNull(),
    revision: integer('revision').notNull(),
    personTenantId: text('person_tenant_id').notNull(),
    personObjectId: text('person_object_id').notNull(),
    personName: text('person_name').notNull(),
    reason: text('reason').notNull(),
    /** It is over an hour later: there is no column that could say otherwise. */
    openedAt: at('opened_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.planId, table.revision, table.personTenantId, table.personObjectId] }),
    check(
      'break_glass_person_lower',
      sql`person_tenant_id = lower(person_tenant_id) and person_object_id = lower(person_object_id)`,
    ),
    check('break_glass_reason', sql`length(reason) > 0`),
  ],
);
