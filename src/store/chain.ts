import type { JsonValue } from '../plan/types';
import { canonicalJson, isCanonicalJson } from './canonical-json';
import { sha256 } from './sha256';

/** How audit records hang together (I31). Pure: the verifier uses nothing else. */

/** The hash before the first record. */
export const genesisHash = '0'.repeat(64);

/** One record as stored and exported; what only the people of one tenant may read stands in `details`. */
export interface ChainRecord {
  readonly sequence: number;
  /** ISO 8601, database clock. */
  readonly at: string;
  readonly event: string;
  readonly planId: string | null;
  readonly actor: {
    readonly tenantId: string;
    readonly objectId: string;
    readonly displayName: string;
  } | null;
  readonly facts: { readonly [key: string]: JsonValue };
  /** Random, so that the digest of a withheld record cannot be guessed. */
  readonly salt?: string;
  /** By tenant id: `{salt, value}`, or the digest of that where it is withheld. */
  readonly details?: { readonly [tenantId: string]: JsonValue };
}

/**
 * SHA-256 of a record in which every detail is replaced by its own digest: so a reader who is not shown a detail, or a
 * whole record, can still check the chain.
 */
export function sealOf(record: JsonValue): string {
  return sha256(canonicalJson(withSealedDetails(record)));
}

/** The seal of a record as stored; null when the text is not the one canonical text of a record. */
export function sealOfText(text: string): string | null {
  try {
    const record = JSON.parse(text) as JsonValue;
    return isCanonicalJson(text, record) ? sealOfCanonical(text, record) : null;
  } catch {
    return null;
  }
}

/** `sealOf` of a record whose canonical text is at hand. */
export function sealOfCanonical(text: string, record: JsonValue): string {
  return isObject(record) && isObject(record['details']) ? sealOf(record) : sha256(text);
}

export function chainHash(previousHash: string, seal: string): string {
  return sha256(`${previousHash}\n${seal}`);
}

/** The digest that stands for a detail. */
export function detailSeal(detail: JsonValue): string {
  return sha256(canonicalJson(detail));
}

function withSealedDetails(record: JsonValue): JsonValue {
  if (!isObject(record) || !isObject(record['details'])) return record;
  const sealed = Object.entries(record['details']).map(([tenantId, detail]) => [
    tenantId,
    isObject(detail) ? detailSeal(detail) : detail,
  ]);
  return { ...record, details: Object.fromEntries(sealed) as JsonValue };
}

function isObject(value: JsonValue | undefined): value is { [key: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
