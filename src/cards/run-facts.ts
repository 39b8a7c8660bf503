import type { ChangeRun, Link, PlanRecord } from '../plan/types';
import { errorWords } from './error-words';
import { ordinal, placeOf } from './plan-facts';
import type { View } from './render';
import { type Leaf, name, sentence, text, TITLE_LIMIT } from './text';

/** How the changes of a plan went, worked out from its run rows. */

/** Changes that stand in the tenant, of all changes of the plan. */
export function doneCount(record: PlanRecord): { done: number; total: number } {
  const total = record.content.steps.reduce((count, step) => count + step.changes.length, 0);
  return { done: record.runs.filter(isDone).length, total };
}

export function isDone(run: ChangeRun): boolean {
  return run.state === 'verified' || run.state === 'already-done';
}

/** Graph's request ids in the order of the writes, in full. */
export function requestIds(record: PlanRecord): string[] {
  return record.runs.flatMap((run) => run.requestIds);
}

/** One row per step: mark, title, what happened in words. */
export function runRows(record: PlanRecord, link: Link): View[] {
  return record.content.steps.map((step, stepIndex) => {
    const runs = record.runs.filter((run) => run.stepIndex === stepIndex);
    const state = stepState(runs, step.changes.length, isAtWork(record));
    return {
      number: ordinal(record, step),
      title: name(step.title, TITLE_LIMIT),
      place: placeOf(link, step, record.content.steps[stepIndex - 1]),
      mark: marks[state],
      word: words(state, runs, step.changes.length),
      error: errorOf(runs),
    };
  });
}

/** Somebody begins the next change: it neither waits to be continued nor has ended. */
function isAtWork({ state, hold, stop }: PlanRecord): boolean {
  return state === 'applying' && (!hold?.isReached || stop !== undefined);
}

type StepState = 'waiting' | 'running' | 'resting' | 'done' | 'already' | 'failed' | 'unknown';

const marks: Readonly<Record<StepState, string>> = {
  waiting: '○',
  running: '▶',
  resting: '‖',
  done: '✓',
  already: '✓',
  failed: '✗',
  unknown: '?',
};

function stepState(runs: readonly ChangeRun[], total: number, isAtWork: boolean): StepState {
  if (runs.some((run) => run.state === 'failed')) return 'failed';
  if (runs.some((run) => run.state === 'unknown')) return 'unknown';
  if (runs.filter(isDone).length === total) {
    return runs.every((run) => run.state === 'already-done') ? 'already' : 'done';
  }
  if (runs.every((run) => run.state === 'waiting')) return 'waiting';
  return isAtWork ? 'running' : 'resting';
}

function words(state: StepState, runs: readonly ChangeRun[], total: number): Leaf {
  switch (state) {
    case 'waiting':
    case 'done':
      return '';
    case 'running':
      return runs.some((run) => run.state === 'written') ? text`reading back` : text`writing`;
    case 'resting':
      return text`${runs.filter(isDone).length} of ${total} done`;
    case 'already':
      return text`was so already, nothing written`;
    case 'failed':
      return text`stopped after ${runs.filter(isDone).length} of ${total}`;
    case 'unknown':
      return text`outcome unknown: check before going on`;
  }
}

function errorOf(runs: readonly ChangeRun[]): Leaf {
  const error = runs.find((run) => run.error !== null)?.error;
  if (!error) return '';
  const id = error.requestId ? text` Request id: ${error.requestId}` : '';
  const why = Object.entries(errorWords).find(([code]) => code === error.code)?.[1];
  return text`While ${sentence(error.doing)}: ${sentence(why ?? 'it was refused.')} ${sentence(error.remedy)} Code: ${error.code}.${id}`;
}
