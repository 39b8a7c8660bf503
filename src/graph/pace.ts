import { setTimeout as wait } from 'node:timers/promises';

/** Time as the Graph layer sees it; tests bring their own. */
export interface Pace {
  /** Milliseconds since 1970. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
  /** 0 ≤ x < 1, for jitter. */
  random(): number;
}

export const realPace: Pace = {
  now: () => Date.now(),
  sleep: async (milliseconds) => {
    await wait(milliseconds);
  },
  random: () => Math.random(),
};
