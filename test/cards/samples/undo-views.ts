import { frozenCard } from '../../../src/cards/frozen';
import { nothingToUndoCard } from '../../../src/cards/nothing-to-undo';
import { renderPlanCard } from '../../../src/cards/render-plan-card';
import type { Left } from '../../../src/plan/subject';
import type { Freeze, PlanAudience, PlannedStep, PlanRecord } from '../../../src/plan/types';
import { type Cast, sourceId, targetId } from './cast';
import { approved, now, planRecord, runsOf } from './plan-records';
import { roles } from './plan-steps';
import type { Maker } from './sample';
import { times } from './times';

const requester: PlanAudience = { role: 'requester', nonce: 'n-requester' };
const approver: PlanAudience = {
  role: 'approver',
  forTenantId: sourceId,
  nonce: 'n-approver',
  hasDecided: false,
  typedCount: null,
};

export const freezeOf = (cast: Cast): Freeze => ({
  id: 'freeze-1',
  scope: 'link',
  ownerTenantId: sourceId,
  by: cast.sourceApprover,
  reason: cast.words,
  since: '2026-11-23T10:04:00Z',
});

const left = (cast: Cast, count: number, planId: string): readonly Left[] =>
  times(Math.min(count, 200), (index) => ({
    title:
      index % 2 === 0
        ? `Automatic redemption with ${cast.link.target.displayName}`
        : `Partner entry for ${cast.link.source.displayName}`,
    tenantId: index % 2 === 0 ? sourceId : targetId,
    reason:
      index % 2 === 0
        ? `Somebody changed automaticUserConsentSettings.inboundAllowed after ${planId}: it is ${cast.group} now, not true.`
        : 'Removing a partner entry is not offered yet. An entry without settings of its own changes nothing.',
  }));

function undoStep(cast: Cast): PlannedStep {
  const { source, target } = cast.link;
  return {
    name: 'redemption-inbound',
    side: 'source',
    tenantId: sourceId,
    tier: 'T2',
    title: `No longer redeem invitations from ${target.displayName} automatically in ${source.displayName}`,
    meaning: `Users of ${target.displayName} who are in ${source.displayName} already stay.`,
    roleTemplateIds: roles,
    changes: [
      {
        operation: 'partners.update',
        title: `Automatic redemption with ${target.displayName}`,
        fields: [{ field: 'automaticUserConsentSettings.inboundAllowed', before: true, after: false }],
        parameters: {},
        affectedUsers: 3,
        undo: true,
      },
    ],
  };
}

function undoRecord(cast: Cast, count: number, state: PlanRecord['state'], rest: Partial<PlanRecord> = {}) {
  const steps = [undoStep(cast)];
  const record = planRecord(cast, 'undo', state, steps, rest);
  const words = { command: 'undo PL-0030', displayName: 'PL-0030', planId: 'PL-0030' } as const;
  const subject = {
    type: 'undo',
    ...words,
    tier: 'T2',
    kind: 'redeem',
    parts: [],
    left: left(cast, count, 'PL-0030'),
  } as const;
  return { ...record, tier: 'T2' as const, content: { ...record.content, subject } };
}

const draw =
  (audience: PlanAudience, make: (cast: Cast, count: number) => PlanRecord) => (cast: Cast, count: number) =>
    renderPlanCard(make(cast, count), cast.link, audience, now);

/** Undo, freeze and stop. */
export const undoMakers: readonly Maker[] = [
  {
    card: 'nothing-to-undo',
    of: '',
    draw: (cast, count) =>
      nothingToUndoCard(undoRecord(cast, 0, 'applied'), cast.link, left(cast, count, 'PL-0031')),
  },
  {
    card: 'frozen',
    of: '',
    draw: (cast) =>
      frozenCard({
        freeze: freezeOf(cast),
        link: cast.link,
        owner: cast.link.source.displayName,
        isNew: true,
      }),
  },
  { card: 'plan', of: 'undo', draw: draw(requester, (cast, count) => undoRecord(cast, count, 'draft')) },
  {
    card: 'approval',
    of: 'undo',
    draw: draw(approver, (cast, count) => undoRecord(cast, count, 'submitted')),
  },
  {
    card: 'progress',
    of: 'stop',
    draw: draw(requester, (cast, count) =>
      undoRecord(cast, count, 'applying', {
        runs: runsOf([undoStep(cast)], 0),
        startedAt: '2026-11-23T10:08:00Z',
        stop: { by: cast.targetApprover, at: '2026-11-23T10:09:00Z' },
      }),
    ),
  },
  {
    card: 'progress',
    of: 'paused',
    draw: draw({ ...requester, timeZone: 'Europe/Berlin' }, (cast, count) =>
      undoRecord(cast, count, 'applying', {
        runs: runsOf([undoStep(cast)], 0),
        startedAt: '2026-11-23T10:08:00Z',
        pause: {
          doing: `reading the partner entry in ${cast.link.source.displayName}`,
          until: '2026-11-23T10:11:00Z',
        },
      }),
    ),
  },
  {
    card: 'progress',
    of: 'frozen',
    draw: draw(requester, (cast, count) => undoRecord(cast, count, 'approved', { freeze: freezeOf(cast) })),
  },
  {
    card: 'result',
    of: 'undo',
    draw: draw(requester, (cast, count) =>
      undoRecord(cast, count, 'applied', {
        decisions: [approved(cast, 'source', '2026-11-23T10:04:00Z')],
        runs: runsOf([undoStep(cast)], 1),
        finishedAt: '2026-11-23T10:10:00Z',
      }),
    ),
  },
];
