import { randomUUID } from 'node:crypto';
import { and, asc, eq, isNotNull, isNull, ne, sql } from 'drizzle-orm';
import type { Person } from '../plan/types';
import type { Db } from './db';
import { cards, conversations, sends } from './schema';
import { openFrom, teamsPace, type SendPace } from './send-pace';
import { databaseNow, secondsFromNow } from './time';

export type CardRow = typeof cards.$inferSelect;

/** Who is told about a plan, and where. */
export interface CardAddress {
  readonly planId: string;
  readonly role: CardRow['role'];
  /** An approver's card: for which tenant; the others: the reader's tenant. */
  readonly tenantId: string;
  readonly person: Person | null;
  readonly conversationId: string;
}

/** Asks for a card; a second wish for the same reader and conversation is one update of it (I32). */
export async function addCard(tx: Db, address: CardAddress): Promise<void> {
  const { person, ...rest } = address;
  await tx
    .insert(cards)
    .values({
      ...rest,
      id: randomUUID(),
      personTenantId: person?.tenantId ?? '',
      personObjectId: person?.objectId ?? '',
      wantedVersion: 1,
      state: 'ready',
    })
    .onConflictDoUpdate({
      target: [
        cards.planId,
        cards.role,
        cards.tenantId,
        cards.personTenantId,
        cards.personObjectId,
        cards.conversationId,
      ],
      set: { wantedVersion: sql`${cards.wantedVersion} + 1` },
    });
}

/** The plan has changed: all of its cards want to be drawn again. In the same transaction as the change (I32). */
export async function bumpCards(tx: Db, planId: string): Promise<void> {
  await tx
    .update(cards)
    .set({ wantedVersion: sql`${cards.wantedVersion} + 1` })
    .where(and(eq(cards.planId, planId), ne(cards.state, 'dead')));
}

/** The next delivery posts a person's cards anew, and takes the buttons from the message they stood in. */
export async function repostCards(
  tx: Db,
  planId: string,
  person: Person,
  role?: CardRow['role'],
): Promise<number> {
  const rows = await tx
    .update(cards)
    .set({
      activityId: null,
      replacedActivityId: sql`coalesce(${cards.activityId}, ${cards.replacedActivityId})`,
      deadReason: null,
      state: 'ready',
      attempts: 0,
      wantedVersion: sql`${cards.wantedVersion} + 1`,
    })
    .where(and(eq(cards.planId, planId), ofPerson(person), role && eq(cards.role, role)))
    .returning({ id: cards.id });
  return rows.length;
}

export async function listCards(db: Db, planId: string): Promise<readonly CardRow[]> {
  return db.select().from(cards).where(eq(cards.planId, planId)).orderBy(cards.id);
}

/** The message of a card says something else for a moment: put it right at the next delivery. */
export async function bumpCardsOf(tx: Db, planId: string, person: Person): Promise<void> {
  await tx
    .update(cards)
    .set({ wantedVersion: sql`${cards.wantedVersion} + 1` })
    .where(and(eq(cards.planId, planId), ofPerson(person), ne(cards.state, 'dead')));
}

const isWanted = sql`${cards.wantedVersion} > ${cards.sentVersion} and ${cards.state} <> 'dead'
  and (${cards.leaseUntil} is null or ${cards.leaseUntil} < clock_timestamp())`;

/**
 * Takes one due card for `leaseSeconds`, so that no other process delivers it meanwhile, and books the message in the same
 * statement. Cards of threads and tenants that have had their share wait their turn.
 */
export async function takeDueCard(
  db: Db,
  leaseSeconds: number,
  pace: SendPace = teamsPace,
): Promise<CardRow | undefined> {
  const due = db
    .select({ id: cards.id })
    .from(cards)
    .where(
      and(
        isWanted,
        sql`${cards.notBefore} <= clock_timestamp()`,
        sql`${openFrom(pace)} <= clock_timestamp()`,
      ),
    )
    .orderBy(asc(cards.notBefore))
    .limit(1)
    .for('update', { skipLocked: true });
  const taken = db.$with('taken').as(
    db
      .update(cards)
      .set({ leaseUntil: secondsFromNow(leaseSeconds) })
      .where(sql`${cards.id} in (${due})`)
      .returning(),
  );
  const booked = db.$with('booked').as(
    db.insert(sends).select(
      db
        .select({
          conversationId: taken.conversationId,
          tenantId: sql<string>`coalesce(${conversations.tenantId}, '')`.as('tenant_id'),
          at: databaseNow.as('at'),
        })
        .from(taken)
        .leftJoin(conversations, eq(conversations.conversationId, taken.conversationId)),
    ),
  );
  const [row] = await db.with(taken, booked).select().from(taken);
  return row;
}

/**
 * Before a POST: durable, and counted as sent, so that after a crash nobody repeats it; a later version is posted
 * anew, for it tells something else (I32).
 */
export async function markPosting(db: Db, id: string, version: number): Promise<void> {
  await db.update(cards).set({ state: 'posting', sentVersion: version }).where(eq(cards.id, id));
}

/** After a restart of the only process there is: nobody else is delivering. */
export async function releaseCards(db: Db): Promise<void> {
  await db.update(cards).set({ leaseUntil: null }).where(isNotNull(cards.leaseUntil));
}

export interface CardResult {
  readonly state: CardRow['state'];
  /** The newest version that the reader has, or may have. */
  readonly sentVersion: number;
  readonly activityId?: string | null;
  readonly replacedActivityId?: null;
  readonly deadReason?: string;
  readonly attempts: number;
  readonly waitSeconds: number;
}

/** How the delivery went; frees the card. Of one that was reposted meanwhile nothing else is kept: it is due again. */
export async function saveCardResult(
  db: Db,
  { id, activityId }: Pick<CardRow, 'id' | 'activityId'>,
  result: CardResult,
): Promise<void> {
  const { waitSeconds, ...fields } = result;
  const freed = { notBefore: secondsFromNow(waitSeconds), leaseUntil: null };
  const isSame = activityId === null ? isNull(cards.activityId) : eq(cards.activityId, activityId);
  const rows = await db
    .update(cards)
    .set({ ...fields, ...freed })
    .where(and(eq(cards.id, id), isSame))
    .returning({ id: cards.id });
  if (rows.length === 0) await db.update(cards).set(freed).where(eq(cards.id, id));
}

/** Teams asked for a pause at this place: none of its cards is tried before. */
export async function holdThread(db: Db, conversationId: string, seconds: number): Promise<void> {
  await db
    .update(cards)
    .set({ notBefore: sql`greatest(${cards.notBefore}, ${secondsFromNow(seconds)})` })
    .where(
      and(
        eq(cards.conversationId, conversationId),
        sql`${cards.wantedVersion} > ${cards.sentVersion} and ${cards.state} <> 'dead'`,
      ),
    );
}

/** Seconds until the next card is due; 0 = now, null = nothing waits. */
export async function secondsToNextCard(db: Db, pace: SendPace = teamsPace): Promise<number | null> {
  const [row] = await db
    .select({
      seconds: sql<
        number | null
      >`extract(epoch from min(greatest(${cards.notBefore}, ${cards.leaseUntil}, ${openFrom(pace)})) - clock_timestamp())::float8`,
    })
    .from(cards)
    .where(sql`${cards.wantedVersion} > ${cards.sentVersion} and ${cards.state} <> 'dead'`);
  return row?.seconds === null || row?.seconds === undefined ? null : Math.max(0, Number(row.seconds));
}

function ofPerson(person: Person) {
  return and(eq(cards.personTenantId, person.tenantId), eq(cards.personObjectId, person.objectId));
}
