/** Every object inside a card, the card itself first, in document order; button data are left out. */
export function nodesOf(card: unknown): readonly Record<string, unknown>[] {
  const nodes: Record<string, unknown>[] = [];
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(visit);
    if (typeof node !== 'object' || node === null) return;
    nodes.push(node as Record<string, unknown>);
    for (const key of Object.keys(node)) {
      if (key !== 'data') visit((node as Record<string, unknown>)[key]);
    }
  };
  visit(card);
  return nodes;
}

/** Texts that a client reads as Markdown, as they stand in the card. */
export function markdownOf(card: unknown): string[] {
  return nodesOf(card).flatMap((node) => {
    if (node['type'] === 'TextBlock') return [String(node['text'])];
    return 'title' in node && 'value' in node && !('type' in node)
      ? [String(node['title']), String(node['value'])]
      : [];
  });
}

/** Titles of all buttons, also of those inside other buttons. */
export function buttonTitles(card: unknown): string[] {
  return nodesOf(card)
    .filter(
      (node) =>
        String(node['type']).startsWith('Action.') && node['type'] !== 'Action.Submit' && 'title' in node,
    )
    .map((node) => String(node['title']));
}
