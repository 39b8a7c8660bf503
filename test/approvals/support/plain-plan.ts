import type { Decision, Person, PlannedStep, PlanContent, PlanRecord } from '../../../src/plan/types';

export const person = (name: string, tenantId = 'aa'): Person => ({
  tenantId,
  objectId: `${name}-id`,
  displayName: name,
});

export function stepIn(
  tenantId: string,
  roleTemplateIds: readonly string[] = ['role-a'],
  more: Partial<PlannedStep> = {},
): PlannedStep {
  const change = { operation: 'partners.update', title: '', fields: [], parameters: {}, affectedUsers: 1 };
  return {
    name: 'partner-source',
    side: 'source',
    tenantId,
    tier: 'T2',
    title: '',
    meaning: '',
    roleTemplateIds,
    changes: [{ ...change, undo: true }],
    ...more,
  };
}

/** `aa>bb`, asked for by "asker" of `aa`. */
export function contentWith(steps: readonly PlannedStep[], more: Partial<PlanContent> = {}): PlanContent {
  return {
    kind: 'assign',
    sourceTenantId: 'aa',
    targetTenantId: 'bb',
    requester: person('asker'),
    revision: 1,
    policyVersion: 1,
    desired: null,
    subject: null,
    steps,
    ...more,
  };
}

export function voice(who: Person, forTenantId = who.tenantId, more: Partial<Decision> = {}): Decision {
  const at = '2026-01-02T03:04:05.000Z';
  return { person: who, forTenantId, decision: 'approved', reason: 'so', authority: 'role-a', at, ...more };
}

export function recordOf(content: PlanContent, more: Partial<PlanRecord> = {}): PlanRecord {
  return {
    id: 'PL-0001',
    state: 'submitted',
    revision: 1,
    content,
    digest: 'd',
    tier: 'T2',
    tierRaise: null,
    reason: null,
    quorums: [],
    decisions: [],
    runs: [],
    questions: [],
    ending: null,
    createdAt: '',
    submittedAt: null,
    expiresAt: null,
    startedAt: null,
    finishedAt: null,
    ...more,
  };
}
