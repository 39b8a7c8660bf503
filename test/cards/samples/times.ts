export const at = '2026-11-23T10:20:00Z';
export const later = '2026-11-24T10:20:00Z';

/** A list of `count` things. */
export function times<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}
