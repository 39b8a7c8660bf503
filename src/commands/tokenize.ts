/** One word of a line. `start` is where it begins in the line, for arguments that take the rest of it. */
export type Token =
  | { readonly type: 'word'; readonly text: string; readonly isQuoted: boolean; readonly start: number }
  | { readonly type: 'arrow'; readonly start: number }
  /** `--name` or `--name=value`. */
  | { readonly type: 'option'; readonly name: string; readonly value: string | null; readonly start: number };

export type Tokens =
  | { readonly outcome: 'tokens'; readonly line: string; readonly tokens: readonly Token[] }
  | { readonly outcome: 'faulty'; readonly sentence: string };

/** Lines longer than this are not read (teams A7). */
export const longestLine = 1_000;

const closingQuotes: Readonly<Record<string, string>> = {
  '"': '"”“„',
  '“': '”“"',
  '„': '“”"',
  '”': '”"',
  '«': '»',
};
const dashes = '-–—−‐‑‒―';

/**
 * Cuts a line into words, link arrows and options; each character is looked at a fixed number of times.
 * Arrows are `>`, `&gt;`, `->`, `=>`, `→`; a word that begins with `--`, `–` or `—` is an option.
 */
export function tokenize(text: string): Tokens {
  if (text.length > longestLine * 4) return tooLong();
  const line = cleaned(text);
  if (line.length > longestLine) return tooLong();
  const tokens: Token[] = [];
  let at = 0;
  while (at < line.length) {
    if (line[at] === ' ') {
      at += 1;
      continue;
    }
    const step = readToken(line, at);
    if ('sentence' in step) return { outcome: 'faulty', sentence: step.sentence };
    tokens.push(step.token);
    at = step.end;
  }
  return { outcome: 'tokens', line, tokens };
}

type Step = { readonly token: Token; readonly end: number } | { readonly sentence: string };

function readToken(line: string, start: number): Step {
  const arrowEnd = arrowAt(line, start);
  if (arrowEnd > start) return { token: { type: 'arrow', start }, end: arrowEnd };
  if (isOptionStart(line, start)) return readOption(line, start);
  return readWord(line, start);
}

function readWord(line: string, start: number): Step {
  let text = '';
  let isQuoted = false;
  let at = start;
  while (at < line.length && line[at] !== ' ') {
    const character = line[at] as string;
    const closing = closingQuotes[character];
    if (closing !== undefined) {
      const end = closingAt(line, at + 1, closing);
      if (end < 0)
        return { sentence: `The quote that begins at ${shortened(line.slice(at))} is not closed.` };
      text += line.slice(at + 1, end);
      isQuoted = true;
      at = end + 1;
    } else if (arrowAt(line, at) > at) {
      break;
    } else {
      text += character;
      at += 1;
    }
  }
  return { token: { type: 'word', text: text.trim(), isQuoted, start }, end: at };
}

function readOption(line: string, start: number): Step {
  let at = start;
  while (at < line.length && dashes.includes(line[at] as string)) at += 1;
  const nameStart = at;
  while (at < line.length && isNameCharacter(line[at] as string)) at += 1;
  const name = line.slice(nameStart, at).toLowerCase();
  if (line[at] !== '=' && line[at] !== ':') {
    return { token: { type: 'option', name, value: null, start }, end: at };
  }
  const step = readWord(line, at + 1);
  if ('sentence' in step) return step;
  const value = step.token.type === 'word' ? step.token.text : '';
  return { token: { type: 'option', name, value, start }, end: step.end };
}

function closingAt(line: string, from: number, closing: string): number {
  for (let at = from; at < line.length; at += 1) if (closing.includes(line[at] as string)) return at;
  return -1;
}

/** Where the arrow that begins here ends; `at` itself when there is none. Only short runs of dashes are arrows. */
function arrowAt(line: string, at: number): number {
  if (line[at] === '→' || line[at] === '⇒' || line[at] === '➔' || line[at] === '>') return at + 1;
  let end = at;
  while (end < at + 3 && end < line.length && (line[end] === '=' || dashes.includes(line[end] as string)))
    end += 1;
  return end > at && line[end] === '>' ? end + 1 : at;
}

function isOptionStart(line: string, at: number): boolean {
  const first = line[at] as string;
  if (!dashes.includes(first)) return false;
  let end = at;
  while (end < at + 4 && dashes.includes(line[end] ?? ' ')) end += 1;
  const isLong = first === '—' || first === '–' || end - at >= 2;
  return isLong && isLetter(line[end] ?? ' ');
}

function isNameCharacter(character: string): boolean {
  return isLetter(character) || character === '-' || (character >= '0' && character <= '9');
}

function isLetter(character: string): boolean {
  return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
}

const blanks =
  /[\s\u0000-\u001f\u007f\u00a0\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3000\ufeff]/g;

function cleaned(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replaceAll('&quot;', '"')
    .replace(blanks, ' ')
    .trim();
}

function shortened(text: string): string {
  return text.length > 24 ? `${text.slice(0, 24)}…` : text;
}

function tooLong(): Tokens {
  return {
    outcome: 'faulty',
    sentence: `That message is longer than ${longestLine} characters, so I did not read it.`,
  };
}
