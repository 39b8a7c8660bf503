export type Value = string | boolean | null;

type Node =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'attribute'; readonly name: string }
  | { readonly kind: 'call'; readonly name: string; readonly parts: readonly Node[] };

const text = (value: Value | undefined) => (value === null || value === undefined ? '' : String(value));

const functions: Record<string, (parts: readonly Value[]) => Value> = {
  AltSecIdFromNetId: ([netId]) => (netId ? `5:${text(netId)}` : null),
  Append: ([value, suffix]) => text(value) + text(suffix),
  Coalesce: (parts) => parts.find((part) => part !== null && part !== '') ?? null,
  Join: ([separator, ...parts]) => parts.filter((part) => part !== null && part !== '').join(text(separator)),
  Not: ([value]) => !(value === true || text(value).toLowerCase() === 'true'),
  ToLower: ([value]) => (value === null ? null : text(value).toLowerCase()),
  ToUpper: ([value]) => (value === null ? null : text(value).toUpperCase()),
  Trim: ([value]) => (value === null ? null : text(value).trim()),
};

const tokenPattern = /\s*(?:"((?:[^"\\]|\\.)*)"|\[([^\]]+)\]|([A-Za-z]\w*)\s*\(|([),]))/y;

/**
 * A mapping expression, parsed: `Append([givenName], "x")`. Null when it is not one, or names a function that the
 * simulator does not know.
 */
export function parseExpression(expression: string): Node | null {
  if (expression.length > 10_000) return null;
  const reader = { text: expression, at: 0 };
  const node = readNode(reader);
  return node && expression.slice(reader.at).trim() === '' ? node : null;
}

interface Reader {
  readonly text: string;
  at: number;
}

function next(reader: Reader): RegExpExecArray | null {
  tokenPattern.lastIndex = reader.at;
  const match = tokenPattern.exec(reader.text);
  if (match) reader.at = tokenPattern.lastIndex;
  return match;
}

function readNode(reader: Reader): Node | null {
  const match = next(reader);
  if (!match) return null;
  const [, quoted, attribute, name] = match;
  if (quoted !== undefined) return { kind: 'text', text: quoted.replaceAll(/\\(.)/g, '$1') };
  if (attribute !== undefined) return { kind: 'attribute', name: attribute };
  if (name === undefined || !functions[name]) return null;
  const parts = readParts(reader);
  return parts && { kind: 'call', name, parts };
}

function readParts(reader: Reader): Node[] | null {
  const parts: Node[] = [];
  for (;;) {
    const node = readNode(reader);
    if (!node) return null;
    parts.push(node);
    const end = next(reader)?.[4];
    if (end === ')') return parts;
    if (end !== ',') return null;
  }
}

/** Attributes that an expression reads. */
export function attributesIn(node: Node): string[] {
  if (node.kind === 'attribute') return [node.name];
  return node.kind === 'call' ? node.parts.flatMap(attributesIn) : [];
}

export function evaluateExpression(node: Node, read: (attribute: string) => Value): Value {
  if (node.kind === 'text') return node.text;
  if (node.kind === 'attribute') return read(node.name);
  const act = functions[node.name];
  return act ? act(node.parts.map((part) => evaluateExpression(part, read))) : null;
}
