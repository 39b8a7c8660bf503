import { sql } from 'drizzle-orm';
import { check, integer, pgTable } from 'drizzle-orm/pg-core';

/** What each migration says of programs that are older than it; the migration writes its own row (adr/0003). */
export const schemaVersions = pgTable(
  'schema_versions',
  {
    /** The migration's, as its file name begins. */
    number: integer('number').primaryKey(),
    /** Programs whose newest migration is this one, or a later one, may go on beside it; all older ones stop. */
    oldestCode: integer('oldest_code').notNull(),
  },
  () => [check('schema_versions_order', sql`oldest_code <= number`)],
);
