import { canonicalJson } from '../store/canonical-json';
import { sha256 } from '../store/sha256';
import type { JsonValue, PlanContent } from './types';

/** What an approval is bound to (I3): SHA-256 over the canonical JSON of the whole content, hex. */
export function digestOf(content: PlanContent): string {
  return sha256(canonicalJson(content as unknown as JsonValue));
}
