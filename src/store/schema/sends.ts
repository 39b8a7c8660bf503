import { index, pgTable, text } from 'drizzle-orm/pg-core';
import { at } from './at';

/** What was sent lately, and where: Teams takes so many messages of a bot and no more. Kept for an hour. */
export const sends = pgTable(
  'sends',
  {
    conversationId: text('conversation_id').notNull(),
    tenantId: text('tenant_id').notNull(),
    at: at('at').notNull(),
  },
  (table) => [
    index('sends_thread').on(table.conversationId, table.at),
    index('sends_tenant').on(table.tenantId, table.at),
    index('sends_age').on(table.at),
  ],
);
