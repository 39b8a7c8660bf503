import { causes } from './causes';
import type { Cause } from './causes/cause';

export type Explanation =
  /** Several rows when one code has several causes and the text does not tell which. */
  | { readonly outcome: 'known'; readonly causes: readonly Cause[] }
  /** Not in the catalogue: shown raw, never guessed. */
  | { readonly outcome: 'unknown'; readonly codes: readonly string[] };

/** Longest text that is looked at, in characters. */
const longest = 2_000;

/** What a code, or a text that holds one, means: by the catalogue and nothing else (facts 6.3). */
export function explain(typed: string): Explanation {
  const text = typed.slice(0, longest).replace(/Microsoft Entra ID (?=[A-Z])/g, renamed);
  const words = text.match(/[A-Za-z][A-Za-z0-9_]{3,80}/g) ?? [];
  const isBare = words.length === 1 && words[0] === text.trim();
  const codes = words.filter((word) => isBare || looksLikeCode(word));
  if (isBare && codes[0] !== undefined) {
    // Nothing beside the code tells its causes apart: all of them are shown.
    const all = byCode(codes[0]);
    if (all.length > 0) return { outcome: 'known', causes: all };
  }
  const ways: readonly (() => readonly Cause[])[] = [
    ...codes.map((code) => () => causesOf({ code, text })),
    () => causesOf({ code: null, text }),
  ];
  for (const way of ways) {
    const found = way();
    if (found.length > 0) return { outcome: 'known', causes: found };
  }
  return { outcome: 'unknown', codes };
}

/** The rows for a code and the text beside it; empty when the catalogue does not know them. */
export function causesOf(said: {
  readonly code: string | null;
  readonly text: string | null;
}): readonly Cause[] {
  const text = said.text ?? '';
  if (said.code === null || said.code === '') return byText(causes, text).slice(0, 1);
  const named = byCode(said.code);
  const narrowed = byText(named, text);
  if (narrowed.length > 0) return narrowed;
  const general = named.filter((row) => row.text === undefined);
  return general.length === 1 ? general : named;
}

/** All codes of the catalogue, for the nearest ones. */
export function knownCodes(): readonly string[] {
  return [...new Set(causes.flatMap(({ codes }) => codes))];
}

function byCode(code: string): readonly Cause[] {
  const word = plainCode(code);
  const exact = causes.filter((row) => row.codes.some((one) => plainCode(one) === word));
  if (exact.length > 0) return exact;
  return causes.filter(
    (row) => row.isPrefixed === true && row.codes.some((one) => one.length > 6 && code.endsWith(one)),
  );
}

function byText(rows: readonly Cause[], text: string): readonly Cause[] {
  return text === '' ? [] : rows.filter((row) => row.text?.test(text));
}

/** The docs print the product's new name where the service says the old one (facts 0.2). */
const renamed = 'AzureActiveDirectory';

function plainCode(code: string): string {
  return code.toLowerCase();
}

/** Two humps or an underscore: an ordinary word of a sentence is no code. */
function looksLikeCode(word: string): boolean {
  return /[a-z][A-Z]/.test(word) || word.includes('_');
}
