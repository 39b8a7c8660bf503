import { and, asc, desc, eq, gt, sql } from 'drizzle-orm';
import type { JsonValue, Person } from '../plan/types';
import { canonicalJson } from './canonical-json';
import type { Db } from './db';
import { audit } from './schema';
import { sha256 } from './sha256';
import { readDatabaseTime } from './time';

export type AuditEvent =
  | 'submitted'
  | 'confirmed'
  | 'approved'
  | 'rejected'
  | 'withdrawn'
  | 'discarded'
  | 'expired'
  | 'superseded'
  | 'revised'
  | 'closed'
  | 'reminded'
  | 'delegated'
  | 'asked'
  | 'answered'
  | 'refused'
  | 'claimed'
  | 'stop-asked'
  | 'frozen'
  | 'unfrozen'
  | 'write-intended'
  | 'write-resulted'
  | 'ended'
  | 'consent-asked'
  | 'consent-granted'
  | 'invited'
  | 'joined'
  | 'subscribed'
  | 'unsubscribed';

export interface AuditEntry {
  readonly event: AuditEvent;
  readonly planId?: string;
  readonly actor?: Person;
  /** What happened, in full: plain JSON without secrets. */
  readonly facts: { readonly [key: string]: JsonValue };
}

/** One record of the chain as stored; `record` is what was hashed, byte for byte. */
export interface AuditRecord {
  readonly sequence: number;
  readonly record: string;
  readonly previousHash: string;
  readonly hash: string;
}

/** The hash before the first record. */
export const genesisHash = '0'.repeat(64);

/** The same in every replica: records are appended one after the other. */
const chainLock = 7_310_272;

/** Appends to the hash chain, in the transaction of what it tells (I31). Call it last: it holds the chain until commit. */
export async function appendAudit(tx: Db, entry: AuditEntry): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${chainLock})`);
  const [last] = await tx
    .select({ sequence: audit.sequence, hash: audit.hash })
    .from(audit)
    .orderBy(desc(audit.sequence))
    .limit(1);
  const sequence = (last?.sequence ?? 0) + 1;
  const previousHash = last?.hash ?? genesisHash;
  const at = await readDatabaseTime(tx);
  const record = canonicalJson({
    sequence,
    at,
    event: entry.event,
    planId: entry.planId ?? null,
    actor: entry.actor ? { ...entry.actor } : null,
    facts: entry.facts,
  });
  await tx.insert(audit).values({
    sequence,
    at,
    event: entry.event,
    planId: entry.planId ?? null,
    actorTenantId: entry.actor?.tenantId ?? null,
    actorObjectId: entry.actor?.objectId ?? null,
    record,
    previousHash,
    hash: chainHash(previousHash, record),
  });
}

export function chainHash(previousHash: string, record: string): string {
  return sha256(`${previousHash}\n${record}`);
}

/** At most one refusal per person, plan and cause in ten minutes, so that nobody can fill the chain. */
export async function appendRefusal(tx: Db, entry: AuditEntry & { readonly actor: Person }): Promise<void> {
  const since = new Date(Date.parse(await readDatabaseTime(tx)) - 600_000).toISOString();
  const [recent] = await tx
    .select({ sequence: audit.sequence })
    .from(audit)
    .where(
      and(
        eq(audit.event, 'refused'),
        eq(audit.actorTenantId, entry.actor.tenantId),
        eq(audit.actorObjectId, entry.actor.objectId),
        entry.planId === undefined ? undefined : eq(audit.planId, entry.planId),
        gt(audit.at, since),
      ),
    )
    .limit(1);
  if (!recent) await appendAudit(tx, entry);
}

/** Records in order, after a sequence number. */
export async function listAudit(
  db: Db,
  filter: { readonly planId?: string; readonly after?: number; readonly limit: number },
): Promise<readonly AuditRecord[]> {
  const { sequence, record, previousHash, hash } = audit;
  return db
    .select({ sequence, record, previousHash, hash })
    .from(audit)
    .where(
      and(
        filter.planId === undefined ? undefined : eq(audit.planId, filter.planId),
        gt(audit.sequence, filter.after ?? 0),
      ),
    )
    .orderBy(asc(audit.sequence))
    .limit(filter.limit);
}

/** The first record that does not fit the chain, or null when all of them do; needs no database. */
export function findBrokenLink(records: readonly AuditRecord[]): number | null {
  let previousHash = genesisHash;
  for (const [index, one] of records.entries()) {
    const fits =
      one.sequence === index + 1 &&
      one.previousHash === previousHash &&
      one.hash === chainHash(previousHash, one.record);
    if (!fits) return one.sequence;
    previousHash = one.hash;
  }
  return null;
}
