import type { JsonValue } from '../plan/types';

/**
 * One text for equal values, whatever the order of keys (RFC 8785): digests and the audit chain are made of it.
 * Keys without a value are left out. @throws TypeError for numbers that JSON cannot carry
 */
export function canonicalJson(value: JsonValue): string {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError('not a JSON number');
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const members = Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .sort() // by code unit
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key] as JsonValue)}`);
  return `{${members.join(',')}}`;
}

/** Whether the text is the canonical one of the value that was read from it; native code does most of the work. */
export function isCanonicalJson(text: string, value: JsonValue): boolean {
  return (hasSortedKeys(value) && JSON.stringify(value) === text) || canonicalJson(value) === text;
}

/** Whether all keys stand in the order of code units already: then native code makes the canonical text. */
export function hasSortedKeys(value: JsonValue): boolean {
  if (value === null || typeof value !== 'object') return true;
  if (Array.isArray(value)) return value.every(hasSortedKeys);
  let before = '';
  for (const key in value) {
    if (key < before || !hasSortedKeys(value[key] as JsonValue)) return false;
    before = key;
  }
  return true;
}
