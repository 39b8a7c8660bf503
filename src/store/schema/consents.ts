import { json, pgTable, text } from 'drizzle-orm/pg-core';
import type { Person } from '../../plan/types';
import { at } from './at';

export const consents = pgTable('consents', {
  /** SHA-256 of the state in the link. */
  stateHash: text('state_hash').primaryKey(),
  tenantId: text('tenant_id').notNull(),
  pack: text('pack').notNull(),
  requestedBy: json('requested_by').$type<Person>().notNull(),
  conversationId: text('conversation_id'),
  createdAt: at('created_at').notNull().defaultNow(),
  expiresAt: at('expires_at').notNull(),
  usedAt: at('used_at'),
});

export const invitations = pgTable('invitations', {
  /** SHA-256 of the code in upper case. */
  codeHash: text('code_hash').primaryKey(),
  tenantId: text('tenant_id').notNull(),
  invitedBy: json('invited_by').$type<Person>().notNull(),
  createdAt: at('created_at').notNull().defaultNow(),
  expiresAt: at('expires_at').notNull(),
  usedAt: at('used_at'),
});
