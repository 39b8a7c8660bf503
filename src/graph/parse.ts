import { z } from 'zod/v4';

/** Tolerant pieces: Graph leaves fields out, sends `null`, numbers as text and JSON inside text. Ids stay opaque. */

/** Text or `null`; anything else counts as absent. */
export const text = z
  .string()
  .nullish()
  .catch(null)
  .transform((value) => value ?? null);

/** `true`, `"True"`, or `null` when absent or unreadable. */
export const flag = z.unknown().transform((value): boolean | null => {
  if (typeof value === 'boolean') return value;
  const word = typeof value === 'string' ? value.toLowerCase() : '';
  return word === 'true' ? true : word === 'false' ? false : null;
});

/** A count, also when it comes as text (Int64). */
export const count = z.unknown().transform((value): number | null => {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
});

/** A moment as Graph wrote it; `null` for absent and for year 0001, which means "never" (facts 4.5). */
export const moment = text.transform((value) => (value?.startsWith('0001-') ? null : value));

/** A list whose unreadable members are left out; `[]` when absent. */
export function listOf<T>(item: z.ZodType<T>) {
  return z.unknown().transform((value): T[] => {
    if (!Array.isArray(value)) return [];
    return value.flatMap((member) => {
      const parsed = item.safeParse(member);
      return parsed.success ? [parsed.data] : [];
    });
  });
}

/** An object or `null`; unreadable counts as absent. */
export function maybe<T>(schema: z.ZodType<T>) {
  return z.unknown().transform((value): T | null => {
    const parsed = schema.safeParse(value);
    return value !== null && value !== undefined && parsed.success ? parsed.data : null;
  });
}

/** One entity, also when Graph wraps it in `value` (as an object or a list of one). */
export function bare<T>(schema: z.ZodType<T>) {
  return z.preprocess((answer) => {
    if (typeof answer !== 'object' || answer === null || !('value' in answer)) return answer;
    const { value } = answer;
    const inner: unknown = Array.isArray(value) ? value[0] : value;
    return typeof inner === 'object' && inner !== null ? inner : answer;
  }, schema);
}

/** JSON inside text, once or twice encoded; `undefined` when it is no JSON. */
export function jsonInText(value: unknown): unknown {
  let inner: unknown = value;
  for (let depth = 0; depth < 2 && typeof inner === 'string'; depth += 1) {
    try {
      inner = JSON.parse(inner) as unknown;
    } catch {
      return depth === 0 ? undefined : inner;
    }
  }
  return inner;
}
