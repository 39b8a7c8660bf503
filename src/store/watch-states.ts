import { and, eq } from 'drizzle-orm';
import type { Db } from './db';
import type { LinkKey } from './links';
import { watchStates } from './schema';
import { databaseNow } from './time';

export type WatchState = typeof watchStates.$inferSelect;

export async function findWatchState(db: Db, key: LinkKey): Promise<WatchState | undefined> {
  const [row] = await db.select().from(watchStates).where(ofLink(key));
  return row;
}

/**
 * Stores a look over the one it was compared with (`before`; undefined for a first one).
 * @returns `false` when somebody else stored one meanwhile: then nothing of this look may be told
 */
export async function saveWatchState(
  tx: Db,
  key: LinkKey,
  before: WatchState | undefined,
  look: { readonly snapshot: unknown; readonly failures: number },
): Promise<boolean> {
  const { sourceTenantId, targetTenantId } = key;
  if (!before) {
    const rows = await tx
      .insert(watchStates)
      .values({ sourceTenantId, targetTenantId, version: 1, ...look })
      .onConflictDoNothing()
      .returning({ version: watchStates.version });
    return rows.length === 1;
  }
  const rows = await tx
    .update(watchStates)
    .set({ ...look, version: before.version + 1, lookedAt: databaseNow })
    .where(and(ofLink(key), eq(watchStates.version, before.version)))
    .returning({ version: watchStates.version });
  return rows.length === 1;
}

function ofLink({ sourceTenantId, targetTenantId }: LinkKey) {
  return and(eq(watchStates.sourceTenantId, sourceTenantId), eq(watchStates.targetTenantId, targetTenantId));
}
