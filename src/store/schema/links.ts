import { integer, json, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { DesiredState, ResolvedIds } from '../../plan/types';
import { at } from './at';

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
