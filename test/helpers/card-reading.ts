import type { AdaptiveCard } from '../../src/store/ports';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Node = { readonly [key: string]: Json };

/** Everything a person can read on a card, top to bottom, one line per text. */
export function textOf(card: AdaptiveCard): string {
  const lines: string[] = [];
  visit(card as unknown as Json, (node) => {
    for (const key of ['text', 'title', 'value', 'label', 'placeholder']) {
      const value = node[key];
      if (typeof value === 'string' && value.trim() !== '') lines.push(value.replaceAll('\\', ''));
    }
  });
  return lines.join('\n');
}

export interface ReadButton {
  readonly title: string;
  readonly verb: string;
  readonly data: Readonly<Record<string, Json>>;
}

/** The buttons of a card, also behind a "show card"; links are left out. */
export function buttonsOf(card: AdaptiveCard): readonly ReadButton[] {
  const found: ReadButton[] = [];
  visit(card as unknown as Json, (node) => {
    if (node['type'] !== 'Action.Execute' || typeof node['title'] !== 'string') return;
    found.push({ title: node['title'], verb: String(node['verb']), data: (node['data'] ?? {}) as Node });
  });
  return found;
}

/** Addresses that a card opens. */
export function linksOf(card: AdaptiveCard): readonly string[] {
  const found: string[] = [];
  visit(card as unknown as Json, (node) => {
    if (node['type'] === 'Action.OpenUrl' && typeof node['url'] === 'string') found.push(node['url']);
  });
  return found;
}

function visit(value: Json, see: (node: Node) => void): void {
  if (Array.isArray(value)) {
    for (const one of value) visit(one, see);
  } else if (typeof value === 'object' && value !== null) {
    see(value);
    for (const [key, one] of Object.entries(value)) if (key !== 'fallback') visit(one, see);
  }
}
