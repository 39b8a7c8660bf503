import { createHash } from 'node:crypto';

/** SHA-256 in hex over lines. */
export function sha256Of(lines: readonly string[]): string {
  return createHash('sha256').update(lines.join('\n'), 'utf8').digest('hex');
}
