import type { Link, PlanAudience, PlanRecord } from '../plan/types';
import type { AdaptiveCard } from '../store/ports';
import { tryCard } from './try';
import { tryOutcomeSchema, type TryOutcome } from './try-outcome';
import { trySteps } from './try-steps';

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
  const read = tryOutcomeSchema.safeParse(run.outcome);
  if (!read.success) return null;
  const outcome = read.data;
  return tryCard({
    ...(audience.timeZone ? { timeZone: audience.timeZone } : {}),
    link,
    user: subject,
    verdict: verdictOf(outcome),
    isGood: outcome.result?.toLowerCase() === 'success',
    steps: trySteps(outcome, link),
    attributes: writtenBy(outcome).flatMap(({ displayName, newValue }) =>
      displayName ? [{ name: displayName, value: newValue ?? '' }] : [],
    ),
    remedy: remedyOf(outcome),
    code: outcome.result?.toLowerCase() === 'success' ? null : (outcome.errorCode ?? null),
    hasSmsSignIn: outcome.filterCause === 'sms',
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
  const read = tryOutcomeSchema.safeParse(run?.outcome);
  if (stepIndex < 0 || !read.success) return null;
  const isGood = read.data.result?.toLowerCase() === 'success';
  return { verdict: verdictOf(read.data), isGood, remedy: remedyOf(read.data) };
}

/** On a skip the service lists what it read, not what it wrote. */
function writtenBy(outcome: TryOutcome): TryOutcome['modifiedProperties'] {
  return outcome.result?.toLowerCase() === 'success' ? outcome.modifiedProperties : [];
}

const doneWords: Readonly<Record<string, string>> = {
  create: 'Created',
  update: 'Updated',
  delete: 'Deleted',
  disable: 'Disabled',
  other: 'Nothing to change',
};

function verdictOf(outcome: TryOutcome): string {
  const result = outcome.result?.toLowerCase();
  if (result === 'success') return doneWords[outcome.action?.toLowerCase() ?? ''] ?? 'Done';
  if (result === 'skipped') return outcome.skipReason === 'RedundantExport' ? 'Equal already' : 'Skipped';
  return result === 'failure' ? 'Failed' : (outcome.result ?? 'Not clear');
}

/** The steps say why; only what they do not say stands apart. */
function remedyOf(outcome: TryOutcome): string | null {
  if (outcome.result?.toLowerCase() === 'success') return null;
  if (outcome.steps.length > 0) return outcome.recommendedAction ?? null;
  const said = [...new Set([outcome.reason, outcome.errorCode].filter(Boolean)), outcome.recommendedAction];
  return said.filter(Boolean).join('. ') || null;
}
