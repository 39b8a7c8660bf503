import { BotError } from '../errors';
import { findSame, unapproved, standingOf, type Standing } from './compare';
import { isTransient } from './fault';
import {
  Halt,
  hasOwnWrites,
  isDone,
  isOpen,
  plannedChanges,
  stateOf,
  type PlannedChange,
  type Run,
} from './run';
import type { Change, Step } from './types';

/** How long a write may take to show: Graph's replicas lag (safety D2). */
const replicationMilliseconds = 60_000;

export function patienceOf(run: Run): number {
  return run.ports.replicationMilliseconds ?? replicationMilliseconds;
}

/** What a step still finds to do, now. Ids that the look reveals are remembered for later steps. */
export async function lookAt(run: Run, step: Step): Promise<readonly Change[]> {
  const context = { ...run.context, hasWritten: hasWrittenStep(run, step) };
  const observed = await step.observe(context);
  if (step.resolve) run.resolved = { ...run.resolved, ...step.resolve(observed) };
  return step.diff(context, observed);
}

/** Whether Graph took every change of the step that was sent, whatever it shows of it. */
function hasWrittenStep(run: Run, step: Step): boolean {
  const states = plannedChanges(run)
    .filter((one) => one.step === step)
    .map((one) => stateOf(run, one));
  return states.length > 0 && states.every((state) => state === 'written' || isDone(state));
}

/** Waits for a good answer: 250 ms, then twice as long each time, up to 8 s, for at most `budget` milliseconds. */
export async function pollUntil(run: Run, budget: number, isGood: () => Promise<boolean>): Promise<boolean> {
  const { pace } = run.ports;
  const start = pace.elapsed();
  for (let wait = 250; ; wait = Math.min(wait * 2, 8_000)) {
    if (await isGood()) return true;
    if (pace.elapsed() - start + wait > budget) return false;
    await pace.sleep(wait);
  }
}

/** One look at a change: how it stands, and as what the step finds it now. */
export interface Look {
  readonly standing: Standing;
  readonly found: Change | undefined;
}

/**
 * Whether a change took effect, by looking (I25): `gone` only after two good looks in a row. Waits for replicas.
 * `written` is the change as it stood just before our write: anything else there now is not ours to overwrite.
 *
 * @throws Halt to retry when Graph cannot be read just now
 */
export async function readBack(
  run: Run,
  at: PlannedChange,
  written: Change,
  budget = patienceOf(run),
): Promise<Standing> {
  let goodLooks = 0;
  const isGood = ({ standing }: Look) => {
    goodLooks = standing === 'gone' ? goodLooks + 1 : 0;
    return goodLooks > 1;
  };
  const where = { ...at, change: written };
  let look = await lookUntil(run, where, false, budget, isGood);
  // The time was over after one good look, because the process was stopped meanwhile: one more decides (I25).
  if (goodLooks === 1) look = await lookUntil(run, where, false, 0, isGood);
  return look.standing;
}

/** Looks until it is good or the time is over. @throws Halt to retry when the last look could not be taken */
export async function lookUntil(
  run: Run,
  at: PlannedChange,
  isOursToMake: boolean,
  budget: number,
  isGood: (look: Look) => boolean,
): Promise<Look> {
  let last: Look | BotError = { standing: 'different', found: undefined };
  await pollUntil(run, budget, async () => {
    last = await lookOnce(run, at, isOursToMake);
    return !(last instanceof BotError) && isGood(last);
  });
  const seen = last as Look | BotError;
  if (seen instanceof BotError) {
    throw new Halt({ to: 'retry', afterSeconds: seen.retryAfterSeconds ?? 15, pausedWhile: seen.doing });
  }
  return seen;
}

/** A fault of the moment is given back, any other one is thrown. */
async function lookOnce(run: Run, at: PlannedChange, isOursToMake: boolean): Promise<Look | BotError> {
  try {
    const remaining = await lookAt(run, at.step);
    const standing = standingOf(at.change, at.planned.changes, remaining, isOursToMake);
    return { standing, found: findSame(at.change, remaining) };
  } catch (error) {
    if (error instanceof BotError && isTransient(error)) return error;
    throw error;
  }
}

/**
 * Looks at every step again before the first write and after each resumption (I6): what is left to do must be what
 * was approved, less what this plan itself has done. Waits for replicas only when it has written already.
 *
 * @throws Halt to `stale`, with nothing written by this look
 */
export async function refuseDrift(run: Run): Promise<void> {
  let drift: string | null = null;
  const budget = hasOwnWrites(run) ? patienceOf(run) : 0;
  const isUnchanged = await pollUntil(run, budget, async () => {
    drift = await findDrift(run);
    return drift === null;
  });
  if (isUnchanged) return;
  throw new Halt({
    to: 'stale',
    code: 'stale',
    text: `Something has changed since the plan was made: ${String(drift)}. The approvals no longer count.`,
    remedy: 'Plan it anew.',
  });
}

async function findDrift(run: Run): Promise<string | null> {
  const all = plannedChanges(run);
  for (const step of run.ports.steps[run.record.content.kind]) {
    const remaining = await lookAt(run, step);
    const approved = all.filter((one) => one.step === step);
    const extra = unapproved(
      approved.map((one) => one.change),
      remaining,
    )[0];
    if (extra) return extra.title;
    const moved = approved.find((one) => hasMoved(run, one, remaining));
    if (moved) return moved.change.title;
  }
  return null;
}

function hasMoved(run: Run, at: PlannedChange, remaining: readonly Change[]): boolean {
  const state = stateOf(run, at);
  const isOurs = hasOwnWrites(run);
  const standing = standingOf(at.change, at.planned.changes, remaining, isOurs);
  if (at.step.isUnrepeatable && (isDone(state) || isOpen(state))) return false; // its effect does not show
  if (isDone(state)) return standing !== 'gone';
  if (isOpen(state)) return standing === 'different';
  return standing !== 'same' && !(isOurs && standing === 'gone');
}
