/** How far back a log is asked for. */
export interface LogPeriod {
  /** ISO 8601; rows later than this are read. */
  readonly after: string;
  /** The wish reached further back than the log is kept. */
  readonly isCut: boolean;
  readonly retentionDays: number;
}

const hour = 3_600_000;
const day = 24 * hour;

/** Days that the provisioning log is kept: 30 with Entra ID P1 or P2, else 7 (facts 6.1). */
export function retentionDays(hasPremium: boolean): number {
  return hasPremium ? 30 : 7;
}

/** `90m`, `24h`, `7d`, `2026-11-20`, or a moment in ISO 8601, as a moment; `null` when it is none of them. */
export function momentOf(since: string, now: Date): Date | null {
  const span = /^(\d{1,4})\s*([mhd])$/i.exec(since.trim());
  if (span) {
    const unit = { m: 60_000, h: hour, d: day }[(span[2] ?? '').toLowerCase()] ?? hour;
    return new Date(now.getTime() - Number(span[1]) * unit);
  }
  if (!/^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,7})?)?Z?)?$/.test(since.trim())) return null;
  const text = since.trim();
  const moment = new Date(text.length > 10 && !text.endsWith('Z') ? `${text}Z` : text);
  return Number.isNaN(moment.getTime()) ? null : moment;
}

/** The period that can be read: never further back than the log is kept. */
export function periodFrom(moment: Date, now: Date, keptDays: number): LogPeriod {
  const oldest = now.getTime() - keptDays * day;
  const isCut = moment.getTime() < oldest;
  const after = new Date(isCut ? oldest : moment.getTime());
  return { after: after.toISOString(), isCut, retentionDays: keptDays };
}
