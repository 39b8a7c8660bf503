import { z } from 'zod/v4';
import type { ClockOnPage } from './protocol';

const clockAnswer = z.object({ now: z.string(), speed: z.number().positive().default(1) });

async function ask(simulatorUrl: string, init: RequestInit): Promise<ClockOnPage> {
  const answer = await fetch(new URL('/_control/clock', simulatorUrl), init);
  if (!answer.ok) throw new Error(`the simulator answered ${answer.status}`);
  return clockAnswer.parse(await answer.json());
}

/** The simulated time. Throws when the simulator does not answer in 5 s. */
export function readClock(simulatorUrl: string): Promise<ClockOnPage> {
  return ask(simulatorUrl, { signal: AbortSignal.timeout(5000) });
}

/** Moves the simulated clock on by an ISO 8601 duration; sync cycles run meanwhile, which may take a while. */
export function advanceClock(simulatorUrl: string, advance: string): Promise<ClockOnPage> {
  return ask(simulatorUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ advance }),
    signal: AbortSignal.timeout(120_000),
  });
}
