import fc from 'fast-check';
import type { JsonValue } from '../../src/plan/types';
import { canonicalJson } from '../../src/store/canonical-json';

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
});
