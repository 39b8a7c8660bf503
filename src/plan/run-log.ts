import { randomUUID } from 'node:crypto';
import { appendAudit } from '../store/audit';
import { insertIntent, saveResult, type RunResult } from '../store/change-runs';
import type { Db } from '../store/db';
import { endRun, findStop, isWindowOver, parkRun, releaseLease, renewLease } from '../store/executions';
import { findHoldPoint } from '../store/holds';
import { currentDesired, saveDesired, saveLink } from '../store/links';
import { bumpCards, repostCards } from '../store/outbox';
import { desiredAfter } from './desired-after';
import { refuseToBegin } from './refuse-to-begin';
import {
  Halt,
  headWords,
  isOpen,
  leaseSecondsOf,
  positionKey,
  type PlannedChange,
  type Run,
  type Verdict,
} from './run';
import type { FieldChange, JsonValue, PlanState } from './types';

/**
 * The intent to write, durable before the request (I22), with what is there now. @throws Halt when lease or window
 * are over
 */
export async function recordIntent(
  run: Run,
  at: PlannedChange,
  before: readonly FieldChange[],
  sealed: string | null = null,
): Promise<{ clientRequestId: string }> {
  const { ports, lease } = run;
  const clientRequestId = randomUUID();
  await ports.store.transaction(async (tx) => {
    await holdLease(run, tx);
    // In the transaction: a process that was stopped after a look of its own would begin too late (I18).
    if (await isWindowOver(tx, lease.planId)) throw new Halt(windowOver(run));
    await refuseToBegin(run, tx, at);
    const attempt = await insertIntent(tx, {
      ...rowOf(run, at),
      before,
      sealed,
      clientRequestId,
      fence: lease.fence,
    });
    await tellProgress(run, tx);
    await appendAudit(tx, {
      event: 'write-intended',
      planId: lease.planId,
      actor: run.record.content.requester,
      facts: {
        ...auditPosition(at),
        attempt,
        clientRequestId,
      },
      details: {
        [at.planned.tenantId]: {
          parameters: { ...at.change.parameters },
          fields: before.map((field) => ({ ...field })),
        },
      },
    });
  });
  run.states.set(positionKey(at), 'writing');
  return { clientRequestId };
}

/** What became of it; conditional on the fence, so that a zombie stores nothing (I24). @throws Halt */
export async function recordResult(run: Run, at: PlannedChange, result: RunResult): Promise<void> {
  const { ports, lease } = run;
  await ports.store.transaction(async (tx) => {
    await holdLease(run, tx);
    await saveResult(tx, rowOf(run, at), lease.fence, result);
    await tellProgress(run, tx);
    await appendAudit(tx, {
      event: 'write-resulted',
      planId: lease.planId,
      facts: {
        ...auditPosition(at),
        state: result.state,
        requestIds: [...(result.requestIds ?? [])],
        error: result.error ? { ...result.error } : null,
      },
    });
  });
  run.states.set(positionKey(at), result.state);
}

export interface RunEnding {
  readonly to: Extract<PlanState, 'applied' | 'failed' | 'stale' | 'needs-attention'>;
  readonly ending: { readonly code: string; readonly text: string; readonly remedy: string } | null;
}

/** The end, with all that follows from it, in one transaction. @throws Halt when the lease was lost */
export async function recordEnd(run: Run, { to, ending }: RunEnding): Promise<void> {
  const { ports, lease, record } = run;
  await ports.store.transaction(async (tx) => {
    if (!(await endRun(tx, lease, to, ending))) throw new Halt({ to: 'lost' });
    const { content } = record;
    if (to === 'applied' && content.kind === 'setup') {
      await saveLink(tx, { ...content, origin: 'setup', resolved: run.resolved });
      if (content.desired) await saveDesired(tx, content, content.desired, record.id);
    } else if (to === 'applied') {
      // A link that no set-up ever described stays undescribed: half a description would mislead the next one.
      const current = await currentDesired(tx, content);
      const desired = current && desiredAfter(content, current);
      if (desired) await saveDesired(tx, content, desired, record.id);
    }
    await tellProgress(run, tx);
    await appendAudit(tx, {
      event: 'ended',
      planId: record.id,
      facts: { state: to, ending: ending ? { ...ending } : null, digest: record.digest },
    });
  });
}

