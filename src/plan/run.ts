import type { GraphRead, GraphWrite } from '../graph/client';
import type { Lease } from '../store/executions';
import type { Store } from '../store/db';
import type { Enqueue } from '../store/enqueue';
import type { Sealer } from '../store/seal';
import type {
  Change,
  ChangeRun,
  Link,
  PlanKind,
  PlannedStep,
  PlanRecord,
  ResolvedIds,
  Step,
  StepContext,
} from './types';

/** Whether those who approved may still do so (I11). */
export type AuthorityCheck =
  | { readonly type: 'stands' }
  | { readonly type: 'lost'; readonly text: string }
  /** The directory did not answer: nothing may be written meanwhile. */
  | { readonly type: 'unknown' };

/** Waiting, as a port: tests let time fly. */
export interface Pace {
  sleep(milliseconds: number): Promise<void>;
  /** Milliseconds of a clock that never goes back and runs on while the process is stopped. */
  elapsed(): number;
}

export interface ApplyPorts {
  readonly store: Store;
  readonly enqueue: Enqueue;
  readonly steps: Readonly<Record<PlanKind, readonly Step[]>>;
  readonly graph: { read(tenantId: string): GraphRead; write(tenantId: string): GraphWrite };
  /** The tenants of the plan as the settings name them; `undefined` when one is no longer allowed (I13). */
  findLink(sourceTenantId: string, targetTenantId: string): Link | undefined;
  checkAuthority(record: PlanRecord): Promise<AuthorityCheck>;
  /** Encrypts what a before-image may not hold in clear; without it, steps that need it write nothing. */
  readonly sealer?: Sealer;
  readonly pace: Pace;
  /** How long a write may take to show; a minute when left out. */
  readonly replicationMilliseconds?: number;
  /** Seconds that a lease lasts without being renewed (I24); a minute when left out. */
  readonly leaseSeconds?: number;
  /** `true` once the process is asked to end: the current change is finished, no other begun. */
  isStopping(): boolean;
}

/** One execution of one plan, under one lease. */
export interface Run {
  readonly ports: ApplyPorts;
  readonly lease: Lease;
  readonly record: PlanRecord;
  readonly context: StepContext;
  /** Every id known so far; later changes refer to them by name. */
  resolved: ResolvedIds;
  /** Where each change stands, by `positionKey`. */
  readonly states: Map<string, ChangeRun['state']>;
  /** `ports.pace.elapsed()` when the lease was last renewed. */
  renewedAt: number;
}

/** One change of the plan and where it stands in it. */
export interface PlannedChange {
  readonly planned: PlannedStep;
  readonly step: Step;
  readonly change: Change;
  readonly stepIndex: number;
  readonly changeIndex: number;
}

/** Seconds that a lease lasts without being renewed, unless the ports say otherwise. */
export const usualLeaseSeconds = 60;

export function leaseSecondsOf({ leaseSeconds }: Pick<ApplyPorts, 'leaseSeconds'>): number {
  return leaseSeconds ?? usualLeaseSeconds;
}

export type Verdict =
  | {
      readonly to: 'failed' | 'stale' | 'needs-attention';
      readonly code: string;
      readonly text: string;
      readonly remedy: string;
    }
  /** Goes on later under the same approvals. `pausedWhile`: what was being done when somebody had to be waited for. */
  | { readonly to: 'retry'; readonly afterSeconds: number; readonly pausedWhile?: string }
  /** Its first changes are done: whoever approved them alone must continue it. */
  | { readonly to: 'hold' }
  /** Somebody else runs the plan now: nothing more may be stored (I24). */
  | { readonly to: 'lost' };

/** Ends a run from any depth; `apply.ts` alone catches it. */
export class Halt extends Error {
  constructor(readonly verdict: Verdict) {
    super(`halted: ${verdict.to}`);
  }
}

/** "the first change", "the first 5 changes": as far as somebody approved it. */
export function headWords(count: number): string {
  return count === 1 ? 'the first change' : `the first ${count} changes`;
}

export function positionKey(position: { readonly stepIndex: number; readonly changeIndex: number }): string {
  return `${position.stepIndex}/${position.changeIndex}`;
}

export function stateOf(
  run: Run,
  position: { readonly stepIndex: number; readonly changeIndex: number },
): ChangeRun['state'] {
  return run.states.get(positionKey(position)) ?? 'waiting';
}

/** Read back, or found done. */
export function isDone(state: ChangeRun['state']): boolean {
  return state === 'verified' || state === 'already-done';
}

/** Written or perhaps written, but not read back. */
export function isOpen(state: ChangeRun['state']): boolean {
  return state === 'writing' || state === 'written' || state === 'unknown';
}

/** Whether this plan has changed anything, or may have. */
export function hasOwnWrites(run: Run): boolean {
  return [...run.states.values()].some((state) => isOpen(state) || state === 'verified');
}

/** All changes in order, with the steps that carry them out. @throws Halt when a step is not known (I26) */
export function plannedChanges(run: Run): readonly PlannedChange[] {
  const { content } = run.record;
  const known = run.ports.steps[content.kind];
  return content.steps.flatMap((planned, stepIndex) => {
    const step = known.find((one) => one.name === planned.name);
    if (!step || run.context.link[step.side].tenantId !== planned.tenantId) {
      throw new Halt({
        to: 'failed',
        code: 'unknown-step',
        text: `This version cannot carry out "${planned.title}".`,
        remedy: 'Plan it anew.',
      });
    }
    return planned.changes.map((change, changeIndex) => ({ planned, step, change, stepIndex, changeIndex }));
  });
}
