/** The mention that is being typed before the caret: where its `@` stands and what follows; null when none. */
export function mentionAt(
  text: string,
  caret: number,
): { readonly start: number; readonly query: string } | null {
  const match = /(^|\s)@([\p{L}\p{N}]*(?: [\p{L}\p{N}]*)?)$/u.exec(text.slice(0, caret));
  if (!match) return null;
  const query = match[2] ?? '';
  return { start: caret - query.length - 1, query };
}

/** Names that begin with what was typed, in the order given. */
export function suggestions(names: readonly string[], query: string): readonly string[] {
  const wanted = query.toLowerCase();
  return names
    .filter((name) =>
      name
        .split(' ')
        .some((_, index, words) => words.slice(index).join(' ').toLowerCase().startsWith(wanted)),
    )
    .slice(0, 6);
}

/** Puts `@name ` in the place of the mention that was begun, and says where the caret goes. */
export function withMention(
  text: string,
  start: number,
  end: number,
  name: string,
): { readonly text: string; readonly caret: number } {
  const inserted = `@${name} `;
  return {
    text: text.slice(0, start) + inserted + text.slice(end).replace(/^ /, ''),
    caret: start + inserted.length,
  };
}

/** Cuts a text into plain parts and mentions of known names. */
export function partsOf(
  text: string,
  names: readonly string[],
): readonly { readonly text: string; readonly isMention: boolean }[] {
  if (names.length === 0) return [{ text, isMention: false }];
  const escaped = [...names]
    .sort((one, other) => other.length - one.length)
    .map((name) => name.replace(/[^\p{L}\p{N} ]/gu, '\\$&'));
  const pattern = new RegExp(`(@(?:${escaped.join('|')}))(?![\\p{L}\\p{N}])`, 'giu');
  return text
    .split(pattern)
    .map((part, index) => ({ text: part, isMention: index % 2 === 1 }))
    .filter((part) => part.text !== '');
}
