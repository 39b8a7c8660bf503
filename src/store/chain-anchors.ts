import { asc, desc, eq, sql } from 'drizzle-orm';
import type { JsonValue } from '../plan/types';
import { appendAudit, lockChain, readChainHead } from './audit';
import type { Db } from './db';
import { audit, conversations, subscriptions } from './schema';

/** A head of the chain that was posted to channels; the record of it is part of the chain. */
export interface ChainAnchor {
  /** The record whose hash was posted. */
  readonly sequence: number;
  readonly hash: string;
  /** When, ISO 8601. */
  readonly at: string;
}

export interface AnchorPace {
  /** The head is posted when it is so many records ahead of the last one posted… */
  readonly everyRecords: number;
  /** …or, when there is anything new, after so many seconds. */
  readonly everySeconds: number;
}

/** Every head that was posted, the oldest first. */
export async function listAnchors(db: Db): Promise<readonly ChainAnchor[]> {
  const rows = await db
    .select({ record: audit.record })
    .from(audit)
    .where(eq(audit.event, 'anchored'))
    .orderBy(asc(audit.sequence));
  return rows.map(anchorIn);
}

export async function findAnchor(db: Db, id: string): Promise<ChainAnchor | undefined> {
  const [row] = await db.select({ record: audit.record }).from(audit).where(eq(audit.planId, id)).limit(1);
  return row && anchorIn(row);
}

/** Channels with a subscription; a mute is about notices of a link and does not hold this back. */
export async function listAnchorPlaces(tx: Db): Promise<readonly string[]> {
  const rows = await tx
    .selectDistinct({ conversationId: subscriptions.conversationId })
    .from(subscriptions)
    .innerJoin(conversations, eq(conversations.conversationId, subscriptions.conversationId))
    .where(
      sql`${subscriptions.state} = 'active' and ${conversations.kind} = 'channel' and not ${conversations.isGone}`,
    );
  return rows.map(({ conversationId }) => conversationId);
}

/**
 * Records that the present head is posted, when it is time. Holds the chain until commit, so that of several replicas
 * one does it. @returns the id under which its cards go out, `AN-1204`; null when nothing is due
 */
export async function appendAnchor(tx: Db, pace: AnchorPace): Promise<string | null> {
  await lockChain(tx);
  const head = await readChainHead(tx);
  const [newest] = await tx
    .select({ sequence: audit.sequence, at: audit.at })
    .from(audit)
    .where(eq(audit.event, 'anchored'))
    .orderBy(desc(audit.sequence))
    .limit(1);
  if (!head || head.sequence === newest?.sequence) return null;
  const [row] = await tx
    .select({
      isOld: sql<boolean>`${newest?.at ?? '1970-01-01T00:00:00.000Z'}::timestamptz + make_interval(secs => ${pace.everySeconds}) <= clock_timestamp()`,
    })
    .from(audit)
    .where(eq(audit.sequence, head.sequence));
  const isAhead = head.sequence - (newest?.sequence ?? 0) >= pace.everyRecords;
  if (!isAhead && row?.isOld !== true) return null;
  const id = `AN-${head.sequence}`;
  await appendAudit(tx, {
    event: 'anchored',
    planId: id,
    facts: { sequence: head.sequence, hash: head.hash },
  });
  return id;
}

function anchorIn({ record }: { readonly record: string }): ChainAnchor {
  const { at, facts } = JSON.parse(record) as { at: string; facts: Record<string, JsonValue> };
  return { sequence: Number(facts['sequence']), hash: String(facts['hash']), at };
}
