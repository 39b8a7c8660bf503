/** Every object inside a card, the card itself first, in document order; button data are left out. */
export function* nodesOf(node: unknown): Generator<Record<string, unknown>> {
  if (Array.isArray(node)) {
    for (const item of node) yield* nodesOf(item);
  } else if (typeof node === 'object' && node !== null) {
    const entries = node as Record<string, unknown>;
    yield entries;
    for (const [key, value] of Object.entries(entries)) if (key !== 'data') yield* nodesOf(value);
  }
}

/** Texts that a client reads as Markdown, as they stand in the card. */
export function markdownOf(card: unknown): string[] {
  return [...nodesOf(card)].flatMap((node) => {
    if (node['type'] === 'TextBlock') return [String(node['text'])];
    return 'title' in node && 'value' in node && !('type' in node)
      ? [String(node['title']), String(node['value'])]
      : [];
  });
}

/** Titles of all buttons, also of those inside other buttons. */
export function buttonTitles(card: unknown): string[] {
  return [...nodesOf(card)]
    .filter(
      (node) =>
        String(node['type']).startsWith('Action.') && node['type'] !== 'Action.Submit' && 'title' in node,
    )
    .map((node) => String(node['title']));
}
