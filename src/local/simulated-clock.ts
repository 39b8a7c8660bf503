const instantPattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;

/** The simulated time in an answer of `/_control/clock`, whatever its field is called. */
function instantIn(body: unknown): string | null {
  if (typeof body !== 'object' || body === null) return null;
  const found = Object.values(body).find(
    (value): value is string => typeof value === 'string' && instantPattern.test(value),
  );
  return found ?? null;
}

/** Moves the simulated clock on by an ISO 8601 duration (`PT0S` only asks). Null when the simulator does not say. */
export async function advanceClock(simulatorUrl: string, advance: string): Promise<string | null> {
  const answer = await fetch(new URL('/_control/clock', simulatorUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ advance }),
    signal: AbortSignal.timeout(60_000),
  });
  if (!answer.ok) throw new Error(`the simulator answered ${answer.status}`);
  return instantIn(await answer.json());
}