type Retry = Extract<Verdict, { to: 'retry' }>;

/** Whatever Graph asks for: a plan that waited a day for its turn would be told to nobody (I29, safety D2). */
const longestPauseSeconds = 120;

/** Gives the plan back to the queue: it goes on under the same approvals. @returns after how many seconds */
export async function recordPause(
  run: Run,
  { afterSeconds: wished, pausedWhile }: Pick<Retry, 'afterSeconds' | 'pausedWhile'>,
): Promise<number> {
  const { ports, lease } = run;
  const afterSeconds = Math.min(wished, longestPauseSeconds);
  await ports.store.transaction(async (tx) => {
    await releaseLease(tx, lease, { seconds: afterSeconds, pausedWhile: pausedWhile ?? null });
    if (pausedWhile !== undefined) await tellProgress(run, tx); // somebody is told why nothing happens (I29)
    await ports.enqueue(tx, { name: 'apply', planId: lease.planId }, { afterSeconds });
  });
  return afterSeconds;
}

/**
 * Lays the plan down until somebody continues it: no job waits meanwhile, and nothing looks again and again. Whoever
 * continued or stopped it a moment before we get here is heard at once instead.
 *
 * @throws Halt when the lease was lost
 */
export async function recordHold(run: Run): Promise<'parked' | 'goes-on'> {
  const { ports, lease, record } = run;
  return ports.store.transaction(async (tx) => {
    await holdLease(run, tx);
    const { planId } = lease;
    const after = await findHoldPoint(tx, { planId, revision: record.revision });
    if (after === null || (await findStop(tx, planId))) {
      await releaseLease(tx, lease, { seconds: 0, pausedWhile: null });
      await ports.enqueue(tx, { name: 'apply', planId });
      return 'goes-on';
    }
    await parkRun(tx, lease);
    await bumpCards(tx, planId);
    // Asked by a new message, once: after a restart it only lies where it lay.
    const asked = record.hold?.isReached ? [] : (record.hold?.waitsFor ?? []);
    for (const person of asked) await repostCards(tx, planId, person, 'approver');
    await ports.enqueue(tx, { name: 'deliver' });
    await appendAudit(tx, {
      event: 'held',
      planId,
      facts: { revision: record.revision, digest: record.digest, firstChanges: after },
    });
    return 'parked';
  });
}

/** Unfinished when its time was over (I18): what is left needs new approval, what is unknown a person. */
export function windowOver(run: Run): Halt['verdict'] {
  const isUnknown = [...run.states.values()].some(isOpen);
  const { hold } = run.record;
  const names = hold?.waitsFor.map(({ displayName }) => displayName).join(' and ');
  return {
    to: isUnknown ? 'needs-attention' : 'failed',
    code: 'window-over',
    text: hold?.isReached
      ? `The time in which this plan had to finish was over, and ${names} had not continued it after ${headWords(hold.after)}.`
      : 'The time in which this plan had to finish was over before its last change.',
    remedy: isUnknown ? 'Compare the last change with the tenant.' : 'Plan what is left anew.',
  };
}

async function holdLease(run: Run, tx: Db): Promise<void> {
  const now = run.ports.pace.elapsed();
  if (!(await renewLease(tx, run.lease, leaseSecondsOf(run.ports)))) throw new Halt({ to: 'lost' });
  run.renewedAt = now;
}

async function tellProgress(run: Run, tx: Db): Promise<void> {
  await bumpCards(tx, run.lease.planId);
  await run.ports.enqueue(tx, { name: 'deliver' });
}

function rowOf(run: Run, { stepIndex, changeIndex, change }: PlannedChange) {
  return {
    planId: run.lease.planId,
    stepIndex,
    changeIndex,
    operation: change.operation,
    before: change.fields,
  };
}

function auditPosition({ planned, change, stepIndex, changeIndex }: PlannedChange): {
  [key: string]: JsonValue;
} {
  return {
    step: planned.name,
    title: change.title,
    stepIndex,
    changeIndex,
    tenantId: planned.tenantId,
    operation: change.operation,
  };
}
