import { planEvidence } from '../../src/approvals/plan-evidence';
import { planStory } from '../../src/evidence/plan-story';
import { readableRecord } from '../../src/evidence/readable';
import type { PlanContent, PlannedStep, Side } from '../../src/plan/types';
import type { ChainRecord } from '../../src/store/chain';

const requester = { tenantId: 'aa', objectId: 'asker', displayName: 'asker' };

/** A step of two changes, `t1` and `t2` for tag `t`. */
function step(tag: string, side: Side): PlannedStep {
  const changes = [1, 2].map((count) => ({
    operation: 'partners.update',
    parameters: {},
    fields: [{ field: 'isSyncAllowed', before: null, after: `${tag}${count}` }],
    affectedUsers: 1,
    title: `${tag}${count}`,
    undo: true as const,
  }));
  const tenantId = side === 'source' ? 'aa' : 'bb';
  const rest = { name: 'partner-source', tier: 'T2', title: tag, meaning: '', roleTemplateIds: [] } as const;
  return { ...rest, side, tenantId, changes };
}

const content: PlanContent = {
  ...{ kind: 'setup', sourceTenantId: 'aa', targetTenantId: 'bb', requester, revision: 1 },
  ...{ policyVersion: 1, desired: null, subject: null },
  steps: [step('p', 'target'), step('q', 'source'), step('r', 'target')],
};

let sequence = 0;
function record(
  event: string,
  facts: ChainRecord['facts'],
  details: ChainRecord['details'] = {},
): ChainRecord {
  sequence += 1;
  const at = '2026-11-30T00:00:00.000Z';
  return { sequence, at, event, planId: 'PL-0001', actor: requester, facts, details };
}

/** As the chain keeps them: each tenant's details with their salt. */
function submitted(): ChainRecord {
  const { plan, details } = planEvidence(content);
  const salted = Object.entries(details).map(([tenantId, value]) => [tenantId, { salt: 's', value }]);
  return record('submitted', { plan, revision: 1 }, Object.fromEntries(salted) as ChainRecord['details']);
}

const seenBy = (records: readonly ChainRecord[], tenantIds: readonly string[]) =>
  planStory(records.map((one) => readableRecord(one, tenantIds)))!.writes.map(
    ({ title, state, attempts, fields }) => [title, state, attempts, fields?.[0]?.after],
  );

test('a plan that never ran is told change by change, to each tenant its own', () => {
  const planned = (title: string) => [title, 'planned', 0, title];
  expect(seenBy([submitted()], ['aa', 'bb'])).toEqual(['p1', 'p2', 'q1', 'q2', 'r1', 'r2'].map(planned));
  expect(seenBy([submitted()], ['aa'])).toEqual(['q1', 'q2'].map(planned));
  expect(seenBy([submitted()], ['bb'])).toEqual(['p1', 'p2', 'r1', 'r2'].map(planned));
});

test('what was begun stands first, and the rest after it', () => {
  const place = { stepIndex: 0, changeIndex: 0, tenantId: 'bb' };
  const begun = { salt: 's', value: { fields: content.steps[0]!.changes[0]!.fields } } as never;
  const records = [
    submitted(),
    record('write-intended', { ...place, title: 'p1', clientRequestId: 'c' }, { bb: begun }),
    record('write-resulted', { ...place, title: 'p1', state: 'verified' }),
  ];
  expect(seenBy(records, ['bb'])).toEqual([
    ['p1', 'verified', 1, 'p1'],
    ...['p2', 'r1', 'r2'].map((title) => [title, 'planned', 0, title]),
  ]);
  expect(seenBy(records, ['aa'])[0]).toEqual(['p1', 'verified', 1, undefined]);
});

test('without records there is no story', () => {
  expect(planStory([])).toBeNull();
});
