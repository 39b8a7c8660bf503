import { renderPlanCard } from '../../../src/cards/render-plan-card';
import type { PlanAudience, PlanRecord } from '../../../src/plan/types';
import { type Cast, sourceId } from './cast';
import { approved, now, planRecord } from './plan-records';
import { setupSteps } from './plan-steps';
import type { Maker } from './sample';

const requester: PlanAudience = { role: 'requester', nonce: 'n-requester' };
const approver: PlanAudience = {
  role: 'approver',
  forTenantId: sourceId,
  nonce: 'n-approver',
  hasDecided: false,
  typedCount: null,
};
const channel: PlanAudience = { role: 'channel', tenantId: sourceId, userIds: ['29:one'] };

/** Somebody without a role broke the glass: has approved, and whom it waits for. */
function broken(cast: Cast, count: number, hasApproved: boolean, isLive = true): PlanRecord {
  const person = { tenantId: sourceId, objectId: 'keeper-id', displayName: cast.user.displayName };
  const vote = { ...approved(cast, 'source', '2026-11-23T10:12:00Z'), person, authority: 'break-glass' };
  return planRecord(cast, 'setup', 'submitted', setupSteps(cast, count), {
    quorums: [{ tenantId: sourceId, needed: 1, candidates: [cast.sourceApprover, person] }],
    decisions: hasApproved ? [vote] : [],
    breakGlass: [
      {
        person,
        reason: cast.words,
        openedAt: '2026-11-23T10:10:00Z',
        expiresAt: '2026-11-23T11:10:00Z',
        isLive,
      },
    ],
  });
}

const draw =
  (audience: PlanAudience, hasApproved: boolean, isLive = true): Maker['draw'] =>
  (cast, count) =>
    renderPlanCard(broken(cast, count, hasApproved, isLive), cast.link, audience, now);

/** Two people must approve, and one can be reached. */
const short =
  (audience: PlanAudience): Maker['draw'] =>
  (cast, count) =>
    renderPlanCard(
      planRecord(cast, 'setup', 'submitted', setupSteps(cast, count), {
        quorums: [{ tenantId: sourceId, needed: 2, candidates: [cast.sourceApprover] }],
      }),
      cast.link,
      audience,
      now,
    );

/** A plan on which the glass is broken. */
export const breakGlassMakers: readonly Maker[] = [
  { card: 'approval', of: 'break-glass', draw: draw(approver, false) },
  { card: 'waiting', of: 'break-glass', draw: draw(requester, true) },
  { card: 'waiting', of: 'break-glass-over', draw: draw(requester, true, false) },
  { card: 'channel-plan', of: 'break-glass', draw: draw(channel, true) },
  { card: 'waiting', of: 'emergency', draw: short(requester) },
  { card: 'approval', of: 'emergency', draw: short(approver) },
  { card: 'channel-plan', of: 'emergency', draw: short(channel) },
];
