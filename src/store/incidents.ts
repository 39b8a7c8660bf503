import { and, eq, sql } from 'drizzle-orm';
import type { Db } from './db';
import type { LinkKey } from './links';
import { rowsOf } from './rows';
import { incidents } from './schema';
import { databaseNow } from './time';

export type Incident = typeof incidents.$inferSelect;

/** The open incident of a kind; there is at most one per link. */
export async function findOpenIncident(db: Db, key: LinkKey, kind: string): Promise<Incident | undefined> {
  const [row] = await db
    .select()
    .from(incidents)
    .where(and(ofLink(key), eq(incidents.kind, kind), eq(incidents.state, 'open')));
  return row;
}

export async function findIncident(db: Db, id: string): Promise<Incident | undefined> {
  const [row] = await db.select().from(incidents).where(eq(incidents.id, id));
  return row;
}

export interface NewIncident extends LinkKey {
  readonly kind: string;
  readonly facts: unknown;
  readonly isOpen: boolean;
}

/** @returns its id, `IN-0007` */
export async function insertIncident(tx: Db, { isOpen, ...fields }: NewIncident): Promise<string> {
  const [row] = rowsOf<{ number: string | number }>(
    await tx.execute(sql`select nextval('incident_number') as number`),
  );
  const id = `IN-${String(row?.number ?? 0).padStart(4, '0')}`;
  await tx.insert(incidents).values({ ...fields, id, state: isOpen ? 'open' : 'closed' });
  return id;
}

export async function changeIncident(tx: Db, id: string, facts: unknown, isOpen: boolean): Promise<void> {
  await tx
    .update(incidents)
    .set({ facts, state: isOpen ? 'open' : 'closed', changedAt: databaseNow })
    .where(eq(incidents.id, id));
}

function ofLink({ sourceTenantId, targetTenantId }: LinkKey) {
  return and(eq(incidents.sourceTenantId, sourceTenantId), eq(incidents.targetTenantId, targetTenantId));
}
