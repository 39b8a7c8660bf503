/** A head of the chain that was kept outside of the database: a hash, and mostly which record it belongs to. */
export interface Anchor {
  readonly sequence: number | null;
  readonly hash: string;
}

/** `1204:5e7f…` as the channel shows it, or the hash alone; null for anything else. */
export function parseAnchor(text: string): Anchor | null {
  const found = /^(?:(\d{1,15}):)?([0-9a-f]{64})$/.exec(text.trim().toLowerCase());
  if (!found) return null;
  return { sequence: found[1] === undefined ? null : Number(found[1]), hash: found[2] ?? '' };
}

/** As it is posted and typed. */
export function anchorText({ sequence, hash }: { readonly sequence: number; readonly hash: string }): string {
  return `${sequence}:${hash}`;
}

/** One anchor a line; empty lines and lines that begin with `#` are passed over. @returns the first line that is none, or all */
export function parseAnchors(text: string): readonly Anchor[] | { readonly faultyLine: number } {
  const anchors: Anchor[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const anchor = parseAnchor(line);
    if (!anchor) return { faultyLine: index + 1 };
    anchors.push(anchor);
  }
  return anchors;
}
