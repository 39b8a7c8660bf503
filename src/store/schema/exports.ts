import { bigint, json, pgTable, text } from 'drizzle-orm/pg-core';
import type { Person } from '../../plan/types';
import { at } from './at';

/** Links through which one person fetches one export of the audit, once. */
export const auditExports = pgTable('audit_exports', {
  /** SHA-256 of the key in the link. */
  keyHash: text('key_hash').primaryKey(),
  madeFor: json('made_for').$type<Person>().notNull(),
  /** Records of the chain that it holds: the first so many. */
  records: bigint('records', { mode: 'number' }).notNull(),
  expiresAt: at('expires_at').notNull(),
  takenAt: at('taken_at'),
});
