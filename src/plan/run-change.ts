import { BotError } from '../errors';
import { ageOfChangeRun, findChangeRun } from '../store/change-runs';
import { shown, writeFaultOf } from './fault';
import { guardWrite } from './guarded-write';
import { lookUntil, patienceOf, readBack, type Look } from './observe';
import {
  Halt,
  hasOwnWrites,
  isDone,
  isOpen,
  leaseSecondsOf,
  plannedChanges,
  stateOf,
  type PlannedChange,
  type Run,
} from './run';
import { recordIntent, recordResult } from './run-log';
import { sealedImage } from './sealed-image';
import type { ChangeRun, FieldChange } from './types';

/** Attempts at one change, over all runs of the plan. */
const mostAttempts = 3;

/** Carries one change out and reads it back; returns when it is done. @throws Halt in every other case */
export async function runChange(run: Run, at: PlannedChange): Promise<void> {
  while (!isDone(stateOf(run, at))) {
    if (isOpen(stateOf(run, at)) && (await settle(run, at))) return;
    if (run.ports.isStopping()) throw new Halt({ to: 'retry', afterSeconds: 1 });
    if (!(await run.ports.store.isReady())) throw new Halt({ to: 'retry', afterSeconds: 15 }); // I30
    const before = await lookBeforeWrite(run, at);
    if (before === 'gone') return recordResult(run, at, { state: 'already-done' });
    await write(run, at, before);
  }
}

/**
 * A write whose outcome is not proven: look before anything else (I23).
 * @returns `true` when it took effect, `false` when it surely did not and may be written again. @throws Halt
 */
async function settle(run: Run, at: PlannedChange): Promise<boolean> {
  const row = await findChangeRun(run.ports.store.db, { ...at, planId: run.lease.planId });
  const written = { ...at.change, fields: row?.before ?? at.change.fields };
  const budget = row?.error?.code === 'graph-throttled' ? await patienceLeft(run, at) : undefined;
  const standing = at.step.isUnrepeatable ? 'different' : await readBack(run, at, written, budget);
  if (standing === 'gone') {
    await recordResult(run, at, { state: 'verified' });
    return true;
  }
  const isAccepted = stateOf(run, at) === 'written';
  if (standing === 'same' && !isAccepted && (row?.attempt ?? mostAttempts) < mostAttempts) {
    await recordResult(run, at, { state: 'waiting' });
    return false;
  }
  const outcome = isAccepted
    ? `Graph accepted "${at.change.title}", but it does not show.`
    : `Nobody can tell whether "${at.change.title}" took effect.`;
  const text = `${outcome} ${at.step.isUnrepeatable ? seen.nothing : seen[standing]}`;
  await recordResult(run, at, {
    state: 'unknown',
    error: { code: 'graph-ambiguous', doing: `reading back "${at.change.title}"`, remedy: lookYourself },
  });
  throw new Halt({ to: 'needs-attention', code: 'graph-ambiguous', text, remedy: lookYourself });
}

/** After a 429 an effect is rare, though it was seen (safety D2): the wait that Graph asked for counts as patience. */
async function patienceLeft(run: Run, at: PlannedChange): Promise<number> {
  const waited = await ageOfChangeRun(run.ports.store.db, { ...at, planId: run.lease.planId });
  return Math.max(5_000, patienceOf(run) - waited);
}

/** What the last look showed, in words that people of either tenant may read. */
const seen = {
  same: 'What was read then is as it was before the write.',
  different: 'What was read then is neither as it was before the write nor as wanted.',
  nothing: 'What it does cannot be read back.',
};

const lookYourself = 'Compare it with the tenant, then plan what is left anew.';

/**
 * The last look before a write: the before-image that the intent keeps. Once this plan has written, a later change
 * may have come about with an earlier one.
 *
 * @throws Halt when somebody else changed the same thing meanwhile (I6)
 */
async function lookBeforeWrite(run: Run, at: PlannedChange): Promise<readonly FieldChange[] | 'gone'> {
  if (at.step.isUnrepeatable) return at.change.fields;
  const hasWritten = hasOwnWrites(run);
  const isClear = ({ standing }: Look) => standing !== 'different';
  const look = await lookUntil(run, at, hasWritten, hasWritten ? 30_000 : 0, isClear);
  if (look.standing === 'gone') return 'gone';
  if (look.standing === 'same') return look.found?.fields ?? at.change.fields;
  throw new Halt({
    to: hasWritten ? 'failed' : 'stale',
    code: 'stale',
    text: `"${at.change.title}" was changed by somebody else while this plan ran. Nothing more was written.`,
    remedy: 'Plan what is left anew.',
  });
}

