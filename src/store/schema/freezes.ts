import { json, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { Person } from '../../plan/types';
import { at } from './at';

/** Links in which nothing is written; both tenant ids are `*` for all links. The row goes when the freeze is lifted. */
export const freezes = pgTable(
  'freezes',
  {
    sourceTenantId: text('source_tenant_id').notNull(),
    targetTenantId: text('target_tenant_id').notNull(),
    /** Another one for each freeze: who agrees to lift one agrees to no later one. */
    id: text('id').notNull(),
    /** The tenant whose people lift it. */
    ownerTenantId: text('owner_tenant_id').notNull(),
    frozenBy: json('frozen_by').$type<Person>().notNull(),
    reason: text('reason').notNull(),
    frozenAt: at('frozen_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.sourceTenantId, table.targetTenantId] })],
);
