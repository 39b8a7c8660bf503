import { z } from 'zod/v4';

const word = z.string().nullish();

/** What Graph said about provisioning one user, as the step `provision-on-demand` stores it. */
export const tryOutcomeSchema = z
  .object({
    result: word,
    action: word,
    errorCode: word,
    reason: word,
    recommendedAction: word,
    skipReason: word,
    filterCause: z.enum(['sms', 'external', 'neither', 'unknown']).nullish(),
    steps: z
      .array(
        z.object({
          name: word,
          type: word,
          status: word,
          description: word,
          details: z.record(z.string(), z.string()).default({}),
        }),
      )
      .default([]),
    modifiedProperties: z.array(z.object({ displayName: word, newValue: word })).default([]),
  })
  .transform((read) => ({
    ...read,
    /** Scoping clauses as Graph wrote them, and whether each was met. */
    scope: clausesOf(read.steps.map(({ details }) => details['ScopeEvaluationResult']).find(Boolean)),
  }));

export type TryOutcome = z.output<typeof tryOutcomeSchema>;

/** JSON inside text; anything else is no clause. */
function clausesOf(said: string | undefined): Readonly<Record<string, boolean>> {
  try {
    const read = z.record(z.string(), z.unknown()).safeParse(JSON.parse(said ?? '{}'));
    const entries = Object.entries(read.success ? read.data : {});
    return Object.fromEntries(entries.map(([clause, met]) => [clause, String(met).toLowerCase() === 'true']));
  } catch {
    return {};
  }
}