/** One request, with its intent before it and its result after it. */
async function write(run: Run, at: PlannedChange, before: readonly FieldChange[]): Promise<void> {
  const sealed = await sealedImage(run, at);
  const { clientRequestId } = await recordIntent(run, at, before, sealed);
  const beforeSend = () => refuseWhenStopped(run, at);
  const graph = run.ports.graph.write(at.planned.tenantId);
  const door = guardWrite(graph, at.change, { clientRequestId, beforeSend });
  let result;
  try {
    beforeSend();
    result = await at.step.apply(door, at.change, run.resolved, run.context);
  } catch (error) {
    if (error instanceof BotError && error.code === 'interrupted') throw new Halt({ to: 'lost' });
    return afterFault(run, at, error);
  }
  run.resolved = { ...run.resolved, ...result.resolved };
  const { requestIds, outcome, resolved } = result;
  // The answer of an unrepeatable step is all that will ever be known of it.
  const state = at.step.isUnrepeatable ? 'verified' : 'written';
  await recordResult(run, at, { state, requestIds, outcome, resolved });
}

/**
 * The process was stopped past its lease after the intent: somebody else may be at work (I24). A lease that is half over
 * at most outlasts the 30 s after which a request is given up, so that none leaves under a lost one.
 */
function refuseWhenStopped(run: Run, at: PlannedChange): void {
  const age = run.ports.pace.elapsed() - run.renewedAt;
  if (age <= (leaseSecondsOf(run.ports) * 1000) / 2) return;
  throw new BotError(
    'interrupted',
    `sending "${at.change.title}" in a process that was stopped meanwhile`,
    'Wait: whoever runs the plan now goes on by itself.',
  );
}

async function afterFault(run: Run, at: PlannedChange, error: unknown): Promise<void> {
  const fault = writeFaultOf(error);
  const requestIds = error instanceof BotError && error.requestId ? [error.requestId] : [];
  const kept = { requestIds, error: shown(error) };
  if (fault === 'ambiguous') return recordResult(run, at, { state: 'unknown', ...kept });
  if (fault === 'throttled' && !at.step.isUnrepeatable) {
    await recordResult(run, at, { state: 'unknown', ...kept });
    const seconds = error instanceof BotError ? (error.retryAfterSeconds ?? 10) : 10;
    throw new Halt({ to: 'retry', afterSeconds: seconds, pausedWhile: kept.error.doing });
  }
  if (fault === 'conflict' && !at.step.isUnrepeatable && (await isGoneNow(run, at))) {
    return recordResult(run, at, { state: 'already-done', ...kept });
  }
  const row = await findChangeRun(run.ports.store.db, { ...at, planId: run.lease.planId });
  // What was made a moment ago, by this plan or the one before it, is not everywhere yet.
  if (fault === 'not-found' && (row?.attempt ?? mostAttempts) < mostAttempts) {
    await recordResult(run, at, { state: 'waiting', ...kept });
    return run.ports.pace.sleep(5_000 * (row?.attempt ?? 1));
  }
  await recordResult(run, at, { state: 'failed', ...kept });
  throw stoppedBy(kept.error);
}

/** The first failure stops the rest (I27), though the process that met it could not end the plan. @throws Halt */
export async function refuseAfterFailure(run: Run): Promise<void> {
  const failed = plannedChanges(run).find((at) => stateOf(run, at) === 'failed');
  if (!failed) return;
  const row = await findChangeRun(run.ports.store.db, { ...failed, planId: run.lease.planId });
  throw stoppedBy(row?.error ?? shown(undefined));
}

function stoppedBy({ code, doing, remedy }: NonNullable<ChangeRun['error']>): Halt {
  return new Halt({
    to: 'failed',
    code,
    text: `Stopped while ${doing}. Nothing after it was written.`,
    remedy,
  });
}

async function isGoneNow(run: Run, at: PlannedChange): Promise<boolean> {
  const look = await lookUntil(run, at, true, 5_000, ({ standing }) => standing === 'gone');
  return look.standing === 'gone';
}
