/** Longest text from a directory, a log or a person that a card shows, in characters. */
export const NAME_LIMIT = 64;
/** Longest title of a step or a command, in characters; it may hold names. */
export const TITLE_LIMIT = 160;
/** Longest sentence that another room hands over; it may hold names. */
export const SENTENCE_LIMIT = 400;

/**
 * Words that a card may show: once as Teams Markdown, once plain for places that do not read Markdown
 * (button titles, input values, `fallbackText`).
 */
export class Text {
  constructor(
    readonly markdown: string,
    readonly plain: string,
  ) {}
}

/** What may stand at a leaf of a view. A bare string is foreign text: it is escaped and cut to 64 characters. */
export type Leaf = string | number | Text;

/**
 * A sentence of our own: its literal parts may hold Markdown, whatever is put in is foreign and escaped.
 *
 * text`**${person.displayName}** asks for ${9} changes.`
 */
export function text(literals: TemplateStringsArray, ...values: readonly Leaf[]): Text {
  const parts = values.map(toText);
  const join = (form: 'markdown' | 'plain', literal: (words: string) => string): string =>
    literals.reduce((whole, words, index) => whole + literal(words) + (parts[index]?.[form] ?? ''), '');
  return new Text(
    join('markdown', (words) => words),
    join('plain', (words) => words.replace(/[*`]/g, '')),
  );
}

/** Foreign text: stripped, cut to `limit` characters, escaped. */
export function name(value: string, limit: number = NAME_LIMIT): Text {
  const plain = shorten(clean(value), limit);
  return new Text(escapeMarkdown(plain), plain);
}

/**
 * Foreign text in an input's choice, where some clients read Markdown and some do not, so that an escape would
 * show: whatever could be either becomes a space. `instead` stands where nothing is left.
 */
export function choiceName(value: string, instead: string): string {
  const words = name(value)
    .plain.replace(/[[\]()<>*_`~#|\\:!{}&/@]|\.(?=\S)/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[^\p{L}\p{N}…]+/u, '')
    .trim();
  return words === '' ? instead : words;
}

/** A sentence that another room composed (a remedy, a step's title): it may hold names, so it is escaped, but longer. */
export function sentence(value: string): Text {
  return name(value, SENTENCE_LIMIT);
}

/**
 * A line to copy: it stays as it is, so it stands in a `RichTextBlock` only, which reads no Markdown (teams A1).
 * Whoever composes it has made foreign values harmless already.
 */
export function code(line: string): Text {
  return new Text(line, line);
}

/** Several pieces with something of ours between them; empty ones are left out. */
export function joined(pieces: readonly Leaf[], between: string): Text {
  const texts = pieces.map(toText).filter((piece) => piece.plain !== '');
  return new Text(
    texts.map((piece) => piece.markdown).join(between),
    texts.map((piece) => piece.plain).join(between),
  );
}

/** The same words for a place that does not read Markdown: an input's value, a fallback. */
export function plain(value: Leaf): Text {
  const words = toText(value).plain;
  return new Text(words, words);
}

export function toText(value: Leaf): Text {
  if (value instanceof Text) return value;
  if (typeof value === 'string') return name(value);
  const words = value.toLocaleString('en-GB');
  return new Text(words, words);
}

/**
 * Removes what can deceive or break a layout: controls, line breaks, bidi and zero-width characters, fillers
 * that look empty, piles of combining marks. `${` is pulled apart, so that no later expansion reads it (C3).
 */
function clean(value: string): string {
  return value
    .normalize('NFC')
    .replace(/\p{M}{3,}/gu, (marks) => Array.from(marks).slice(0, 2).join(''))
    .replace(/[\p{Zs}\p{Zl}\p{Zp}\t\r\n\v\f]+/gu, ' ')
    .replace(/[\p{C}\u115F\u1160\u2800\u3164\uFFA0]/gu, '')
    .replaceAll('${', '$ {')
    .trim();
}

function shorten(value: string, limit: number): string {
  if (value.length <= limit) return value;
  const characters = Array.from(value);
  return characters.length <= limit ? value : `${characters.slice(0, limit - 1).join('')}…`;
}

/** Every character that Teams' Markdown or an automatic link could act on. An id stays as it is: people copy it. */
function escapeMarkdown(value: string): string {
  if (isGuid(value)) return value;
  return value.replace(/[\\*_[\]()#\-.!<>|`{}~&:+]/g, '\\$&');
}

export function isGuid(value: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(value);
}
