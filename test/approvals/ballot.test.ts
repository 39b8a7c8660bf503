import { notAllowed, refused, tooLate } from '../../src/approvals/ballot';
import type { DecisionVerb } from '../../src/approvals/outcome';
import type { PlanRecord, PlanState } from '../../src/plan/types';
import { contentWith, person, recordOf, stepIn, voice } from './support/plain-plan';

const content = contentWith([stepIn('aa', ['r1', 'r2']), stepIn('aa', ['r2', 'r3']), stepIn('bb', ['r4'])]);
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
const late = (verb: DecisionVerb, record: Partial<PlanRecord>, forTenantId: string | null = null) =>
  tooLate({
    request: {
      verb,
      planId: 'PL-0001',
      revision: 1,
      nonce: null,
      person: person('ann'),
      reason: null,
      typedCount: null,
      surface: 'text',
    },
    record: recordOf(content, record),
    forTenantId,
  });

describe('a first look at a wish', () => {
  it.each<[DecisionVerb, PlanState[]]>([
    ['submit', ['draft']],
    ['confirm', ['draft']],
    ['discard', ['draft']],
    ['approve', ['submitted']],
    ['reject', ['submitted']],
    ['withdraw', ['draft', 'submitted', 'approved']],
    ['close', ['needs-attention']],
    ['stop', ['approved', 'applying']],
  ])('lets %s through only while the plan is %j', (verb, right) => {
    expect(states.filter((state) => late(verb, { state }) === null)).toEqual(right);
  });

  it('says how the plan stands, and that its time is over', () => {
    expect(late('approve', { state: 'applied' })).toEqual({ type: 'wrong-state', state: 'applied' });
    expect(late('approve', { state: 'expired' })).toEqual({ type: 'expired' });
    expect(late('close', { state: 'expired' })).toEqual({ type: 'wrong-state', state: 'expired' });
    expect(late('stop', { state: 'expired' })).toEqual({ type: 'wrong-state', state: 'expired' });
  });

  const { at } = voice(person('ann'));
  const before = (state: PlanState) => ({
    type: 'already-decided',
    decision: 'approved',
    at,
    reason: 'so',
    state,
  });
  const mine = [voice(person('ben')), voice(person('ann'))];

  it('answers a voice that was given by what is stored, whatever has become of the plan', () => {
    for (const state of ['submitted', 'applied'] as const) {
      expect(late('approve', { state, decisions: mine })).toEqual(before(state));
      expect(late('reject', { state, decisions: mine })).toEqual(before(state));
    }
    expect(late('approve', { state: 'submitted', decisions: mine.slice(0, 1) })).toBeNull();
    expect(late('withdraw', { state: 'applied', decisions: mine })).toEqual(before('applied'));
    expect(late('withdraw', { state: 'submitted', decisions: mine })).toBeNull();
    expect(late('stop', { state: 'applied', decisions: mine })).toMatchObject({ type: 'wrong-state' });
    expect(late('close', { state: 'applied', decisions: mine })).toMatchObject({ type: 'wrong-state' });
  });

  it('takes a voice for each tenant, and one in all for T3', () => {
    const record = { state: 'submitted', decisions: mine } as const;
    expect(late('approve', record, 'bb')).toBeNull();
    expect(late('approve', record, 'aa')).toEqual(before('submitted'));
    expect(late('approve', { ...record, tier: 'T3' }, 'bb')).toEqual(before('submitted'));
    expect(late('approve', record, null)).toEqual(before('submitted'));
  });

  it('tells a second submit of the first', () => {
    const submittedAt = '2026-01-02T00:00:00.000Z';
    const record = { state: 'approved', submittedAt, reason: 'why' } as const;
    expect(late('submit', record)).toEqual({
      type: 'already-decided',
      decision: 'submitted',
      at: submittedAt,
      reason: 'why',
      state: 'approved',
    });
    expect(late('discard', record)).toEqual({ type: 'wrong-state', state: 'approved' });
    expect(late('submit', { ...record, submittedAt: null })).toEqual({
      type: 'wrong-state',
      state: 'approved',
    });
  });
});

describe('a refusal', () => {
  const record = recordOf(content, {
    quorums: [
      { tenantId: 'bb', needed: 1, candidates: [person('cat', 'bb')] },
      { tenantId: 'aa', needed: 1, candidates: [person('ben')] },
    ],
  });

  it.each(['no-role', 'eligible-only', 'affected'] as const)(
    'for %s says which roles and who could',
    (why) => {
      expect(notAllowed(record, 'aa', why)).toEqual({
        type: 'not-allowed',
        why,
        tenantId: 'aa',
        roleTemplateIds: ['r1', 'r2', 'r3'],
        whoMay: [person('ben')],
      });
    },
  );

  it.each(['stranger', 'unknown-person', 'guest', 'disabled', 'lookup-failed'] as const)(
    'for %s says nothing more (I13)',
    (why) => {
      const nothing = { roleTemplateIds: [], whoMay: [] };
      expect(notAllowed(record, 'aa', why)).toEqual({ type: 'not-allowed', why, tenantId: 'aa', ...nothing });
      expect(refused(why)).toEqual({ type: 'not-allowed', why, tenantId: null, ...nothing });
    },
  );

  it('without a tenant, or for one of which nobody was asked, names nobody', () => {
    const nothing = { type: 'not-allowed', why: 'no-role', roleTemplateIds: [], whoMay: [] };
    expect(notAllowed(record, null, 'no-role')).toEqual({ ...nothing, tenantId: null });
    expect(notAllowed(record, 'cc', 'no-role')).toEqual({ ...nothing, tenantId: 'cc' });
  });
});
