import fc from 'fast-check';
import type { JsonValue } from '../../src/plan/types';
import { canonicalJson, hasSortedKeys, isCanonicalJson } from '../../src/store/canonical-json';

function shuffled(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(shuffled);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, one]) => [key, shuffled(one)]),
  );
}

const json = fc
  .jsonValue({ noUnicodeString: false })
  .map((value) => JSON.parse(JSON.stringify(value)) as JsonValue);

describe('canonical JSON', () => {
  it('is the same text for the same value in any order of keys', () => {
    fc.assert(fc.property(json, (value) => canonicalJson(shuffled(value)) === canonicalJson(value)));
  });

  it('is read back as the same value', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(value);
      }),
    );
  });

  it('differs for different values', () => {
    fc.assert(
      fc.property(json, json, (a, b) => {
        const isEqual = JSON.stringify(shuffled(shuffled(a))) === JSON.stringify(shuffled(shuffled(b)));
        fc.pre(!isEqual);
        return canonicalJson(a) !== canonicalJson(b) || canonicalJson(shuffled(a)) === canonicalJson(b);
      }),
    );
  });

  it('orders keys by code unit and keeps arrays as they are', () => {
    expect(canonicalJson({ b: [2, 1], a: { '\u20ac': 1, z: null } })).toBe(
      '{"a":{"z":null,"\u20ac":1},"b":[2,1]}',
    );
  });

  it('refuses numbers that JSON cannot carry', () => {
    expect(() => canonicalJson(Number.NaN)).toThrow(TypeError);
  });

  it('leaves out keys without a value', () => {
    expect(canonicalJson({ b: undefined, a: 1 } as unknown as JsonValue)).toBe('{"a":1}');
  });

  it('orders many keys, numbers and what begins alike among them', () => {
    const keys = ['b', 'a', 'ab', 'A', '10', '9', '', 'c', 'aa'];
    const value = Object.fromEntries(keys.map((key) => [key, 0]));
    expect(Object.keys(JSON.parse(canonicalJson(value)) as object).sort()).toEqual([...keys].sort());
    expect(canonicalJson(value)).toBe('{"":0,"10":0,"9":0,"A":0,"a":0,"aa":0,"ab":0,"b":0,"c":0}');
  });
});

describe('a text that was stored', () => {
  const isCanonical = (text: string) => isCanonicalJson(text, JSON.parse(text) as JsonValue);

  it.each([
    'null',
    '1',
    '"x"',
    'true',
    '[]',
    '{}',
    '[2,1]',
    '{"":1}',
    '{"a":1,"b":{"c":[{"d":1,"e":2}]}}',
    '{"10":0,"9":0}', // JavaScript lists these keys in another order
    '[{"10":0,"9":0}]',
    '{"a":{"10":0,"9":0},"b":1}',
  ])('%s is canonical', (text) => {
    expect(isCanonical(text)).toBe(true);
  });

  it.each([
    ' 1',
    '{"b":1,"a":2}',
    '{"a":{"c":1,"b":2}}',
    '[{"b":1,"a":2}]',
    '[{"a":1,"b":2},{"b":1,"a":2}]',
    '[1,{"b":1,"a":2}]',
    '{"9":0,"10":0}',
    '{"a": 1}',
    '{"a":1.0}',
  ])('%s is not', (text) => {
    expect(isCanonical(text)).toBe(false);
  });

  it('is that of its own value only', () => {
    expect(isCanonicalJson('{"a":1}', { a: 2 })).toBe(false);
    expect(isCanonicalJson('{"10":0,"9":0}', { 10: 0, 9: 1 })).toBe(false);
  });
});

describe('keys that stand in order', () => {
  it.each<JsonValue>([
    null,
    1,
    'x',
    [],
    {},
    [1, 'x', null],
    { '': 1 },
    { A: 1 },
    { a: 1, b: { c: null, d: [{ e: 1, f: 2 }] } },
    Array.from({ length: 12 }, (_, index) => index),
  ])('%j', (value) => {
    expect(hasSortedKeys(value)).toBe(true);
  });

  it.each<JsonValue>([
    { b: 1, a: 2 },
    { a: 1, b: { d: 1, c: 2 } },
    [{ a: 1 }, { b: 1, a: 2 }],
    { a: [{ b: 1, a: 2 }], b: 1 },
    { a: 1, c: 2, b: 3 },
  ])('not in %j', (value) => {
    expect(hasSortedKeys(value)).toBe(false);
  });
});
