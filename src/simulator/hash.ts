/** 32-bit FNV-1a of a text: turns seeds into numbers. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return scramble(hash);
}

/** Mixes numbers into one uniform 32-bit number (murmur finaliser); the same input gives the same number. */
export function mix(...numbers: number[]): number {
  let hash = 0x9e3779b9;
  for (const number of numbers) hash = scramble(Math.imul(hash, 31) + number);
  return hash;
}

function scramble(number: number): number {
  let hash = number | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** A GUID in version-4 form from four 32-bit numbers; the last number is readable again by `lastWord`. */
export function guid(a: number, b: number, c: number, d: number): string {
  const hex = [a, b, c, d].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
  const variant = '89ab'[parseInt(hex[16] ?? '0', 16) & 3];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/** The last 32 bits of a GUID. */
export function lastWord(id: string): number {
  return parseInt(id.slice(-8), 16) >>> 0;
}

/** A GUID that depends on the texts alone. */
export function namedGuid(...names: string[]): string {
  const base = hashText(names.join('\u0000'));
  return guid(base, mix(base, 1), mix(base, 2), mix(base, 3));
}

const guidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function isGuid(text: unknown): text is string {
  return typeof text === 'string' && guidPattern.test(text);
}
