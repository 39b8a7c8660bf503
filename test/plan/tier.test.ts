import { approvalSeconds, decideTier, neededApprovals, typedCount } from '../../src/plan/tier';
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
    expect(needs('T3', two)).toEqual(['bb:1', 'aa:1']);
    expect(needs('T3', one)).toEqual(['aa:2']);
    expect(needs('T1', one)).toEqual([]);
    expect([typedCount('T3', one), typedCount('T2', one)]).toEqual([40, null]);
    expect([approvalSeconds('T2'), approvalSeconds('T3')]).toEqual([86_400, 28_800]);
  });
});
