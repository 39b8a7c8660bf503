import { and, asc, eq, isNotNull, lt, sql } from 'drizzle-orm';
import type { ChangeRun, FieldChange, JsonValue, ResolvedIds } from '../plan/types';
import type { Db } from './db';
import { changeRuns } from './schema';
import { databaseNow } from './time';

export type ChangeRunRow = typeof changeRuns.$inferSelect;

export interface ChangePosition {
  readonly planId: string;
  readonly stepIndex: number;
  readonly changeIndex: number;
}

export interface Intent extends ChangePosition {
  readonly operation: string;
  readonly before: readonly FieldChange[];
  /** Encrypted: what `before` may not hold in clear; `null` keeps what an earlier attempt stored. */
  readonly sealed?: string | null;
  readonly clientRequestId: string;
  readonly fence: number;
}

/** The durable wish to write, before the request goes out (I22). @returns which attempt this is, from 1 */
export async function insertIntent(tx: Db, intent: Intent): Promise<number> {
  const { planId, stepIndex, changeIndex } = intent;
  const before = await findChangeRun(tx, intent);
  const attempt = (before?.attempt ?? 0) + 1;
  const fields = {
    state: 'writing' as const,
    operation: intent.operation,
    before: intent.before,
    ...(intent.sealed ? { sealed: intent.sealed } : {}),
    attempt,
    clientRequestId: intent.clientRequestId,
    fence: intent.fence,
    error: null,
    at: databaseNow,
  };
  await tx
    .insert(changeRuns)
    .values({ planId, stepIndex, changeIndex, requestIds: [], ...fields })
    .onConflictDoUpdate({
      target: [changeRuns.planId, changeRuns.stepIndex, changeRuns.changeIndex],
      set: fields,
    });
  return attempt;
}

export interface RunResult {
  readonly state: ChangeRun['state'];
  readonly requestIds?: readonly string[];
  readonly outcome?: JsonValue;
  readonly resolved?: ResolvedIds;
  readonly error?: ChangeRun['error'];
}

/** How the write went. A change that was found done without a write of ours gets its row here. */
export async function saveResult(
  tx: Db,
  position: ChangePosition & { readonly operation: string; readonly before: readonly FieldChange[] },
  fence: number,
  result: RunResult,
): Promise<void> {
  const old = await findChangeRun(tx, position);
  const fields = {
    state: result.state,
    requestIds: [...new Set([...(old?.requestIds ?? []), ...(result.requestIds ?? [])])],
    outcome: result.outcome ?? old?.outcome ?? null,
    resolved: result.resolved ?? old?.resolved ?? null,
    error: result.error ?? null,
    fence,
    at: databaseNow,
  };
  const { planId, stepIndex, changeIndex, operation, before } = position;
  await tx
    .insert(changeRuns)
    .values({ planId, stepIndex, changeIndex, operation, before, attempt: 0, ...fields })
    .onConflictDoUpdate({
      target: [changeRuns.planId, changeRuns.stepIndex, changeRuns.changeIndex],
      set: fields,
    });
}

export async function findChangeRun(db: Db, at: ChangePosition): Promise<ChangeRunRow | undefined> {
  const [row] = await db.select().from(changeRuns).where(isAt(at));
  return row;
}

function isAt({ planId, stepIndex, changeIndex }: ChangePosition) {
  return and(
    eq(changeRuns.planId, planId),
    eq(changeRuns.stepIndex, stepIndex),
    eq(changeRuns.changeIndex, changeIndex),
  );
}

/** How long ago this change was written of last, in milliseconds, by the clock of the database. */
export async function ageOfChangeRun(db: Db, at: ChangePosition): Promise<number> {
  const [row] = await db
    .select({ age: sql`1000 * extract(epoch from clock_timestamp() - ${changeRuns.at})`.mapWith(Number) })
    .from(changeRuns)
    .where(isAt(at));
  return row?.age ?? 0;
}

export async function listChangeRunRows(db: Db, planId: string): Promise<readonly ChangeRunRow[]> {
  return db
    .select()
    .from(changeRuns)
    .where(eq(changeRuns.planId, planId))
    .orderBy(asc(changeRuns.stepIndex), asc(changeRuns.changeIndex));
}

/** Days that what is kept encrypted stays. */
const sealedDays = 30;

/** Forgets what was kept encrypted for longer than a month. */
export async function forgetSealed(db: Db): Promise<void> {
  await db
    .update(changeRuns)
    .set({ sealed: null })
    .where(
      and(
        isNotNull(changeRuns.sealed),
        lt(changeRuns.at, sql`clock_timestamp() - make_interval(days => ${sealedDays})`),
      ),
    );
}

/** What a plan really changed: read back after a write of its own, with what it found just before. */
export async function listBeforeImages(
  db: Db,
  planId: string,
): Promise<
  readonly (Pick<ChangeRun, 'stepIndex' | 'changeIndex'> & {
    readonly fields: readonly FieldChange[];
    /** Something is kept encrypted beside them. */
    readonly isSealed: boolean;
  })[]
> {
  const rows = await listChangeRunRows(db, planId);
  return rows
    .filter(({ state }) => state === 'verified')
    .map(({ stepIndex, changeIndex, before, sealed }) => ({
      stepIndex,
      changeIndex,
      fields: before,
      isSealed: sealed !== null,
    }));
}

export async function listChangeRuns(db: Db, planId: string): Promise<readonly ChangeRun[]> {
  return (await listChangeRunRows(db, planId)).map((row) => ({
    stepIndex: row.stepIndex,
    changeIndex: row.changeIndex,
    state: row.state,
    requestIds: row.requestIds,
    outcome: row.outcome ?? null,
    error: row.error ?? null,
    at: row.at.toISOString(),
  }));
}
