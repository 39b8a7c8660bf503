import { z } from 'zod/v4';
import type { PlanRecord } from '../plan/types';
import { text, type Text } from './text';

/** What the job said right after a restart, as the step `restart-job` stores it. */
const outcomeSchema = z.object({ state: z.string().nullable(), quarantine: z.string().nullable() });

/** A restart shows only in the next cycle: this says what is known, and no more. */
export function restartSentence(record: PlanRecord): Text {
  const read = outcomeSchema.safeParse(record.runs[0]?.outcome);
  const accepted = text`Microsoft Graph accepted the restart.`;
  if (!read.success) return text`${accepted} The job could not be read right after it.`;
  const { state, quarantine } = read.data;
  const stands = quarantine === null ? text`in no quarantine` : text`still in quarantine (${quarantine})`;
  return text`${accepted} Read back: the job is ${state === 'Active' ? 'on' : (state ?? 'in an unknown state')} and ${stands}. Its first cycle tells the rest.`;
}
