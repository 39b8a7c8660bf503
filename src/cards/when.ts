import { Text } from './text';

/**
 * A moment in the reader's time zone and in UTC: "23 Nov 2026, 11:04 CET (10:04 UTC)".
 *
 * @param iso ISO 8601
 * @param timeZone IANA name; without it, or when it is unknown, UTC alone
 */
export function when(iso: string, timeZone = 'UTC'): Text {
  const moment = new Date(iso);
  if (Number.isNaN(moment.getTime())) return words('at an unknown time');
  const utc = format(moment, 'UTC');
  const local = timeZone === 'UTC' ? utc : (formatOrNull(moment, timeZone) ?? utc);
  if (local.zone === 'UTC') return words(`${utc.day}, ${utc.time} UTC`);
  const other = local.day === utc.day ? '' : `${utc.day}, `;
  return words(`${local.day}, ${local.time} ${local.zone} (${other}${utc.time} UTC)`);
}

/** "in 3 h", "12 min ago", "just now"; whole units, rounded down. */
export function distance(iso: string, now: Date): Text {
  const minutes = Math.trunc((Date.parse(iso) - now.getTime()) / 60_000);
  if (Number.isNaN(minutes)) return words('at an unknown time');
  const size = Math.abs(minutes);
  if (size < 1) return words('just now');
  const span =
    size < 60
      ? `${size} min`
      : size < 48 * 60
        ? `${Math.floor(size / 60)} h`
        : `${Math.floor(size / 1440)} days`;
  return words(minutes > 0 ? `in ${span}` : `${span} ago`);
}

interface Parts {
  readonly day: string;
  readonly time: string;
  readonly zone: string;
}

function formatOrNull(moment: Date, timeZone: string): Parts | null {
  try {
    return format(moment, timeZone);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function format(moment: Date, timeZone: string): Parts {
  const { date, clock } = formatsOf(timeZone);
  const pieces = clock.formatToParts(moment);
  const part = (type: Intl.DateTimeFormatPartTypes): string =>
    pieces.find((piece) => piece.type === type)?.value ?? '';
  return { day: date.format(moment), time: `${part('hour')}:${part('minute')}`, zone: part('timeZoneName') };
}

interface Formats {
  readonly date: Intl.DateTimeFormat;
  readonly clock: Intl.DateTimeFormat;
}

/** Making a format takes many times as long as using it. Zones come from people: only so many are kept. */
const formats = new Map<string, Formats>();
const mostKept = 100;

function formatsOf(timeZone: string): Formats {
  const known = formats.get(timeZone);
  if (known) return known;
  const made: Formats = {
    date: new Intl.DateTimeFormat('en-GB', { timeZone, day: 'numeric', month: 'short', year: 'numeric' }),
    clock: new Intl.DateTimeFormat('en-GB', {
      timeZone,
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
      timeZoneName: 'short',
    }),
  };
  if (formats.size < mostKept) formats.set(timeZone, made);
  return made;
}

/** Dates hold no character that Markdown acts on, save a sign of an offset. */
function words(value: string): Text {
  return new Text(value.replaceAll('-', '\\-').replaceAll('+', '\\+'), value);
}
