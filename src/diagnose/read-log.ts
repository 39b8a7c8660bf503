import { listProvisioningEvents } from '../graph/provisioning-logs';
import { groupLog, isAbout, type GroupedLog } from './log-causes';
import { periodFrom, retentionDays, type LogPeriod } from './log-period';
import type { Look } from './look';
import { BotError } from '../errors';

export interface LogWish {
  /** Rows later than this moment. */
  readonly moment: Date;
  readonly userId: string | null;
  /** Only rows about this code, action or cause. */
  readonly code: string | null;
}

export interface LinkLog extends GroupedLog {
  readonly period: LogPeriod;
  /** `false` when there were more rows than were read; the newest are here. */
  readonly isComplete: boolean;
  /** ISO 8601; the oldest row that was read. */
  readonly oldestAt: string | null;
}

/** Most rows that one answer reads: four pages, for reports are slow (facts 7.2). */
export const logLimit = 2_000;

/** The provisioning log of a link since a moment, grouped by cause; `null` when the link has no job yet. */
export async function readLog(look: Look, wish: LogWish, now: Date): Promise<LinkLog | null> {
  const job = await look.job();
  if (!job) return null;
  const period = periodFrom(wish.moment, now, retentionDays(await hasPremium(look)));
  const found = await listProvisioningEvents(look.source, {
    jobId: job.id,
    ...(wish.userId === null ? {} : { sourceUserId: wish.userId }),
    after: period.after,
    limit: logLimit,
  });
  const { code } = wish;
  const rows = code === null ? found.items : found.items.filter((row) => isAbout(row, code));
  return {
    ...groupLog(rows),
    period,
    isComplete: found.isComplete,
    oldestAt: found.items.at(-1)?.at ?? null,
  };
}

/** Licences that cannot be read are taken for the longer retention: a wish is then cut less, never hidden. */
async function hasPremium(look: Look): Promise<boolean> {
  try {
    return (await look.licences('source')).p1 > 0;
  } catch (error) {
    if (error instanceof BotError) return true;
    throw error;
  }
}
