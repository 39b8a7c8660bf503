import { renderPlanCard } from '../../src/cards/render-plan-card';
import { neededApprovals } from '../../src/plan/tier';
import type { PlanAudience, PlanKind, PlanRecord, PlanState } from '../../src/plan/types';
import { faultsOf } from './lint';
import { contoso, sourceId, targetId } from './samples/cast';
import { approved, now, planRecord, runsOf } from './samples/plan-records';
import { setupSteps, smallSteps } from './samples/plan-steps';
import { buttonTitles, nodesOf } from './walk';

const requester: PlanAudience = { role: 'requester', nonce: 'n-requester' };
const approver: PlanAudience = {
  role: 'approver',
  forTenantId: targetId,
  nonce: 'n-approver',
  hasDecided: false,
  typedCount: null,
};
const decided: PlanAudience = { ...approver, hasDecided: true };
const observer: PlanAudience = { role: 'observer', tenantId: sourceId };
const channel: PlanAudience = { role: 'channel', tenantId: sourceId, userIds: ['29:a'] };
const audiences = { requester, approver, decided, observer, channel };
const states: readonly PlanState[] = [
  'draft',
  'submitted',
  'approved',
  'applying',
  'applied',
  'failed',
  'needs-attention',
  'stale',
  'rejected',
  'withdrawn',
  'expired',
  'superseded',
];

const steps = setupSteps(contoso, 2);
const setup = (state: PlanState, rest: Partial<PlanRecord> = {}) =>
  planRecord(contoso, 'setup', state, steps, rest);
const draw = (record: PlanRecord, audience: PlanAudience) =>
  renderPlanCard(record, contoso.link, audience, now);
const decisions = (card: unknown) =>
  nodesOf(card).flatMap((node) => {
    const data = node['data'] as Record<string, unknown> | undefined;
    return node['type'] === 'Action.Execute' && data && 'decision' in data ? [data] : [];
  });
const verbs = (card: unknown) => decisions(card).map((data) => data['decision']);

