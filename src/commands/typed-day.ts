/**
 * A day as typed, `2026-10-31`, as the moment at which it begins in UTC, so many days later; undefined when nothing was
 * typed.
 */
export function typedDay(typed: string | undefined, daysLater: number): string | undefined | 'faulty' {
  if (typed === undefined) return undefined;
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(typed);
  const at = isDay ? Date.parse(`${typed}T00:00:00.000Z`) : NaN;
  // A day that is not in the calendar comes back as another one.
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== typed) return 'faulty';
  return new Date(at + daysLater * 86_400_000).toISOString();
}
