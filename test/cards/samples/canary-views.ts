import { renderPlanCard } from '../../../src/cards/render-plan-card';
import { canarySize } from '../../../src/plan/tier';
import type { PlanAudience, PlannedStep, PlanRecord } from '../../../src/plan/types';
import { type Cast, sourceId } from './cast';
import { approved, now, planRecord, runsOf } from './plan-records';
import { roles } from './plan-steps';
import { freezeOf } from './undo-views';
import type { Maker } from './sample';
import { times } from './times';

const requester: PlanAudience = { role: 'requester', nonce: 'n-requester' };
const channel: PlanAudience = { role: 'channel', tenantId: sourceId, userIds: [] };
const ended = '2026-11-23T10:36:00Z';

/** Users, one change each, that are taken out. */
function step(cast: Cast, count: number): PlannedStep {
  const { target } = cast.link;
  return {
    name: 'unassign-principals',
    side: 'source',
    tenantId: sourceId,
    tier: 'T2',
    title: `Take ${count} users out of the configuration "${target.displayName}"`,
    meaning: `They no longer bring anybody into ${target.displayName}.`,
    roleTemplateIds: roles,
    changes: times(Math.max(4, Math.min(count, 40)), (index) => ({
      operation: 'appRoleAssignedTo.delete',
      title: `Unassign ${cast.user.displayName}`,
      fields: [
        {
          field: 'appRoleAssignedTo',
          before: `${index}0000001-dddd-4ddd-8ddd-dddddddddddd`,
          after: 'absent',
        },
      ],
      parameters: {},
      affectedUsers: 1,
      undo: true,
      leavers: { count: 1, named: [{ userId: `user-${index}`, ...cast.user }] },
    })),
  };
}

function plan(
  cast: Cast,
  count: number,
  state: PlanRecord['state'],
  rest: (size: number, steps: readonly PlannedStep[]) => Partial<PlanRecord> = () => ({}),
): PlanRecord {
  const steps = [step(cast, count)];
  const size = canarySize({ kind: 'unassign', steps }) ?? 0;
  return planRecord(cast, 'unassign', state, steps, {
    tier: 'T2',
    quorums: [{ tenantId: sourceId, needed: 1, candidates: [cast.sourceApprover] }],
    decisions:
      state === 'submitted' ? [] : [{ ...approved(cast, 'source', '2026-11-23T10:04:00Z'), onlyFirst: size }],
    ...rest(size, steps),
  });
}

/** It holds after its first changes. */
const held = (cast: Cast, count: number, rest: Partial<PlanRecord> = {}) =>
  plan(cast, count, 'applying', (after, steps) => ({
    runs: runsOf(steps, after).slice(0, after),
    hold: { after, waitsFor: [cast.sourceApprover], isReached: true, until: ended },
    startedAt: '2026-11-23T10:06:00Z',
    ...rest,
  }));

const approver = (more: Partial<PlanAudience & { role: 'approver' }>): PlanAudience => ({
  ...({ role: 'approver', forTenantId: sourceId, nonce: 'n-approver' } as const),
  ...{ hasDecided: false, typedCount: null, ...more },
});

const draw =
  (
    audience: (size: number) => PlanAudience,
    record: (cast: Cast, count: number) => PlanRecord,
  ): Maker['draw'] =>
  (cast, count) => {
    const drawn = record(cast, count);
    return renderPlanCard(drawn, cast.link, audience(canarySize(drawn.content) ?? 0), now);
  };

/** Plans of which the first changes can be approved alone. */
export const canaryMakers: readonly Maker[] = [
  {
    card: 'approval',
    of: 'first changes',
    draw: draw(
      (canarySize) => approver({ canarySize }),
      (cast, count) => plan(cast, count, 'submitted'),
    ),
  },
  {
    card: 'approval',
    of: 'first changes of T3',
    draw: draw(
      (canarySize) => approver({ canarySize, typedCount: 40 }),
      (cast, count) =>
        plan(cast, count, 'submitted', (onlyFirst) => ({
          tier: 'T3',
          quorums: [
            { tenantId: sourceId, needed: 2, candidates: [cast.sourceApprover, cast.targetApprover] },
          ],
          decisions: [{ ...approved(cast, 'source', '2026-11-23T10:04:00Z'), onlyFirst }],
        })),
    ),
  },
  {
    card: 'progress',
    of: 'before the hold',
    draw: draw(
      () => requester,
      (cast, count) =>
        held(cast, count, {
          runs: [],
          hold: { after: 5, waitsFor: [cast.sourceApprover], isReached: false, until: ended },
        }),
    ),
  },
  { card: 'progress', of: 'held', draw: draw(() => requester, held) },
  {
    card: 'progress',
    of: 'to continue',
    draw: draw(() => approver({ isWaitedFor: true, hasDecided: true, timeZone: 'Europe/Berlin' }), held),
  },
  {
    card: 'progress',
    of: 'held and frozen',
    draw: draw(
      () => approver({ isWaitedFor: true, hasDecided: true }),
      (cast, count) => held(cast, count, { freeze: freezeOf(cast) }),
    ),
  },
  {
    card: 'progress',
    of: 'held and stopped',
    draw: draw(
      () => requester,
      (cast, count) => held(cast, count, { stop: { by: cast.sourceApprover, at: '2026-11-23T10:12:00Z' } }),
    ),
  },
  { card: 'channel-plan', of: 'held', draw: draw(() => channel, held) },
  {
    card: 'result',
    of: 'not continued',
    draw: draw(
      () => requester,
      (cast, count) =>
        plan(cast, count, 'failed', (after, steps) => ({
          runs: runsOf(steps, after).slice(0, after),
          ending: {
            code: 'window-over',
            text: `The time in which this plan had to finish was over, and ${cast.sourceApprover.displayName} had not continued it after the first change.`,
            remedy: 'Plan what is left anew.',
          },
          startedAt: '2026-11-23T10:06:00Z',
          finishedAt: ended,
        })),
    ),
  },
];
