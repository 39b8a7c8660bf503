import type { Line, TenantScript } from './script';
import { sessionLine } from './session';

const mostLines = 12;
const mostCharacters = 10_000;

export interface Page {
  readonly parts: readonly { readonly tenantName: string; readonly lines: readonly Line[] }[];
}

/**
 * A script cut so that each piece fits one card; each tenant's lines begin with the one that opens its session, and a
 * later page goes on in the same session.
 */
export function pagesOf(parts: readonly TenantScript[]): {
  readonly pages: readonly Page[];
  /** Lines too long for any card. */
  readonly tooLong: number;
} {
  const all = parts.flatMap((part) =>
    [sessionLine(part), ...part.lines].map((line) => ({ tenantName: part.tenant.displayName, line, part })),
  );
  const fitting = all.filter(({ line }) => sizeOf(line) <= mostCharacters);
  const pages: (typeof all)[] = [];
  for (const one of fitting) {
    const last = pages.at(-1);
    const size = (last ?? []).reduce((sum, { line }) => sum + sizeOf(line), sizeOf(one.line));
    if (last && last.length < mostLines && size <= mostCharacters) last.push(one);
    else pages.push([one]);
  }
  return { pages: pages.map(toPage), tooLong: all.length - fitting.length };
}

function toPage(
  entries: readonly { readonly tenantName: string; readonly line: Line; readonly part: TenantScript }[],
): Page {
  const parts: { part: TenantScript; tenantName: string; lines: Line[] }[] = [];
  for (const { part, tenantName, line } of entries) {
    const last = parts.at(-1);
    if (last?.part === part) last.lines.push(line);
    else parts.push({ part, tenantName, lines: [line] });
  }
  return { parts: parts.map(({ tenantName, lines }) => ({ tenantName, lines })) };
}

function sizeOf({ about, command }: Line): number {
  return Buffer.byteLength(about) + Buffer.byteLength(JSON.stringify(command));
}
