import {
  affectedPeople,
  approvalSeconds,
  canarySize,
  changedTenantIds,
  createsPartner,
  decideTier,
  isDestructive,
  neededApprovals,
  typedCount,
} from '../../src/plan/tier';
import type { PlanSubject } from '../../src/plan/subject';
import type { PlanKind, PlannedStep, Tier } from '../../src/plan/types';

function step(tenantId: string, tier: Tier, affectedUsers = 0, operation = 'partners.update'): PlannedStep {
  const change = { operation, title: '', fields: [], parameters: {}, affectedUsers, undo: true } as const;
  const words = { title: '', meaning: '', roleTemplateIds: [] };
  return { name: 'job', side: 'source', tenantId, tier, ...words, changes: [change] };
}

const plan = (kind: PlanKind, ...steps: PlannedStep[]) => ({ kind, steps });

describe('the tier of a plan', () => {
  it.each<[string, ReturnType<typeof plan>, boolean, Tier]>([
    ['is that of its highest step', plan('setup', step('aa', 'T1'), step('aa', 'T2')), false, 'T2'],
    ['stays for 25 people', plan('setup', step('aa', 'T2', 25)), false, 'T2'],
    ['rises for 26 people', plan('setup', step('aa', 'T2', 26)), false, 'T3'],
    ['rises for two tenants', plan('setup', step('aa', 'T2'), step('bb', 'T2')), false, 'T3'],
    [
      'rises once for two tenants and many people',
      plan('try', step('aa', 'T1', 99), step('bb', 'T1')),
      false,
      'T2',
    ],
    ['rises for an administrator', plan('try', step('aa', 'T1', 1)), true, 'T2'],
    ['stays T1 for one user', plan('try', step('aa', 'T1', 1)), false, 'T1'],
    ['stays T1 for a start that many notice', plan('start', step('aa', 'T1', 500)), false, 'T1'],
    [
      'stays T2 for a new partner entry, with two tenants and many people',
      plan('setup', step('bb', 'T2', 0, 'partners.create'), step('aa', 'T2', 500)),
      false,
      'T2',
    ],
  ])('%s', (_name, content, isPrivileged, tier) => {
    const decided = decideTier(content, isPrivileged);
    expect(decided.tier).toBe(tier);
    const highest = content.steps
      .map((one) => one.tier)
      .sort()
      .at(-1);
    expect(decided.raise === null).toBe(tier === highest);
  });

  it('asks one person per changed tenant, or two of one tenant for T3, and nobody for T1', () => {
    const two = { steps: [step('bb', 'T2'), step('aa', 'T2')] };
    const one = { steps: [step('aa', 'T2', 40)] };
    const needs = (tier: Tier, content: { steps: PlannedStep[] }) =>
      neededApprovals(tier, content).map(({ tenantId, needed }) => `${tenantId}:${needed}`);
    expect(needs('T2', two)).toEqual(['bb:1', 'aa:1']);
    expect(needs('T2', one)).toEqual(['aa:1']);
    expect(needs('T3', two)).toEqual(['bb:1', 'aa:1']);
    expect(needs('T3', one)).toEqual(['aa:2']);
    expect(needs('T1', one)).toEqual([]);
    expect([typedCount('T3', one), typedCount('T2', one)]).toEqual([40, null]);
    expect([approvalSeconds('T2'), approvalSeconds('T3')]).toEqual([86_400, 28_800]);
  });
});

