/** 32-bit FNV-1a of a text: turns seeds into numbers. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return scramble(hash);
}

/** Mixes up to three numbers into one uniform 32-bit number (murmur finaliser); the same input gives the same number. */
export function mix(first: number, second?: number, third?: number): number {
  let hash = scramble(Math.imul(0x9e3779b9, 31) + first);
  if (second !== undefined) hash = scramble(Math.imul(hash, 31) + second);
  return third === undefined ? hash : scramble(Math.imul(hash, 31) + third);
}

function scramble(number: number): number {
  let hash = number | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** A GUID in version-4 form from four 32-bit numbers; the last number is readable again by `lastWord`. */
export function guid(a: number, b: number, c: number, d: number): string {
  const [middle, end] = [word(b), word(c)];
  const variant = '89ab'[(c >>> 28) & 3];
  return `${word(a)}-${middle.slice(0, 4)}-4${middle.slice(5)}-${variant}${end.slice(1, 4)}-${end.slice(4)}${word(d)}`;
}

const bytes = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Eight hex digits. */
function word(number: number): string {
  const byte = (shift: number) => bytes[(number >>> shift) & 255] ?? '';
  return byte(24) + byte(16) + byte(8) + byte(0);
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
