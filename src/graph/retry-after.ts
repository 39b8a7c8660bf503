/** Longest wait that a `Retry-After` can ask of us (safety D2). */
export const longestWaitSeconds = 120;

/** Seconds to wait: a number (also a fraction) or an HTTP date; `undefined` when absent or unreadable. Not capped. */
export function retryAfterSeconds(header: string | null | undefined, now: number): number | undefined {
  const word = header?.trim() ?? '';
  if (word === '') return undefined;
  if (/^\d+(\.\d+)?$/.test(word)) return Number(word);
  const moment = Date.parse(word);
  return Number.isNaN(moment) ? undefined : Math.max(0, (moment - now) / 1000);
}

/** Exponential with full jitter, for answers that name no time: 0.5–1 s, then twice that, up to 30 s. */
export function backoffSeconds(attempt: number, random: number): number {
  const ceiling = Math.min(30, 2 ** (attempt - 1));
  return ceiling / 2 + (ceiling / 2) * random;
}
