import { z } from 'zod/v4';

/** Switches whose loss stops synchronization (facts 3.1, 3.4). */
export const switchNames = ['inbound-sync', 'redemption-inbound', 'redemption-outbound'] as const;
export type SwitchName = (typeof switchNames)[number];

const counts = z.object({
  created: z.number(),
  updated: z.number(),
  deleted: z.number(),
  skipped: z.number(),
  failed: z.number(),
  /** `false` when the log had more rows than were read, so that there are at least so many. */
  isComplete: z.boolean().default(true),
});

const trouble = z.object({
  userId: z.string(),
  /** As the log names the user. */
  name: z.string(),
  reason: z.string(),
});

const snapshot = z.object({
  /** Graph's time at which it was taken, ISO 8601. */
  at: z.string(),
  job: z.enum(['none', 'never-started', 'on', 'off']),
  isPastFirstCycle: z.boolean(),
  /** The last cycle that ended; counts of what the log says of it. */
  cycle: z.object({ id: z.string(), endedAt: z.string(), counts }).nullable(),
  quarantine: z
    .object({ reason: z.string(), since: z.string().nullable(), nextAttempt: z.string().nullable() })
    .nullable(),
  /** Users whose last row in the log is a failure, or who were kept out for a reason; at most 500. */
  troubled: z.array(trouble),
  /** `null`: could not be read, which is not the same as off. */
  switches: z.record(z.enum(switchNames), z.boolean().nullable()),
});

export type LinkSnapshot = z.output<typeof snapshot>;
export type Trouble = z.output<typeof trouble>;
export type CycleCounts = z.output<typeof counts>;

/** What was stored; `null` when it does not fit this version: the next look is then a first one. */
export function readSnapshot(stored: unknown): LinkSnapshot | null {
  const read = snapshot.safeParse(stored);
  return read.success ? read.data : null;
}