describe('renderPlanCard', () => {
  it('draws every state for every audience without a fault', () => {
    for (const kind of ['setup', 'start', 'pause', 'restart', 'try'] as PlanKind[]) {
      for (const state of states) {
        for (const [role, audience] of Object.entries(audiences)) {
          const own = kind === 'setup' ? steps : smallSteps(contoso, kind);
          const card = draw(planRecord(contoso, kind, state, own), audience);
          expect([kind, state, role, faultsOf(card)]).toEqual([kind, state, role, []]);
        }
      }
    }
  });

  it('offers the requester submit and discard on a draft, and withdraw while it waits; never approve', () => {
    expect(verbs(draw(setup('draft'), requester))).toEqual(['submit', 'discard']);
    expect(verbs(draw(setup('submitted'), requester))).toEqual(['withdraw']);
    for (const state of states) expect(verbs(draw(setup(state), requester))).not.toContain('approve');
  });

  it('asks for a reason where others approve, and for a confirmation where the requester does', () => {
    expect(JSON.stringify(draw(setup('draft'), requester))).toContain('"id":"reason"');
    const start = draw(planRecord(contoso, 'start', 'draft', smallSteps(contoso, 'start')), requester);
    expect(verbs(start)).toEqual(['confirm', 'discard']);
    expect(JSON.stringify(start)).not.toContain('"id":"reason"');
    expect(buttonTitles(start)).not.toContain('Edit plan');
  });

  it('offers an approver exactly approve and reject, once, and only while the plan waits', () => {
    expect(verbs(draw(setup('submitted'), approver))).toEqual(['approve', 'reject']);
    expect(verbs(draw(setup('submitted'), decided))).toEqual([]);
    for (const state of states.filter((one) => one !== 'submitted'))
      expect(verbs(draw(setup(state), approver))).toEqual([]);
  });

  it('gives observers and channels no decision', () => {
    for (const state of states) {
      expect(verbs(draw(setup(state), observer))).toEqual([]);
      expect(verbs(draw(setup(state), channel))).toEqual([]);
    }
  });

  it('carries plan, revision and nonce of the audience in a decision, and nothing else', () => {
    const data = { planId: 'PL-0031', revision: 4, nonce: 'n-approver' };
    expect(decisions(draw(setup('submitted', { revision: 4 }), approver))).toEqual([
      { decision: 'approve', ...data },
      { decision: 'reject', ...data },
    ]);
  });

  it('shows an approver the values of their own tenant and only the titles of the other', () => {
    const card = JSON.stringify(draw(setup('submitted'), approver));
    expect(card).toContain('isSyncAllowed');
    expect(card).not.toContain('ops@contoso');
    expect(card).not.toContain('Pilot 2');
    expect(card).toContain('Assign users and groups');
  });

  it('shows an observer no values at all', () => {
    const card = JSON.stringify(draw(setup('submitted'), observer));
    expect(card).not.toContain('userSyncInbound');
    expect(card).not.toContain('ops@contoso');
  });

  it.each(states)('tells a channel nothing that names affected people (%s)', (state) => {
    const record = planRecord(contoso, 'try', state, smallSteps(contoso, 'try'), {
      reason: 'for Bob Baker',
      runs: runsOf(smallSteps(contoso, 'try'), 0, 'failed'),
      ending: { code: 'x', text: 'Bob Baker is not there.', remedy: 'Ask bob@contoso.com.' },
    });
    const card = JSON.stringify(draw(record, channel));
    expect(card).not.toMatch(/Bob|bob/);
    expect(JSON.stringify(draw(setup(state, { reason: 'Pilot' }), channel))).not.toContain('Pilot');
  });

  it('asks a channel’s people to refresh while the plan can still move, and no longer', () => {
    expect(draw(setup('submitted'), channel)).toHaveProperty('refresh');
    expect(draw(setup('applied'), channel)).not.toHaveProperty('refresh');
  });

  it('says who approved and who is waited for', () => {
    const record = setup('submitted', { decisions: [approved(contoso, 'target', '2026-11-23T10:04:00Z')] });
    const card = JSON.stringify(draw(record, requester));
    expect(card).toContain('✓ Mina Moss, 23 Nov 2026, 10:04 UTC');
    expect(card).toContain('waiting for Omar Okafor');
  });

  it('says after a failure what was done, where it stopped and what to do', () => {
    const record = setup('failed', {
      runs: runsOf(steps, 3, 'failed'),
      ending: { code: 'permission-missing', text: 'Refused.', remedy: 'Consent to Write.' },
    });
    const card = draw(record, requester);
    const words = JSON.stringify(card);
    expect(words).toContain('stopped after 3 of 10 changes');
    expect(words).toContain('Consent to Write');
    expect(words).toContain('88888888-0000');
    expect(buttonTitles(card)).toContain('Plan it again');
  });

  it('does not claim that nothing was changed when something was', () => {
    const words = JSON.stringify(draw(setup('stale', { runs: runsOf(steps, 3, 'waiting') }), requester));
    expect(words).not.toContain('Nothing was changed');
    expect(words).toContain('3 of 10 changes were made before');
  });

  it('leads on after a set-up: start, try, undo', () => {
    const card = draw(setup('applied', { runs: runsOf(steps, 10) }), requester);
    expect(buttonTitles(card)).toEqual([
      'Start sync',
      'Try one user…',
      'Try this user',
      'Undo plan',
      'Show Graph request ids',
      'Show PowerShell',
    ]);
    expect(buttonTitles(draw(setup('applied', { runs: runsOf(steps, 10) }), observer))).toEqual([
      'Show Graph request ids',
      'Show PowerShell',
    ]);
  });

  it('says before the submission how many approvers of which tenant will be asked', () => {
    const words = JSON.stringify(draw(setup('draft'), requester));
    expect(words).toContain('one approver of Fabrikam and one approver of Contoso. I look for them');
    expect(words).not.toContain('nobody');
    const ofOne = { ...steps[0]!, tier: 'T3' as const };
    const t3 = planRecord(contoso, 'default', 'draft', [ofOne], { tier: 'T3', quorums: [] });
    const [needed] = neededApprovals('T3', t3.content);
    expect(JSON.stringify(draw(t3, requester))).toContain(`${needed?.needed} approvers of Fabrikam`);
  });

  it('shows changes and consequences of a plan that is only looked at, and no button', () => {
    const card = draw({ ...setup('draft'), id: '' }, observer);
    const words = JSON.stringify(card);
    expect(words).toContain('isSyncAllowed');
    expect(words).toContain('What it means');
    expect(words).not.toContain('Input.');
    expect(words).not.toContain('Action.Execute');
  });

  it('hides nothing of a long plan without saying so', () => {
    const record = planRecord(contoso, 'setup', 'draft', setupSteps(contoso, 500));
    expect(JSON.stringify(draw(record, requester))).toMatch(/and \d+ more changed fields/);
  });
});

it('asks the approver of a T3 plan to type how many people it affects', () => {
  const record = setup('submitted', { tier: 'T3' });
  const inputs = (typedCount: number | null) =>
    nodesOf(draw(record, { ...approver, role: 'approver', typedCount } as PlanAudience))
      .filter((node) => node['id'] === 'count')
      .map((node) => node['label']);
  expect(inputs(312)).toEqual(['Affected people: type 312 to approve']);
  expect(inputs(null)).toEqual([]);
});
