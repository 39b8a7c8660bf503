import type { JsonValue } from '../../plan/types';

/** A piece of a command: a text from outside, or a variable that an earlier line of ours sets. */
export type Value = { readonly literal: string } | { readonly variable: string };

/** PowerShell takes the typographic ones for single quotes too. */
const singleQuote = /['\u2018\u2019\u201A\u201B]/g;
/** What cannot be seen, or ends a line: controls, bidi and zero-width marks, every space but the usual one. */
const unseen = /[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u;

/**
 * A text as one PowerShell expression on one line that a shell can only read as that text: single quotes doubled,
 * unseen characters by their number. `${` is pulled apart, so that no template reads it either (C3).
 */
export function quoted(value: string): string {
  const pieces: string[] = [];
  let plain = '';
  const close = () => {
    if (plain !== '') pieces.push(`'${plain.replace(singleQuote, '$&$&')}'`);
    plain = '';
  };
  for (const character of value) {
    if (unseen.test(character)) {
      close();
      pieces.push(byNumber(character));
      continue;
    }
    if (character === '{' && plain.endsWith('$')) close();
    plain += character;
  }
  close();
  if (pieces.length === 0) return "''";
  const [only = "''"] = pieces;
  return pieces.length === 1 ? only : `(${pieces.join(' + ')})`;
}

function byNumber(character: string): string {
  const point = character.codePointAt(0) ?? 0;
  const number = `0x${point.toString(16).toUpperCase().padStart(4, '0')}`;
  const isLoneSurrogate = point >= 0xd800 && point <= 0xdfff;
  return isLoneSurrogate ? `([string][char]${number})` : `([char]::ConvertFromUtf32(${number}))`;
}

/** A value as a parameter: quoted, or the variable. */
export function shown(value: Value): string {
  return 'literal' in value ? quoted(value.literal) : `$${value.variable}`;
}

/** JSON as PowerShell writes it: `@{inboundAllowed=$true}`. */
export function literal(value: JsonValue): string {
  if (value === null) return '$null';
  if (typeof value === 'boolean') return value ? '$true' : '$false';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) return `@(${value.map(literal).join(', ')})`;
  return table(Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, literal(inner)])));
}

/** A hash table whose values are expressions already. */
export function table(entries: Readonly<Record<string, string>>): string {
  const parts = Object.entries(entries).map(([key, value]) => `${keyOf(key)}=${value}`);
  return `@{${parts.join('; ')}}`;
}

function keyOf(key: string): string {
  return /^[A-Za-z][A-Za-z0-9]*$/.test(key) ? key : quoted(key);
}

/** An address of Graph for `Invoke-MgGraphRequest`; texts of ours as they are, values encoded. */
export function address(...parts: readonly (string | Value)[]): string {
  const pieces: string[] = [];
  let plain = '';
  for (const part of parts) {
    if (typeof part === 'string') plain += part;
    else if ('literal' in part) plain += encodeURIComponent(part.literal);
    else {
      pieces.push(quoted(plain), `$${part.variable}`);
      plain = '';
    }
  }
  if (plain !== '') pieces.push(quoted(plain));
  return pieces.length === 1 ? (pieces[0] ?? "''") : `(${pieces.join(' + ')})`;
}

/** `mail eq 'o''brien@…'` as a parameter: quoted for OData, then for the shell. */
export function filter(property: string, value: string): string {
  return quoted(`${property} eq '${value.replaceAll("'", "''")}'`);
}
