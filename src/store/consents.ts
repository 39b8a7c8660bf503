import { and, eq, isNull, sql } from 'drizzle-orm';
import type { PackName } from '../config';
import type { Person } from '../plan/types';
import type { Db } from './db';
import { consents, invitations } from './schema';
import { databaseNow } from './time';

export interface NewConsent {
  /** SHA-256 of the state in the link; the state itself is not kept. */
  readonly stateHash: string;
  readonly tenantId: string;
  readonly pack: PackName;
  readonly requestedBy: Person;
  readonly conversationId: string;
  readonly expiresAt: Date;
}

export async function saveConsent(db: Db, consent: NewConsent): Promise<void> {
  await db.insert(consents).values(consent);
}

export interface TakenConsent {
  readonly tenantId: string;
  readonly pack: PackName;
  readonly requestedBy: Person;
  readonly conversationId: string | null;
}

/** Takes a consent link once: unused and in time by the database's clock, else `undefined`. */
export async function takeConsent(db: Db, stateHash: string): Promise<TakenConsent | undefined> {
  const [row] = await db
    .update(consents)
    .set({ usedAt: databaseNow })
    .where(
      and(
        eq(consents.stateHash, stateHash),
        isNull(consents.usedAt),
        sql`${consents.expiresAt} > clock_timestamp()`,
      ),
    )
    .returning();
  if (!row) return undefined;
  const { tenantId, pack, requestedBy, conversationId } = row;
  return { tenantId, pack: pack as PackName, requestedBy, conversationId };
}

export interface NewInvitation {
  /** SHA-256 of the code in upper case. */
  readonly codeHash: string;
  readonly tenantId: string;
  readonly invitedBy: Person;
  readonly expiresAt: Date;
}

export async function saveInvitation(db: Db, invitation: NewInvitation): Promise<void> {
  await db.insert(invitations).values(invitation);
}

/** Whether the code is good for a member of that tenant; it may be used again until it expires. */
export async function findInvitation(db: Db, codeHash: string, tenantId: string): Promise<boolean> {
  const rows = await db
    .update(invitations)
    .set({ usedAt: databaseNow })
    .where(
      and(
        eq(invitations.codeHash, codeHash),
        eq(invitations.tenantId, tenantId),
        sql`${invitations.expiresAt} > clock_timestamp()`,
      ),
    )
    .returning({ codeHash: invitations.codeHash });
  return rows.length === 1;
}
