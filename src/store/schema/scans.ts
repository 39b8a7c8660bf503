import { integer, json, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { JsonValue, Person } from '../../plan/types';
import { at } from './at';

/** The last scan of each kind and link, and the one that runs. Holds names of users and masked numbers only. */
export const scans = pgTable(
  'scans',
  {
    /** `sms/1`: the number grows with the shape of `result`. */
    kind: text('kind').notNull(),
    sourceTenantId: text('source_tenant_id').notNull(),
    targetTenantId: text('target_tenant_id').notNull(),
    /** Who runs one now; nobody once `leasedUntil` is over. */
    runner: text('runner'),
    leasedUntil: at('leased_until'),
    done: integer('done').notNull().default(0),
    total: integer('total').notNull().default(0),
    result: json('result').$type<JsonValue>(),
    askedBy: json('asked_by').$type<Person>(),
    scannedAt: at('scanned_at'),
  },
  (table) => [primaryKey({ columns: [table.kind, table.sourceTenantId, table.targetTenantId] })],
);
