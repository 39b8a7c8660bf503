/** Longer than this, nothing was answered: a supervisor that sees it again and again should start the process anew. */
const longestPauseMs = 5_000;
/** Seldom, for an idle bot shall rest. */
const beatMs = 1_000;

/**
 * Watches for pauses of the event loop (safety D3). The function that it returns tells whether there was none of more
 * than 5 s since it was last called; a process that still stands in one answers nobody at all.
 */
export function watchPulse(longestMs = longestPauseMs, everyMs = beatMs): () => boolean {
  let beatAt = performance.now();
  let longest = 0;
  const beat = () => {
    const now = performance.now();
    longest = Math.max(longest, now - beatAt - everyMs);
    beatAt = now;
  };
  setInterval(beat, everyMs).unref();
  return () => {
    beat();
    const isLive = longest <= longestMs;
    longest = 0;
    return isLive;
  };
}
