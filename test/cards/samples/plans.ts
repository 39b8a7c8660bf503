import type { PlanAudience, PlanRecord } from '../../../src/plan/types';
import { planChangesCard } from '../../../src/cards/plan-changes';
import { renderPlanCard } from '../../../src/cards/render-plan-card';
import { type Cast, sourceId, targetId } from './cast';
import { approved, now, planRecord, runsOf } from './plan-records';
import { setupSteps, smallSteps } from './plan-steps';
import type { Maker, SampleMaker } from './sample';

const requester: PlanAudience = { role: 'requester', nonce: 'n-requester' };
const approver: PlanAudience = {
  role: 'approver',
  forTenantId: targetId,
  nonce: 'n-approver',
  hasDecided: false,
  typedCount: null,
};
const sourceApprover: PlanAudience = { ...approver, forTenantId: sourceId };
const observer: PlanAudience = { role: 'observer', tenantId: sourceId };
const channel: PlanAudience = { role: 'channel', tenantId: sourceId, userIds: ['29:omar', '29:mina'] };

const draw =
  (audience: PlanAudience, make: (cast: Cast, count: number) => PlanRecord): SampleMaker =>
  (cast, count) =>
    renderPlanCard(make(cast, count), cast.link, audience, now);

const setup =
  (state: PlanRecord['state'], rest: (cast: Cast, count: number) => Partial<PlanRecord> = () => ({})) =>
  (cast: Cast, count: number) =>
    planRecord(cast, 'setup', state, setupSteps(cast, count), rest(cast, count));

const bothApproved = (cast: Cast) => [
  approved(cast, 'target', '2026-11-23T10:04:00Z'),
  approved(cast, 'source', '2026-11-23T10:06:00Z'),
];

const ended =
  (done: (count: number) => number, state: 'failed' | 'unknown' | 'verified') =>
  (cast: Cast, count: number) => ({
    decisions: bothApproved(cast),
    runs: runsOf(setupSteps(cast, count), done(count), state),
    startedAt: '2026-11-23T10:06:00Z',
    finishedAt: '2026-11-23T10:09:00Z',
  });

const unknown = (cast: Cast, count: number) => ({
  ...ended(() => 6, 'unknown')(cast, count),
  ending: {
    code: 'graph-ambiguous',
    text: 'Graph did not answer a write.',
    remedy: 'Check the link, then plan the rest.',
  },
});

const asked = (cast: Cast) => ({
  questions: [
    {
      number: 1,
      person: cast.targetApprover,
      forTenantId: targetId,
      question: cast.words,
      askedAt: '2026-11-23T10:03:00Z',
      answer: cast.words,
      answeredAt: '2026-11-23T10:05:00Z',
    },
    {
      number: 2,
      person: cast.targetApprover,
      forTenantId: targetId,
      question: cast.words,
      askedAt: '2026-11-23T10:06:00Z',
      answer: null,
      answeredAt: null,
    },
  ],
});

const outcome = {
  result: 'Success',
  action: 'Create',
  steps: [
    {
      name: 'EntryImportAdd',
      type: 'Import',
      status: 'Success',
      description: "Received user 'bob@contoso.com' change of type (Add)",
    },
    {
      name: 'EntrySynchronizationScoping',
      type: 'Scoping',
      status: 'Success',
      description: 'Determined as in scope',
    },
    {
      name: 'EntrySynchronizationMatching',
      type: 'Matching',
      status: 'Success',
      description: 'No match was found',
    },
    { name: 'EntryExportAdd', type: 'Export', status: 'Success', description: 'Created in the target' },
  ],
  modifiedProperties: Array.from({ length: 14 }, (_, index) => ({
    displayName: `attribute${index + 1}`,
    newValue: `value ${index + 1}`,
  })),
};

