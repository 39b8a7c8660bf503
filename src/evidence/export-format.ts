import type { JsonValue } from '../plan/types';
import { canonicalJson } from '../store/canonical-json';
import { sha256 } from '../store/sha256';

/** An export is JSONL: the manifest, then one line per record of the chain, in order. Every line is canonical JSON. */
export const exportFormat = 'sync-steward-audit/1';

export interface Manifest {
  readonly format: typeof exportFormat;
  readonly records: number;
  /** Hash of the last record; 64 zeros when there is none. */
  readonly head: string;
  /** ISO 8601, of the first and last record; null when there is none. */
  readonly firstAt: string | null;
  readonly lastAt: string | null;
  readonly madeAt: string;
  readonly madeFor: { readonly tenantId: string; readonly objectId: string; readonly displayName: string };
  /** Tenants whose records and details are shown; of all others the digests stand there. */
  readonly tenantIds: readonly string[];
}

/** One record: whole, or only its seal where the reader may not see it. */
export type ExportRow =
  | { readonly sequence: number; readonly hash: string; readonly record: JsonValue }
  | { readonly sequence: number; readonly hash: string; readonly seal: string };

export function manifestLine(manifest: Manifest): string {
  const content = { ...manifest, tenantIds: [...manifest.tenantIds], madeFor: { ...manifest.madeFor } };
  return canonicalJson({ ...content, digest: sha256(canonicalJson(content)) });
}

export function rowLine(row: ExportRow): string {
  return canonicalJson({ ...row });
}
