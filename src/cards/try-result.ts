import { z } from 'zod/v4';

import type { Link, PlanAudience, PlanRecord } from '../plan/types';
import type { AdaptiveCard } from '../store/ports';
import { tryCard, type TryStep } from './try';

/** What Graph said about provisioning one user, as the step `provision-on-demand` stores it. */
const outcomeSchema = z.object({
  result: z.string().nullish(),
  action: z.string().nullish(),
  errorCode: z.string().nullish(),
  reason: z.string().nullish(),
  recommendedAction: z.string().nullish(),
  skipReason: z.string().nullish(),
  steps: z
    .array(
      z.object({
        name: z.string().nullish(),
        type: z.string().nullish(),
        status: z.string().nullish(),
        description: z.string().nullish(),
      }),
    )
    .default([]),
  modifiedProperties: z
    .array(z.object({ displayName: z.string().nullish(), newValue: z.string().nullish() }))
    .default([]),
});

type Outcome = z.output<typeof outcomeSchema>;

/** The result card of a plan that tried one user; null when it is no such plan, or came to no answer of Graph. */
export function tryResult(record: PlanRecord, link: Link, audience: PlanAudience): AdaptiveCard | null {
  const { kind, subject } = record.content;
  const run = record.runs[0];
  if (
    kind !== 'try' ||
    record.state !== 'applied' ||
    subject?.type !== 'user' ||
    !run ||
    audience.role === 'channel'
  )
    return null;
  const read = outcomeSchema.safeParse(run.outcome);
  if (!read.success) return null;
  const outcome = read.data;
  return tryCard({
    ...(audience.timeZone ? { timeZone: audience.timeZone } : {}),
    link,
    user: subject,
    verdict: verdictOf(outcome),
    isGood: outcome.result?.toLowerCase() === 'success',
    steps: outcome.steps.flatMap(stepOf),
    attributes: outcome.modifiedProperties.flatMap(({ displayName, newValue }) =>
      displayName ? [{ name: displayName, value: newValue ?? '' }] : [],
    ),
    remedy: remedyOf(outcome),
    requestId: run.requestIds[0] ?? null,
    planId: record.id,
    at: record.finishedAt ?? run.at ?? record.createdAt,
  });
}

/** What the engine said about one user. */
export interface Proof {
  /** "Created", "Skipped". */
  readonly verdict: string;
  readonly isGood: boolean;
  readonly remedy: string | null;
}

/** The outcome of the step `sync-proof`; null when the plan has none or it came to no answer of Graph. */
export function proofOf(record: PlanRecord): Proof | null {
  const stepIndex = record.content.steps.findIndex(({ name }) => name === 'sync-proof');
  const run = record.runs.find((one) => one.stepIndex === stepIndex);
  const read = outcomeSchema.safeParse(run?.outcome);
  if (stepIndex < 0 || !read.success) return null;
  const isGood = read.data.result?.toLowerCase() === 'success';
  return { verdict: verdictOf(read.data), isGood, remedy: remedyOf(read.data) };
}

const doneWords: Readonly<Record<string, string>> = {
  create: 'Created',
  update: 'Updated',
  delete: 'Deleted',
  disable: 'Disabled',
  other: 'Nothing to change',
};

function verdictOf(outcome: Outcome): string {
  const result = outcome.result?.toLowerCase();
  if (result === 'success') return doneWords[outcome.action?.toLowerCase() ?? ''] ?? 'Done';
  if (result === 'skipped') return 'Skipped';
  return result === 'failure' ? 'Failed' : (outcome.result ?? 'Not clear');
}

function stepOf(step: Outcome['steps'][number]): TryStep[] {
  const kind = step.type ?? step.name ?? '';
  const name = stepNames.find(([pattern]) => pattern.test(kind))?.[1];
  if (!name) return [];
  const status = step.status?.toLowerCase();
  const isKnown =
    status === 'success' || status === 'skipped' || status === 'failure' || status === 'warning';
  return [
    {
      name,
      status: isKnown ? status : 'none',
      outcome: step.status ?? 'no status',
      detail: step.description ?? '',
    },
  ];
}

const stepNames: readonly (readonly [RegExp, TryStep['name']])[] = [
  [/import/i, 'Import'],
  [/scop/i, 'Scope'],
  [/match/i, 'Match'],
  [/export|action|process/i, 'Action'],
];

function remedyOf(outcome: Outcome): string | null {
  const reasons = [outcome.reason, outcome.skipReason, outcome.errorCode].filter(Boolean);
  const said = [...new Set(reasons), outcome.recommendedAction].filter(Boolean).join('. ');
  return said === '' ? null : said;
}