/** Every card of a plan, by template and by what it shows. */
export const planMakers: readonly Maker[] = [
  { card: 'plan', of: 'setup', draw: draw(requester, setup('draft')) },
  {
    card: 'plan',
    of: 'preview',
    draw: draw(
      observer,
      setup('draft', () => ({ id: '' })),
    ),
  },
  {
    card: 'plan',
    of: 'start',
    draw: draw(requester, (cast) => planRecord(cast, 'start', 'draft', smallSteps(cast, 'start'))),
  },
  {
    card: 'plan',
    of: 'try',
    draw: draw(requester, (cast) => planRecord(cast, 'try', 'draft', smallSteps(cast, 'try'))),
  },
  {
    card: 'plan',
    of: 'restart',
    draw: draw(requester, (cast) => planRecord(cast, 'restart', 'draft', smallSteps(cast, 'restart'))),
  },
  {
    card: 'result',
    of: 'restarted',
    draw: draw(requester, (cast) =>
      planRecord(cast, 'restart', 'applied', smallSteps(cast, 'restart'), {
        runs: runsOf(smallSteps(cast, 'restart'), 1).map((run) => ({
          ...run,
          outcome: { state: 'Active', quarantine: null },
        })),
      }),
    ),
  },
  { card: 'approval', of: 'target', draw: draw(approver, setup('submitted')) },
  {
    card: 'approval',
    of: 'source',
    draw: draw(
      sourceApprover,
      setup('submitted', (cast) => ({ decisions: [approved(cast, 'target', '2026-11-23T10:04:00Z')] })),
    ),
  },
  {
    card: 'waiting',
    of: 'requester',
    draw: draw(
      requester,
      setup('submitted', (cast) => ({ decisions: [approved(cast, 'target', '2026-11-23T10:04:00Z')] })),
    ),
  },
  {
    card: 'waiting',
    of: 'asked',
    draw: draw({ ...requester, timeZone: 'Europe/Berlin' }, setup('submitted', asked)),
  },
  {
    card: 'waiting',
    of: 'unreached',
    draw: (cast, count) =>
      draw({ ...requester, unreached: { people: [cast.targetApprover], isPlace: true } }, setup('submitted'))(
        cast,
        count,
      ),
  },
  {
    card: 'waiting',
    of: 'handed over',
    draw: (cast, count) => draw({ ...approver, handedTo: cast.requester }, setup('submitted'))(cast, count),
  },
  {
    card: 'approval',
    of: 'asked',
    draw: draw({ ...approver, timeZone: 'America/New_York' }, setup('submitted', asked)),
  },
  {
    card: 'plan-changes',
    of: '',
    draw: (cast, count) =>
      planChangesCard({
        record: setup('submitted')(cast, count),
        link: cast.link,
        tenantIds: [sourceId, targetId],
        from: count > 12 ? 7 : 1,
      }),
  },
  {
    card: 'result',
    of: 'close',
    draw: draw(approver, setup('needs-attention', unknown)),
  },
  {
    card: 'result',
    of: 'closed',
    draw: draw(
      requester,
      setup('applied', (cast, count) => ({
        ...ended(() => 6, 'unknown')(cast, count),
        ending: {
          code: 'closed',
          text: `${cast.targetApprover.displayName} closed it: ${cast.words} What was read back then equals the plan.`,
          remedy: 'Nothing is left to do.',
        },
      })),
    ),
  },
  { card: 'waiting', of: 'observer', draw: draw(observer, setup('submitted')) },
  { card: 'waiting', of: 'draft', draw: draw(observer, setup('draft')) },
  { card: 'channel-plan', of: 'submitted', draw: draw(channel, setup('submitted')) },
  {
    card: 'channel-plan',
    of: 'running',
    draw: draw(
      channel,
      setup('applying', (cast, count) => ({
        decisions: bothApproved(cast),
        runs: runsOf(setupSteps(cast, count), 5),
      })),
    ),
  },
  {
    card: 'progress',
    of: 'approved',
    draw: draw(
      requester,
      setup('approved', (cast) => ({ decisions: bothApproved(cast) })),
    ),
  },
  {
    card: 'progress',
    of: 'running',
    draw: draw(
      requester,
      setup('applying', (cast, count) => ({
        runs: runsOf(setupSteps(cast, count), 5),
        startedAt: '2026-11-23T10:06:00Z',
      })),
    ),
  },
  {
    card: 'result',
    of: 'done',
    draw: draw(
      requester,
      setup(
        'applied',
        ended((count) => 8 + count, 'verified'),
      ),
    ),
  },
  {
    card: 'result',
    of: 'failed',
    draw: draw(
      requester,
      setup('failed', (cast, count) => ({
        ...ended(() => 5, 'failed')(cast, count),
        ending: {
          code: 'permission-missing',
          text: 'Graph refused a write for want of a permission.',
          remedy: 'Ask a Privileged Role Administrator to consent to the Write pack, then plan it again.',
        },
      })),
    ),
  },
  {
    card: 'result',
    of: 'attention',
    draw: draw(requester, setup('needs-attention', unknown)),
  },
  {
    card: 'result',
    of: 'rejected',
    draw: draw(
      requester,
      setup('rejected', (cast) => ({
        decisions: [
          { ...approved(cast, 'target', '2026-11-23T10:04:00Z'), decision: 'rejected', reason: cast.words },
        ],
        ending: {
          code: 'rejected',
          text: `Rejected by ${cast.targetApprover.displayName}.`,
          remedy: 'Talk to them, then plan it again.',
        },
      })),
    ),
  },
  {
    card: 'result',
    of: 'stale',
    draw: draw(
      requester,
      setup('stale', () => ({
        ending: {
          code: 'stale',
          text: 'Somebody changed the partner entry since.',
          remedy: 'Plan it again: the new plan starts from what is there now.',
        },
      })),
    ),
  },
  {
    card: 'result',
    of: 'started',
    draw: draw(requester, (cast) =>
      planRecord(cast, 'start', 'applied', smallSteps(cast, 'start'), {
        runs: runsOf(smallSteps(cast, 'start'), 1),
        finishedAt: '2026-11-23T10:09:00Z',
      }),
    ),
  },
  {
    card: 'try',
    of: 'plan',
    draw: draw(requester, (cast) =>
      planRecord(cast, 'try', 'applied', smallSteps(cast, 'try'), {
        runs: runsOf(smallSteps(cast, 'try'), 1).map((run) => ({ ...run, outcome })),
        finishedAt: '2026-11-23T10:09:00Z',
      }),
    ),
  },
];
