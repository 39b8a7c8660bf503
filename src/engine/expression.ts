/** A mapping expression, read: `Append([givenName], "x")`. */
export type Expression =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'attribute'; readonly name: string }
  | { readonly kind: 'call'; readonly name: string; readonly parts: readonly Expression[] };

export type Value = string | boolean | null;

/** Longest expression that the service takes (facts 4.9). */
export const longestExpression = 10_000;

interface Known {
  readonly work: (parts: readonly Value[]) => Value;
  readonly words: (parts: readonly string[]) => string;
}

const isEmpty = (value: Value | undefined) => value === null || value === undefined || value === '';
const textOf = (value: Value | undefined) => (isEmpty(value) ? '' : String(value));
const onText = (work: (text: string) => string) => (parts: readonly Value[]) =>
  isEmpty(parts[0]) ? null : work(textOf(parts[0]));
const all = (parts: readonly string[]) => parts.join(', ');

/** Functions that can be worked out here; every other one is shown as it is written and never guessed. */
const functions: Readonly<Record<string, Known>> = {
  Append: {
    work: ([value, suffix]) => textOf(value) + textOf(suffix),
    words: ([value = '', suffix = '']) => `${value} followed by ${suffix}`,
  },
  Coalesce: {
    work: (parts) => parts.find((part) => !isEmpty(part)) ?? null,
    words: (parts) => `the first of ${all(parts)} that is not empty`,
  },
  Join: {
    work: ([separator, ...parts]) =>
      parts
        .filter((part) => !isEmpty(part))
        .map(textOf)
        .join(textOf(separator)),
    words: ([separator = '', ...parts]) => `${parts.join(' and ')}, joined with ${separator}`,
  },
  Not: {
    work: ([value]) => textOf(value).toLowerCase() !== 'true',
    words: ([value = '']) => `the opposite of ${value}`,
  },
  ToLower: {
    work: onText((text) => text.toLowerCase()),
    words: ([value = '']) => `${value} in lower case`,
  },
  ToUpper: {
    work: onText((text) => text.toUpperCase()),
    words: ([value = '']) => `${value} in capitals`,
  },
  Trim: {
    work: onText((text) => text.trim()),
    words: ([value = '']) => `${value} without spaces around it`,
  },
};

const token = /\s*(?:"((?:[^"\\]|\\.)*)"|\[([^\][]+)\]|([A-Za-z]\w*)\s*\(|([),]))/y;

interface Reader {
  readonly text: string;
  at: number;
}

/** Reads an expression of texts, attributes and calls; `null` for anything else. Linear in its length. */
export function readExpression(text: string): Expression | null {
  if (text.length > longestExpression) return null;
  const reader = { text, at: 0 };
  const found = readOne(reader, 0);
  return found && text.slice(reader.at).trim() === '' ? found : null;
}

/** Deeper than anybody writes; keeps the stack small. */
const deepest = 50;

function next(reader: Reader): RegExpExecArray | null {
  token.lastIndex = reader.at;
  const match = token.exec(reader.text);
  if (match) reader.at = token.lastIndex;
  return match;
}

function readOne(reader: Reader, depth: number): Expression | null {
  const match = depth > deepest ? null : next(reader);
  if (!match) return null;
  const [, quoted, attribute, name] = match;
  if (quoted !== undefined) return { kind: 'text', text: quoted.replaceAll(/\\(.)/g, '$1') };
  if (attribute !== undefined) return { kind: 'attribute', name: attribute };
  if (name === undefined) return null;
  const parts: Expression[] = [];
  for (;;) {
    const part = readOne(reader, depth + 1);
    if (!part) return null;
    parts.push(part);
    const end = next(reader)?.[4];
    if (end === ')') return { kind: 'call', name, parts };
    if (end !== ',') return null;
  }
}

/** Source attributes that an expression looks at. */
export function attributesIn(expression: Expression): readonly string[] {
  if (expression.kind === 'attribute') return [expression.name];
  return expression.kind === 'call' ? expression.parts.flatMap(attributesIn) : [];
}

/** Functions that cannot be worked out here. */
export function unknownFunctions(expression: Expression): readonly string[] {
  if (expression.kind !== 'call') return [];
  const own = Object.hasOwn(functions, expression.name) ? [] : [expression.name];
  return [...own, ...expression.parts.flatMap(unknownFunctions)];
}

/** The value for one user; `undefined` when it cannot be worked out here. `read` gives `undefined` for what it cannot see. */
export function evaluate(
  expression: Expression,
  read: (attribute: string) => Value | undefined,
): Value | undefined {
  if (expression.kind === 'text') return expression.text;
  if (expression.kind === 'attribute') return read(expression.name);
  const known = Object.hasOwn(functions, expression.name) ? functions[expression.name] : undefined;
  const parts: Value[] = [];
  for (const part of expression.parts) {
    const value = evaluate(part, read);
    if (value === undefined) return undefined;
    parts.push(value);
  }
  return known?.work(parts);
}

/** "givenName and surname, joined with “ ”"; a function that is not known stands as it is written. */
export function inWords(expression: Expression): string {
  if (expression.kind === 'text') return expression.text === ' ' ? 'a space' : `“${expression.text}”`;
  if (expression.kind === 'attribute') return expression.name;
  const parts = expression.parts.map(inWords);
  const known = Object.hasOwn(functions, expression.name) ? functions[expression.name] : undefined;
  return known ? known.words(parts) : `${expression.name}(${all(parts)})`;
}
