import { randomBytes } from 'node:crypto';
import { and, asc, desc, eq, gt, sql } from 'drizzle-orm';
import type { JsonValue, Person } from '../plan/types';
import { canonicalJson } from './canonical-json';
import { chainHash, genesisHash, sealOf, sealOfText } from './chain';
import type { Db } from './db';
import { audit } from './schema';
import { readDatabaseTime } from './time';

export type AuditEvent =
  | 'submitted'
  | 'confirmed'
  | 'approved'
  | 'approved-canary'
  | 'held'
  | 'continued'
  | 'rejected'
  | 'withdrawn'
  | 'discarded'
  | 'expired'
  | 'superseded'
  | 'revised'
  | 'closed'
  | 'reminded'
  | 'delegated'
  | 'break-glass-opened'
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
  | 'unsubscribed'
  | 'anchored'
  | 'export-offered'
  | 'exported';

export interface AuditEntry {
  readonly event: AuditEvent;
  readonly planId?: string;
  readonly actor?: Person;
  /** What happened, in full: plain JSON without secrets. */
  readonly facts: { readonly [key: string]: JsonValue };
  /** By tenant id: what only its people may read, such as the values of its steps. */
  readonly details?: { readonly [tenantId: string]: JsonValue };
}

/** One record of the chain as stored; `record` is the canonical JSON of a `ChainRecord`, with all its details. */
export interface AuditRecord {
  readonly sequence: number;
  readonly record: string;
  readonly previousHash: string;
  readonly hash: string;
}

/** The same in every replica: records are appended one after the other. */
const chainLock = 7_310_272;

/** Appends to the hash chain, in the transaction of what it tells (I31). Call it last: it holds the chain until commit. */
export async function appendAudit(tx: Db, entry: AuditEntry): Promise<void> {
  await lockChain(tx);
  const last = await readChainHead(tx);
  const sequence = (last?.sequence ?? 0) + 1;
  const previousHash = last?.hash ?? genesisHash;
  const at = await readDatabaseTime(tx);
  const content = {
    sequence,
    at,
    event: entry.event,
    planId: entry.planId ?? null,
    actor: entry.actor ? { ...entry.actor } : null,
    facts: entry.facts,
    salt: newSalt(),
    ...(entry.details ? { details: salted(entry.details) } : {}),
  };
  await tx.insert(audit).values({
    sequence,
    at,
    event: entry.event,
    planId: entry.planId ?? null,
    actorTenantId: entry.actor?.tenantId ?? null,
    actorObjectId: entry.actor?.objectId ?? null,
    record: canonicalJson(content),
    previousHash,
    hash: chainHash(previousHash, sealOf(content)),
  });
}

/** Nobody appends until this transaction ends. */
export async function lockChain(tx: Db): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${chainLock})`);
}

/** The newest record; `undefined` before the first one. */
export async function readChainHead(
  db: Db,
): Promise<{ readonly sequence: number; readonly hash: string; readonly at: string } | undefined> {
  const { sequence, hash, at } = audit;
  const [last] = await db.select({ sequence, hash, at }).from(audit).orderBy(desc(audit.sequence)).limit(1);
  return last;
}

function salted(details: { readonly [tenantId: string]: JsonValue }): { [tenantId: string]: JsonValue } {
  return Object.fromEntries(
    Object.entries(details).map(([tenantId, value]) => [tenantId, { salt: newSalt(), value }]),
  );
}

function newSalt(): string {
  return randomBytes(12).toString('base64url');
}

/** Refusals of one person that are kept in ten minutes; what comes after is answered, not kept. */
const mostRefusals = 20;

/**
 * At most one refusal per person, plan and cause in ten minutes, and twenty of one person in all, so that nobody can
 * fill the chain. @returns whether this one stands in the chain, now or since a moment ago
 */
export async function appendRefusal(
  tx: Db,
  entry: AuditEntry & { readonly actor: Person },
): Promise<boolean> {
  const since = new Date(Date.parse(await readDatabaseTime(tx)) - 600_000).toISOString();
  const recent = await tx
    .select({ planId: audit.planId, record: audit.record })
    .from(audit)
    .where(
      and(
        eq(audit.event, 'refused'),
        eq(audit.actorTenantId, entry.actor.tenantId),
        eq(audit.actorObjectId, entry.actor.objectId),
        gt(audit.at, since),
      ),
    )
    .orderBy(desc(audit.sequence))
    .limit(mostRefusals);
  const cause = canonicalJson(entry.facts);
  const isKnown = recent.some(
    ({ planId, record }) =>
      planId === (entry.planId ?? null) && canonicalJson((JSON.parse(record) as AuditEntry).facts) === cause,
  );
  if (isKnown) return true;
  if (recent.length >= mostRefusals) return false;
  await appendAudit(tx, entry);
  return true;
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

/** The first record that does not fit the chain, or null when all of them do. */
export function findBrokenLink(records: readonly AuditRecord[]): number | null {
  let previousHash = genesisHash;
  for (const [index, one] of records.entries()) {
    const seal = sealOfText(one.record);
    const fits =
      one.sequence === index + 1 &&
      one.previousHash === previousHash &&
      seal !== null &&
      one.hash === chainHash(previousHash, seal);
    if (!fits) return one.sequence;
    previousHash = one.hash;
  }
  return null;
}