describe('why a tier rises', () => {
  const raiseOf = (kind: PlanKind, steps: PlannedStep[], isPrivileged = false, subject?: unknown) =>
    decideTier({ kind, steps, subject: subject as PlanSubject }, isPrivileged);
  const user = (acceptsLockout: boolean) => ({ type: 'user', userId: 'u', acceptsLockout });

  it('is said', () => {
    expect(raiseOf('setup', [step('aa', 'T1', 26)])).toEqual({ tier: 'T2', raise: '26 people are affected' });
    expect(raiseOf('setup', [step('aa', 'T1'), step('bb', 'T1')])).toEqual({
      tier: 'T2',
      raise: 'two tenants are changed',
    });
    expect(raiseOf('try', [step('aa', 'T1')], true)).toEqual({
      tier: 'T2',
      raise: 'an administrator is affected',
    });
    expect(raiseOf('try', [step('aa', 'T1')], false, user(true))).toEqual({
      tier: 'T2',
      raise: 'the user may be locked out',
    });
  });

  it('is nothing for the tier of the steps as it is', () => {
    expect(decideTier({ kind: 'try', steps: [step('aa', 'T1')] })).toEqual({ tier: 'T1', raise: null });
    expect(raiseOf('try', [step('aa', 'T1')], false, user(false))).toEqual({ tier: 'T1', raise: null });
    expect(raiseOf('try', [step('aa', 'T1')], false, { type: 'group', acceptsLockout: true })).toEqual({
      tier: 'T1',
      raise: null,
    });
    expect(raiseOf('try', [step('aa', 'T2')], false, null)).toEqual({ tier: 'T2', raise: null });
  });

  it('is not that both halves of automatic redemption are switched', () => {
    const halves = [step('aa', 'T2'), step('bb', 'T2')];
    expect(raiseOf('redeem', halves)).toEqual({ tier: 'T2', raise: null });
    expect(raiseOf('redeem', [step('aa', 'T2', 26)]).tier).toBe('T3');
    expect(raiseOf('redeem', halves, true).tier).toBe('T3');
  });

  it.each<PlanKind>(['start', 'pause', 'restart', 'default', 'unfreeze'])('is nothing for %s', (kind) => {
    expect(raiseOf(kind, [step('aa', 'T1', 99), step('bb', 'T1')], true)).toEqual({
      tier: 'T1',
      raise: null,
    });
  });

  it('stays at the highest tier there is', () => {
    expect(raiseOf('setup', [step('aa', 'T3', 99)])).toMatchObject({ tier: 'T3' });
  });

  it('is nothing only for a setup that makes a partner entry', () => {
    const steps = [step('aa', 'T2', 99, 'partners.create')];
    expect([raiseOf('setup', steps).tier, raiseOf('scope-set', steps).tier]).toEqual(['T2', 'T3']);
    expect(raiseOf('setup', [step('aa', 'T2', 99, 'partners.update')]).tier).toBe('T3');
    expect(createsPartner({ kind: 'setup', steps: [step('aa', 'T2'), ...steps] })).toBe(true);
    const [both] = steps;
    const changes = [...step('aa', 'T2').changes, ...both!.changes];
    expect(createsPartner({ kind: 'setup', steps: [{ ...both!, changes }] })).toBe(true);
    expect(createsPartner({ kind: 'scope-set', steps })).toBe(false);
    expect(createsPartner({ kind: 'setup', steps: [step('aa', 'T2')] })).toBe(false);
  });

  it('is never less for taking something back', () => {
    const undo = (tier: Tier, kind: PlanKind = 'try') => ({ type: 'undo', planId: 'PL-0007', kind, tier });
    const small = [step('aa', 'T1', 1)];
    expect(raiseOf('undo', small, false, undo('T3'))).toEqual({ tier: 'T3', raise: 'PL-0007 was T3' });
    expect(raiseOf('undo', small, false, undo('T1'))).toEqual({ tier: 'T1', raise: null });
    expect(raiseOf('undo', [step('aa', 'T2', 26)], false, undo('T1'))).toEqual({
      tier: 'T3',
      raise: '26 people are affected',
    });
    expect(raiseOf('undo', [step('aa', 'T1', 99)], false, undo('T1', 'start')).tier).toBe('T1');
    expect(raiseOf('undo', small, true, undo('T1')).tier).toBe('T2');
  });
});

describe('what a plan does', () => {
  const changes = [...step('aa', 'T1').changes, ...step('aa', 'T1', 0, 'jobs.delete').changes];
  const withDeletion = { ...step('aa', 'T1'), changes };

  it('counts the people of the step that affects most', () => {
    const [one] = step('aa', 'T2', 3).changes;
    const three = { ...step('aa', 'T2'), changes: [one!, { ...one!, affectedUsers: 4 }] };
    expect(affectedPeople({ steps: [step('aa', 'T2', 5), three, step('aa', 'T2', 6)] })).toBe(7);
    expect(affectedPeople({ steps: [] })).toBe(0);
  });

  it('names each changed tenant once, in order', () => {
    expect(changedTenantIds({ steps: [step('bb', 'T1'), step('aa', 'T1'), step('bb', 'T1')] })).toEqual([
      'bb',
      'aa',
    ]);
  });

  it.each<[string, boolean, PlannedStep[]]>([
    ['deletes', true, [step('aa', 'T1', 0, 'jobs.delete')]],
    ['removes in one of its steps', true, [step('aa', 'T1'), step('aa', 'T1', 0, 'phones.removeMobile')]],
    ['takes an assignment back', true, [step('aa', 'T2', 0, 'appRoles.UnassignUser')]],
    ['has a step for two people', true, [step('aa', 'T1'), step('aa', 'T3')]],
    ['changes', false, [step('aa', 'T2')]],
    ['changes and deletes', true, [withDeletion]],
    ['only sounds like it', false, [step('aa', 'T2', 0, 'deletedItems.restore')]],
    ['lifts a freeze', false, [{ ...step('aa', 'T3'), name: 'lift-freeze-source' as const }]],
    [
      'lifts a freeze and deletes',
      true,
      [{ ...step('aa', 'T3'), name: 'lift-freeze-source' as const }, step('aa', 'T1', 0, 'jobs.delete')],
    ],
  ])('%s: destructive is %s', (_name, isSo, steps) => {
    expect(isDestructive({ steps })).toBe(isSo);
  });
});

describe('the first changes of a plan', () => {
  const [one] = step('aa', 'T2').changes;
  const ofMany = (count: number): PlannedStep => ({
    ...step('aa', 'T2'),
    changes: Array.from({ length: count }, () => one!),
  });

  it.each([
    [3, null],
    [4, 1],
    [9, 1],
    [10, 5],
    [60, 5],
  ])('of %s are %s', (count, size) => {
    expect(canarySize({ kind: 'assign', steps: [ofMany(count)] })).toBe(size);
    expect(canarySize({ kind: 'unassign', steps: [ofMany(count)] })).toBe(size);
  });

  it('are approved with the rest where changes need each other, or there are none', () => {
    expect(canarySize({ kind: 'setup', steps: [ofMany(20)] })).toBeNull();
    expect(canarySize({ kind: 'assign', steps: [ofMany(20), ofMany(20)] })).toBeNull();
    expect(canarySize({ kind: 'assign', steps: [] })).toBeNull();
  });
});
