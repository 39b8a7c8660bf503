import { z } from 'zod/v4';
import type { BatchAnswer, ReadOptions } from './client';
import { problemOf } from './graph-error';
import type { Pace } from './pace';
import { text } from './parse';
import { backoffSeconds, longestWaitSeconds, retryAfterSeconds } from './retry-after';
import { batchSize, throttleClassOf } from './throttle';

/** Outer answer of `$batch`. */
export const batchAnswerSchema = z.object({
  responses: z.array(
    z.object({
      id: text,
      status: z.coerce.number(),
      headers: z.record(z.string(), z.unknown()).nullish().catch(null),
      body: z.unknown(),
    }),
  ),
});

type Inner = z.output<typeof batchAnswerSchema>['responses'][number];

export interface BatchSurroundings {
  /** Posts one batch and gives the parsed body; the outer request is retried there. */
  readonly post: (body: unknown) => Promise<z.output<typeof batchAnswerSchema>>;
  readonly pace: Pace;
}

const tries = 5;

/**
 * Many GETs, at most 20 at once (fewer in small throttle classes). Only failed ones are sent again, after the longest
 * inner `Retry-After`; ids that are missing from the answer count as failed (facts 7.4).
 */
export async function readBatch<T>(
  paths: readonly string[],
  options: ReadOptions<T>,
  surroundings: BatchSurroundings,
): Promise<readonly BatchAnswer<T>[]> {
  const answers: BatchAnswer<T>[] = [];
  for (let start = 0; start < paths.length;) {
    const size = batchSize(throttleClassOf(paths[start]?.split('?')[0] ?? ''));
    answers.push(...(await readChunk(paths.slice(start, start + size), options, surroundings)));
    start += size;
  }
  return answers;
}

async function readChunk<T>(
  paths: readonly string[],
  options: ReadOptions<T>,
  { post, pace }: BatchSurroundings,
): Promise<readonly BatchAnswer<T>[]> {
  const found = new Map<string, BatchAnswer<T>>();
  let open = paths.map((path, index) => ({ id: String(index + 1), method: 'GET', url: path }));
  for (let attempt = 1; open.length > 0; attempt += 1) {
    const requests = open.map((request) =>
      options.headers ? { ...request, headers: options.headers } : request,
    );
    const { responses } = await post({ requests });
    const byId = new Map(responses.map((response) => [response.id, response]));
    for (const { id } of open) found.set(id, answerOf(byId.get(id), options.schema));
    open = open.filter(({ id }) => isTransient(found.get(id)?.status ?? 0));
    if (attempt >= tries) break;
    if (open.length > 0) {
      const again = open.map(({ id }) => byId.get(id));
      await pace.sleep(1000 * waitSeconds(again, attempt, pace));
    }
  }
  return paths.map((_, index) => found.get(String(index + 1)) ?? { status: 0 });
}

/** Status 0 = Graph left the id out. */
function answerOf<T>(inner: Inner | undefined, schema: z.ZodType<T>): BatchAnswer<T> {
  if (!inner) return { status: 0 };
  if (inner.status >= 300) {
    return { status: inner.status, graphCode: problemOf(JSON.stringify(inner.body ?? null)).code };
  }
  const read = schema.safeParse(inner.body);
  return read.success ? { status: inner.status, value: read.data } : { status: inner.status };
}

function isTransient(status: number): boolean {
  return status === 0 || status === 429 || status >= 500;
}

function waitSeconds(failed: readonly (Inner | undefined)[], attempt: number, pace: Pace): number {
  const asked = failed.map((inner) => {
    const entry = Object.entries(inner?.headers ?? {}).find(([name]) => name.toLowerCase() === 'retry-after');
    return retryAfterSeconds(entry && String(entry[1]), pace.now()) ?? 0;
  });
  const longest = Math.max(...asked);
  return Math.min(longest > 0 ? longest : backoffSeconds(attempt, pace.random()), longestWaitSeconds);
}
