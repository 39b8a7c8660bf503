import { randomUUID } from 'node:crypto';
import { and, eq, or, sql } from 'drizzle-orm';
import type { Person } from '../plan/types';
import type { Db } from './db';
import { reads } from './schema';
import { databaseNow } from './time';

export interface NewRead {
  readonly command: string;
  readonly person: Person;
  readonly conversationId: string;
  /** Who runs it: unique per process. */
  readonly replica: string;
}

/** A read that takes longer than a second, so that a restart can say that it was interrupted. */
export async function startRead(db: Db, { person, ...read }: NewRead): Promise<string> {
  const id = randomUUID();
  await db.insert(reads).values({
    ...read,
    id,
    personTenantId: person.tenantId,
    personObjectId: person.objectId,
    state: 'running',
  });
  return id;
}

/** The message that shows its progress. */
export async function setReadMessage(db: Db, id: string, activityId: string): Promise<void> {
  await db.update(reads).set({ activityId }).where(eq(reads.id, id));
}

export async function finishRead(db: Db, id: string): Promise<void> {
  await db.update(reads).set({ state: 'done', finishedAt: databaseNow }).where(eq(reads.id, id));
}

export interface InterruptedRead {
  readonly id: string;
  readonly command: string;
  readonly conversationId: string;
  readonly activityId: string | null;
}

/** Marks what a dead process left: with one process everything that runs, with replicas what is older than 15 minutes. */
export async function interruptReads(
  db: Db,
  dialect: 'pglite' | 'postgres',
): Promise<readonly InterruptedRead[]> {
  const isOld = sql`${reads.startedAt} < clock_timestamp() - interval '15 minutes'`;
  const { id, command, conversationId, activityId } = reads;
  return db
    .update(reads)
    .set({ state: 'interrupted', finishedAt: databaseNow })
    .where(and(eq(reads.state, 'running'), dialect === 'pglite' ? undefined : or(isOld)))
    .returning({ id, command, conversationId, activityId });
}
