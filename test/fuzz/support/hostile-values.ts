import fc from 'fast-check';

function nested(depth: number): unknown {
  let value: unknown = 'deep';
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

/** Names that try to be more than names. */
export const hostileNames: readonly string[] = [
  '[click](https://evil.example)',
  '![a](https://evil.example/a.png)',
  '<https://evil.example>',
  'https://evil.example/x',
  'www.evil.com',
  'mailto:a@evil.example',
  '[a]: https://evil.example',
  '<at>Everyone</at>',
  '</at><at>Admin</at>',
  '&lt;at&gt;Admin&lt;/at&gt;',
  '&#60;img src=x&#62;',
  '<img src=x onerror=alert(1)>',
  '**Approved**',
  '# Done',
  '| a | b |\n|---|---|',
  '```\ncode\n```',
  '${$root}',
  '${json(x)}',
  '{{DATE(2026-01-01)}}',
  '\u202egpj.exe',
  'a\u200bb\u200dc\u2060d',
  'a\u0000b',
  '\u0000',
  '\ud800',
  'x\udfffy',
  'line\nbreak\r\n# heading',
  '\u2028\u2029\u0085',
  'x'.repeat(10_000),
  '👩‍👩‍👧‍👦'.repeat(200),
  `a${'\u0301'.repeat(500)}`,
  '['.repeat(2_000),
  "'; DROP TABLE plans; --",
  '../../../../etc/passwd',
  '%00%2e%2e%2f',
  '=cmd|calc',
  '"\\"\\\\"',
  'Соntоso',
  'ﷺ'.repeat(300),
  '__proto__',
  'constructor',
  'toString',
  '',
  ' ',
];

export const hostileName: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...hostileNames) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 80 }) },
  {
    weight: 1,
    arbitrary: fc
      .array(fc.constantFrom(...hostileNames.filter((name) => name.length < 60)), {
        minLength: 2,
        maxLength: 3,
      })
      .map((parts) => parts.join(' ')),
  },
);

/** Values of another type, form or size than the one expected. */
export const strangeValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: hostileName },
  {
    weight: 3,
    arbitrary: fc.constantFrom<unknown>(
      ...[
        null,
        true,
        false,
        0,
        -1,
        1e308,
        0.5,
        Number.MAX_SAFE_INTEGER,
        '',
        [],
        {},
        [null],
        [[]],
        { id: null },
      ],
      ...[{ id: {} }, { length: 3 }, { toString: 'x' }, { then: 'x' }, { type: {} }, nested(10), nested(300)],
      ...[JSON.parse('{"__proto__":{"polluted":true}}'), { constructor: { prototype: { polluted: true } } }],
      Array.from({ length: 300 }, (_, index) => index),
    ),
  },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 4 }) },
);

export type Path = readonly (string | number)[];

/** Ways to every place inside a JSON value, from the root on. */
export function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return [path, ...entries.flatMap(([key, item]) => pathsOf(item, [...path, key]))];
}

/** A copy with another value at that place; `undefined` takes the field away. */
export function withValue(root: unknown, path: Path, value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (typeof root !== 'object' || root === null) return root;
  const copy: Record<string, unknown> | unknown[] = Array.isArray(root) ? [...root] : { ...root };
  const fields = copy as Record<string, unknown>;
  const next = rest.length === 0 ? value : withValue(fields[key], rest, value);
  if (next === undefined && !Array.isArray(copy)) delete fields[key];
  else
    Object.defineProperty(copy, key, { value: next, enumerable: true, configurable: true, writable: true });
  return copy;
}

function at(root: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, key) => Object(value)[key], root);
}

/** One to three places of a JSON value changed: texts mostly to hostile texts, so that most changes get far. */
export function mutated(base: unknown, most = 3): fc.Arbitrary<unknown> {
  const paths = pathsOf(base).filter((path) => path.length > 0);
  if (paths.length === 0) return strangeValue;
  const change = fc.constantFrom(...paths).chain((path) => {
    const isText = typeof at(base, path) === 'string';
    const value = fc.oneof(
      { weight: isText ? 6 : 0, arbitrary: hostileName },
      { weight: 1, arbitrary: fc.constant(undefined) },
      { weight: 3, arbitrary: strangeValue },
    );
    return value.map((to) => [path, to] as const);
  });
  return fc
    .array(change, { minLength: 1, maxLength: most })
    .map((changes) => changes.reduce((value, [path, to]) => withValue(value, path, to), base));
}
