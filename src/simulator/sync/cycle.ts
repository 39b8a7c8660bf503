import { newId } from '../clock';
import { checkConnection } from './connection';
import { evaluate, takesAway } from './evaluate';
import { perform } from './perform';
import { appendGroupRows } from './group-rows';
import { deletionThreshold, enterQuarantine, escrowReason, leaveQuarantine } from './quarantine';
import { queueOf, scopeVersion } from './queue';
import { secretOf, type Scene } from './scene';
import type { Counts, Cycle, EngineError, Execution, ResultState } from './state';

/** Start to start, fixed (facts 4.4). */
export const intervalMs = 40 * 60_000;
/** The lower end of the documented estimate: 0.01 minutes for each object, and some time to begin (facts 9.2). */
const perUserMs = 600;
const leastMs = { full: 180_000, incremental: 30_000 };

const noCounts = (): Counts => ({
  entitled: 0,
  entitledForProvisioning: 0,
  escrowed: 0,
  exported: 0,
  imported: 0,
});

/** Begins a due cycle at `nowMs`: checks the connection, chooses the users, weighs the deletions. */
export function beginCycle(calm: Scene, nowMs: number): void {
  const { world, job, configuration } = calm;
  const scene = { ...calm, isFull: job.isFullNext };
  job.nextCycleMs = nowMs + intervalMs;
  const cycle: Cycle = {
    id: newId(world),
    isFull: scene.isFull,
    beganMs: nowMs,
    endsMs: nowMs,
    queue: [],
    done: 0,
    counts: noCounts(),
    stagesDeletes: false,
    watermark: world.serial,
  };
  job.cycle = cycle;
  const fault = connectionFault(scene);
  if (fault || !scene.target) return failCycle(scene, nowMs, fault);
  cycle.queue = queueOf(scene, nowMs);
  if (scene.isFull) appendGroupRows(scene, cycle.id);
  const least = scene.isFull ? leastMs.full : leastMs.incremental;
  cycle.endsMs = nowMs + least + cycle.queue.length * perUserMs;
  cycle.stagesDeletes = !job.forceDeletes && tooManyDeletes(scene, cycle.queue);
  job.assignmentVersion = scopeVersion({ configuration, source: scene.source });
}

/** The error of facts 6.3 that keeps the job from connecting, or null. */
export function connectionFault(scene: Scene): EngineError | null {
  return checkConnection(scene.source, scene.target, secretOf(scene.configuration, 'CompanyId'));
}

function tooManyDeletes(scene: Scene, queue: readonly string[]): boolean {
  const { target, job } = scene;
  const threshold = deletionThreshold(scene);
  if (threshold === null || !target) return false;
  const linked = queue.filter((id) => job.subjects[id]?.targetId);
  let count = 0;
  for (const id of linked) if (takesAway(evaluate(scene, target, id))) count += 1;
  return count > 0 && count >= threshold;
}

/** When the next user of the running cycle is due. */
export function nextUserMs({ beganMs, endsMs, queue, done }: Cycle): number {
  return beganMs + ((endsMs - beganMs) * (done + 1)) / (queue.length + 1);
}

/** Works on the next user of the queue; a connection that broke ends the cycle at once. */
export function workOnNextUser(calm: Scene, cycle: Cycle, nowMs: number): void {
  const scene = { ...calm, isFull: cycle.isFull };
  const fault = connectionFault(scene);
  if (fault || !scene.target) return failCycle(scene, nowMs, fault);
  const userId = cycle.queue[cycle.done] ?? '';
  cycle.done += 1;
  const decision = evaluate(scene, scene.target, userId);
  const row = perform(scene, scene.target, decision, cycle);
  const { counts } = cycle;
  counts.imported += 1;
  if (decision.scoping.assigned) counts.entitled += 1;
  if (decision.scoping.assigned && decision.scoping.passed) counts.entitledForProvisioning += 1;
  if (row.status === 'failure') counts.escrowed += 1;
  if (row.status === 'success' && row.action !== 'stagedDelete') counts.exported += 1;
}

/** Ends a cycle that reached its end. */
export function finishCycle(scene: Scene, cycle: Cycle, nowMs: number): void {
  const { job } = scene;
  const state: ResultState = cycle.counts.escrowed ? 'EntryLevelErrors' : 'Succeeded';
  const execution = close(scene, cycle, nowMs, state, null);
  job.watermark = cycle.watermark;
  job.isFullNext = false;
  job.completeFailures = 0;
  job.lastSuccess = execution;
  if (execution.counts.exported) job.lastSuccessWithExports = execution;
  job.steadyFirstMs ??= nowMs;
  job.steadyLastMs = nowMs;
  if (cycle.stagesDeletes) return enterQuarantine(scene, 'TooManyDeletes', null, nowMs);
  job.forceDeletes = false;
  const reason = escrowReason(scene.source.sync.options.escrow, cycle.counts);
  if (reason) return enterQuarantine(scene, reason, null, nowMs);
  leaveQuarantine(scene);
}

/** Ends a cycle that could not connect: nothing more is done and the job is quarantined at once (facts 4.6). */
function failCycle(scene: Scene, nowMs: number, error: EngineError | null): void {
  const { job } = scene;
  if (!job.cycle) return;
  close(scene, job.cycle, nowMs, 'Failed', error);
  job.completeFailures += 1;
  // Who came or went was perhaps not looked at: the next cycle compares the assignments anew.
  job.assignmentVersion = -1;
  enterQuarantine(scene, 'EncounteredQuarantineException', error, nowMs);
}

function close(
  { job }: Scene,
  cycle: Cycle,
  nowMs: number,
  state: ResultState,
  error: EngineError | null,
): Execution {
  const { id, beganMs, counts } = cycle;
  const execution: Execution = { id, state, beganMs, endedMs: nowMs, error, counts };
  job.lastExecution = execution;
  job.hasCompleted = true;
  job.cycle = null;
  return execution;
}
