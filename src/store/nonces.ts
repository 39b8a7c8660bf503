import { randomBytes } from 'node:crypto';
import { and, eq, lt, sql } from 'drizzle-orm';
import type { Person } from '../plan/types';
import type { Db } from './db';
import { nonces } from './schema';
import { sha256 } from './sha256';

/** For whom a card was drawn. */
export interface NonceReader {
  readonly planId: string;
  readonly revision: number;
  readonly person: Person;
  readonly forTenantId: string | null;
}

/** Days after which no card of that age can still be pressed: plans expire within one. */
const keptDays = 7;

/** A new nonce for one drawing of a card; only its hash is kept. It proves which revision was shown, no more. */
export async function mintNonce(db: Db, reader: NonceReader): Promise<string> {
  const nonce = randomBytes(16).toString('base64url');
  await db.insert(nonces).values({
    nonceHash: sha256(nonce),
    planId: reader.planId,
    revision: reader.revision,
    personTenantId: reader.person.tenantId,
    personObjectId: reader.person.objectId,
    forTenantId: reader.forTenantId,
  });
  return nonce;
}

/** What the card showed to this person; `undefined` when the nonce was not made for them. */
export async function findNonce(
  db: Db,
  nonce: string,
  planId: string,
  person: Person,
): Promise<{ readonly revision: number; readonly forTenantId: string | null } | undefined> {
  const [row] = await db
    .select({ revision: nonces.revision, forTenantId: nonces.forTenantId })
    .from(nonces)
    .where(
      and(
        eq(nonces.nonceHash, sha256(nonce)),
        eq(nonces.planId, planId),
        eq(nonces.personTenantId, person.tenantId),
        eq(nonces.personObjectId, person.objectId),
      ),
    );
  return row;
}

export async function deleteOldNonces(db: Db): Promise<void> {
  await db
    .delete(nonces)
    .where(lt(nonces.createdAt, sql`clock_timestamp() - make_interval(days => ${keptDays})`));
}
