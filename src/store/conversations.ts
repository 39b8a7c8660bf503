import { and, asc, desc, eq, inArray } from 'drizzle-orm';
import type { Person } from '../plan/types';
import type { Db } from './db';
import type { ConversationReference } from './ports';
import { conversations } from './schema';
import { databaseNow } from './time';

/** Remembers where a conversation is reached; call it for every activity of an allowed tenant. */
export async function saveConversation(db: Db, reference: ConversationReference): Promise<void> {
  const { conversationId, person, kind, serviceUrl, tenantId, botId, timeZone } = reference;
  const fields = {
    ...{ kind, serviceUrl, tenantId, botId },
    ...(timeZone ? { timeZone } : {}),
    ...(person
      ? {
          personTenantId: person.tenantId.toLowerCase(),
          personObjectId: person.objectId.toLowerCase(),
          personName: person.displayName,
          teamsUserId: person.teamsUserId,
        }
      : {}),
    isGone: false,
    seenAt: databaseNow,
  };
  await db
    .insert(conversations)
    .values({ conversationId, ...fields })
    .onConflictDoUpdate({ target: conversations.conversationId, set: fields });
}

export async function findConversation(
  db: Db,
  conversationId: string,
): Promise<ConversationReference | undefined> {
  const [row] = await db.select().from(conversations).where(eq(conversations.conversationId, conversationId));
  return row && toReference(row);
}

/** The personal chat with this person, when the bot is installed there. */
export async function findPersonalChat(
  db: Db,
  person: Pick<Person, 'tenantId' | 'objectId'>,
): Promise<ConversationReference | undefined> {
  const [row] = await db
    .select()
    .from(conversations)
    .where(
      and(
        eq(conversations.kind, 'personal'),
        eq(conversations.isGone, false),
        eq(conversations.personTenantId, person.tenantId),
        eq(conversations.personObjectId, person.objectId),
      ),
    )
    .orderBy(desc(conversations.seenAt), asc(conversations.conversationId))
    .limit(1);
  return row && toReference(row);
}

/** Personal chats of those of the people who have one; in the order of the people, of several chats the newest first. */
export async function listPersonalChats(
  db: Db,
  people: readonly Person[],
): Promise<readonly ConversationReference[]> {
  if (people.length === 0) return [];
  const rows = await db
    .select()
    .from(conversations)
    .where(
      and(
        eq(conversations.kind, 'personal'),
        eq(conversations.isGone, false),
        inArray(
          conversations.personObjectId,
          people.map((person) => person.objectId),
        ),
      ),
    )
    .orderBy(desc(conversations.seenAt), asc(conversations.conversationId));
  // As the people were given; of several chats of one person the newest first.
  return people.flatMap(({ tenantId, objectId }, index) => {
    const isFirst =
      people.findIndex((one) => one.tenantId === tenantId && one.objectId === objectId) === index;
    const own = rows.filter((row) => row.personTenantId === tenantId && row.personObjectId === objectId);
    return isFirst ? own.map(toReference) : [];
  });
}

/** @returns `true` the first time only, so that a person is welcomed once. */
export async function markWelcomed(db: Db, conversationId: string): Promise<boolean> {
  const rows = await db
    .update(conversations)
    .set({ isWelcomed: true })
    .where(and(eq(conversations.conversationId, conversationId), eq(conversations.isWelcomed, false)))
    .returning({ id: conversations.conversationId });
  return rows.length === 1;
}

/** The bot was removed there, or is blocked: nothing more is sent until it is heard from again. */
export async function markGone(db: Db, conversationId: string): Promise<void> {
  await db
    .update(conversations)
    .set({ isGone: true })
    .where(eq(conversations.conversationId, conversationId));
}

/** The message that shows the newest consent card of a conversation, so that consent changes it (I32). */
export async function saveConsentCard(db: Db, conversationId: string, activityId: string): Promise<void> {
  await db
    .update(conversations)
    .set({ consentActivityId: activityId })
    .where(eq(conversations.conversationId, conversationId));
}

export async function findConsentCard(db: Db, conversationId: string): Promise<string | null> {
  const [row] = await db
    .select({ activityId: conversations.consentActivityId })
    .from(conversations)
    .where(eq(conversations.conversationId, conversationId));
  return row?.activityId ?? null;
}

function toReference(row: typeof conversations.$inferSelect): ConversationReference {
  const { conversationId, kind, serviceUrl, tenantId, botId } = row;
  const person =
    row.personTenantId && row.personObjectId
      ? {
          tenantId: row.personTenantId,
          objectId: row.personObjectId,
          displayName: row.personName ?? '',
          teamsUserId: row.teamsUserId ?? '',
        }
      : null;
  const zone = row.timeZone === null ? {} : { timeZone: row.timeZone };
  return { conversationId, kind, serviceUrl, tenantId, botId, person, ...zone };
}
