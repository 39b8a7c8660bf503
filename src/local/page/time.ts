const minuteMs = 60_000;

const clockFormat = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const dayFormat = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });
const fullFormat = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'long' });
const simulatedFormat = new Intl.DateTimeFormat(undefined, {
  ...({ weekday: 'short', hour: '2-digit', minute: '2-digit' } as const),
});

/** `now`, `5 min`, then the time of day. */
export function shortTime(iso: string, nowMs: number): string {
  const ageMs = nowMs - Date.parse(iso);
  if (ageMs < minuteMs) return 'now';
  if (ageMs < 60 * minuteMs) return `${Math.floor(ageMs / minuteMs)} min`;
  return clockFormat.format(new Date(iso));
}

/** Date, time and zone in full. */
export function fullTime(iso: string): string {
  return fullFormat.format(new Date(iso));
}

/** `Mon 10:40`: the simulated clock. */
export function simulatedTime(ms: number): string {
  return simulatedFormat.format(new Date(ms));
}

function dayOf(date: Date): string {
  return `${date.getFullYear()}-${date.getMonth()}-${date.getDate()}`;
}

/** Heading between two messages of different days; null within a day. */
export function dayHeading(iso: string, previousIso: string | null, nowMs: number): string | null {
  const date = new Date(iso);
  const day = dayOf(date);
  if (previousIso && dayOf(new Date(previousIso)) === day) return null;
  if (day === dayOf(new Date(nowMs))) return 'Today';
  if (day === dayOf(new Date(nowMs - 24 * 60 * minuteMs))) return 'Yesterday';
  return dayFormat.format(date);
}
