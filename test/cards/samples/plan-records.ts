import type {
  ChangeRun,
  Decision,
  PlanKind,
  PlannedStep,
  PlanRecord,
  PlanState,
} from '../../../src/plan/types';
import { type Cast, sourceId, targetId } from './cast';
import { roles } from './plan-steps';

export const now = new Date('2026-11-23T10:20:00Z');

export function planRecord(
  cast: Cast,
  kind: PlanKind,
  state: PlanState,
  steps: readonly PlannedStep[],
  rest: Partial<PlanRecord> = {},
): PlanRecord {
  const tier = kind === 'setup' || kind === 'restart' ? 'T2' : 'T1';
  return {
    id: 'PL-0031',
    state,
    revision: 1,
    content: {
      kind,
      sourceTenantId: sourceId,
      targetTenantId: targetId,
      requester: cast.requester,
      revision: 1,
      policyVersion: 1,
      desired: null,
      subject:
        kind === 'try'
          ? {
              type: 'user',
              command: 'try 66666666-eeee-4eee-8eee-666666666666 con>fab',
              phoneType: null,
              userId: '66666666-eeee-4eee-8eee-666666666666',
              ...cast.user,
            }
          : null,
      steps,
    },
    digest: '9c41d2e07b55aa10'.repeat(4),
    tier,
    tierRaise: null,
    reason: kind === 'setup' && state !== 'draft' ? cast.words : null,
    quorums:
      tier === 'T1' || state === 'draft'
        ? []
        : [
            { tenantId: targetId, needed: 1, candidates: [cast.targetApprover] },
            { tenantId: sourceId, needed: 1, candidates: [cast.sourceApprover] },
          ],
    decisions: [],
    runs: [],
    questions: [],
    ending: null,
    createdAt: '2026-11-23T09:58:00Z',
    submittedAt: state === 'draft' ? null : '2026-11-23T10:01:00Z',
    expiresAt: '2026-11-24T10:01:00Z',
    startedAt: null,
    finishedAt: null,
    ...rest,
  };
}

export function approved(cast: Cast, who: 'source' | 'target', at: string): Decision {
  const person = who === 'source' ? cast.sourceApprover : cast.targetApprover;
  return {
    person,
    forTenantId: person.tenantId,
    decision: 'approved',
    reason: null,
    authority: roles[0] as string,
    at,
  };
}

/** Runs of all changes: the first `done` are verified, the next one is `state`, the others wait. */
export function runsOf(
  steps: readonly PlannedStep[],
  done: number,
  state: ChangeRun['state'] = 'writing',
): ChangeRun[] {
  const all = steps.flatMap((one, stepIndex) =>
    one.changes.map((_, changeIndex) => ({ stepIndex, changeIndex })),
  );
  return all.map((place, index) => ({
    ...place,
    state: index < done ? 'verified' : index === done ? state : 'waiting',
    requestIds: index < done ? [`77777777-0000-4000-8000-${String(index).padStart(12, '0')}`] : [],
    outcome: null,
    error:
      index === done && (state === 'failed' || state === 'unknown')
        ? {
            code: 'permission-missing',
            doing: 'creating the synchronization job',
            remedy: 'Ask a Privileged Role Administrator to consent to the Write pack.',
            requestId: '88888888-0000-4000-8000-000000000001',
          }
        : null,
    at: '2026-11-23T10:08:00Z',
  }));
}
