import type { Change, PlannedStep } from '../../../src/plan/types';
import type { Evidence, PlanFacts } from '../evidence';
import type { Sent } from '../graph-model';
import type { ChangeMove, PlanMove } from '../history';

/** One write that reached Graph, with the intent that stands for it in the database. */
export interface PlanWrite {
  readonly sent: Sent;
  readonly intent: ChangeMove;
  readonly position: number;
}

export interface PlannedWrite {
  readonly position: number;
  /** `tenant/field`. */
  readonly field: string;
  readonly value: string | null;
  readonly operation: string;
  readonly step: PlannedStep;
  readonly change: Change;
}

/** Writes of one plan in the order in which they reached Graph; those without an intent are found elsewhere (I22). */
export function writesOf({ world, changes }: Evidence, planId: string): readonly PlanWrite[] {
  return world.graph.sent.flatMap((sent) => {
    const intent = changes.find(
      (one) => one.state === 'writing' && one.clientRequestId === sent.clientRequestId,
    );
    if (intent?.planId !== planId) return [];
    return [{ sent, intent, position: intent.stepIndex * 100 + intent.changeIndex }];
  });
}

export function plannedWrites({ content }: PlanFacts): readonly PlannedWrite[] {
  return content.steps.flatMap((step, stepIndex) =>
    step.changes.map((change, changeIndex) => ({
      step,
      change,
      position: stepIndex * 100 + changeIndex,
      field: `${step.tenantId}/${String(change.parameters['field'])}`,
      value: (change.parameters['wish'] as [string | null])[0],
      operation: change.operation,
    })),
  );
}

export function movesOf({ moves }: Evidence, planId: string): readonly PlanMove[] {
  return moves.filter((one) => one.planId === planId);
}

/** Each time somebody got the right to run the plan. */
export function claimsOf(evidence: Evidence, planId: string): readonly PlanMove[] {
  return movesOf(evidence, planId).filter(({ to }, index, all) => {
    const before = all[index - 1];
    return to === 'applying' && (before?.fence ?? 0) !== all[index]?.fence;
  });
}

/** How the plan stood at a moment. */
export function stateAt(evidence: Evidence, planId: string, at: number): PlanMove | undefined {
  return movesOf(evidence, planId)
    .filter((one) => one.at <= at)
    .at(-1);
}

export function isUnrepeatable({ content }: PlanFacts): boolean {
  return content.kind === 'try';
}
