import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import type { Person, PlanQuestion } from '../plan/types';
import type { Db } from './db';
import { planQuestions } from './schema';
import { databaseNow, iso } from './time';

export interface NewQuestion {
  readonly planId: string;
  readonly revision: number;
  readonly person: Person;
  readonly forTenantId: string;
  readonly question: string;
}

/** Keeps a question. The plan must be locked by the transaction. @returns its number within the plan */
export async function insertQuestion(tx: Db, { person, ...asked }: NewQuestion): Promise<number> {
  const [row] = await tx
    .select({ newest: sql<number | null>`max(${planQuestions.number})` })
    .from(planQuestions)
    .where(eq(planQuestions.planId, asked.planId));
  const number = Number(row?.newest ?? 0) + 1;
  await tx.insert(planQuestions).values({
    ...asked,
    number,
    personTenantId: person.tenantId,
    personObjectId: person.objectId,
    personName: person.displayName,
  });
  return number;
}

/** Keeps the first answer. @returns `false` when there is no such question, or it has one already */
export async function saveAnswer(
  tx: Db,
  {
    planId,
    revision,
    number,
  }: { readonly planId: string; readonly revision: number; readonly number: number },
  answer: string,
): Promise<boolean> {
  const rows = await tx
    .update(planQuestions)
    .set({ answer, answeredAt: databaseNow })
    .where(
      and(
        eq(planQuestions.planId, planId),
        eq(planQuestions.revision, revision),
        eq(planQuestions.number, number),
        isNull(planQuestions.answer),
      ),
    )
    .returning({ number: planQuestions.number });
  return rows.length === 1;
}

/** Questions about one revision, in order. */
export async function listQuestions(
  db: Db,
  planId: string,
  revision: number,
): Promise<readonly PlanQuestion[]> {
  const rows = await db
    .select()
    .from(planQuestions)
    .where(and(eq(planQuestions.planId, planId), eq(planQuestions.revision, revision)))
    .orderBy(asc(planQuestions.number));
  return rows.map((row) => ({
    number: row.number,
    person: {
      tenantId: row.personTenantId,
      objectId: row.personObjectId,
      displayName: row.personName,
    },
    forTenantId: row.forTenantId,
    question: row.question,
    askedAt: row.askedAt.toISOString(),
    answer: row.answer,
    answeredAt: iso(row.answeredAt),
  }));
}
