import { and, desc, eq } from 'drizzle-orm';
import type { DesiredState, ResolvedIds } from '../plan/types';
import type { Db } from './db';
import { desiredStates, links } from './schema';
import { databaseNow } from './time';

/** A link by its two tenants. */
export interface LinkKey {
  readonly sourceTenantId: string;
  readonly targetTenantId: string;
}

export interface KnownLink extends LinkKey {
  readonly origin: 'setup' | 'found';
  /** A cache of Graph's ids: read again before use. */
  readonly resolved: ResolvedIds;
}

/** Remembers a link; one that `setup` made stays so when it is found again. */
export async function saveLink(tx: Db, link: KnownLink): Promise<void> {
  await tx
    .insert(links)
    .values(link)
    .onConflictDoUpdate({
      target: [links.sourceTenantId, links.targetTenantId],
      set: {
        resolved: link.resolved,
        seenAt: databaseNow,
        ...(link.origin === 'setup' ? { origin: 'setup' as const } : {}),
      },
    });
}

export async function listLinks(db: Db): Promise<readonly KnownLink[]> {
  const { sourceTenantId, targetTenantId, origin, resolved } = links;
  return db.select({ sourceTenantId, targetTenantId, origin, resolved }).from(links);
}

/** What was last applied for the link; `undefined` before the first `setup`. */
export async function currentDesired(db: Db, key: LinkKey): Promise<DesiredState | undefined> {
  return (await newest(db, key))?.desired;
}

/** The plan was applied: what it wished is now what counts. */
export async function saveDesired(
  tx: Db,
  key: LinkKey,
  desired: DesiredState,
  planId: string,
): Promise<void> {
  const version = ((await newest(tx, key))?.version ?? 0) + 1;
  const { sourceTenantId, targetTenantId } = key;
  await tx.insert(desiredStates).values({ sourceTenantId, targetTenantId, version, desired, planId });
}

async function newest(db: Db, key: LinkKey) {
  const [row] = await db
    .select()
    .from(desiredStates)
    .where(
      and(
        eq(desiredStates.sourceTenantId, key.sourceTenantId),
        eq(desiredStates.targetTenantId, key.targetTenantId),
      ),
    )
    .orderBy(desc(desiredStates.version))
    .limit(1);
  return row;
}
