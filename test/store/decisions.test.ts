import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import {
  insertDecision,
  insertQuorums,
  listDecisions,
  listQuorums,
  saveCandidates,
  type NewDecision,
} from '../../src/store/decisions';
import { rowsOf } from '../../src/store/rows';
import { dialects, openTestStore, type TestStore } from '../helpers/stores';

/** The quorum is held by the database itself: rows are inserted here without any of our code (I10). */
describe.each(dialects)('decisions on %s', (dialect) => {
  let opened: TestStore;
  beforeAll(async () => {
    opened = await openTestStore(dialect);
  }, 120_000);
  afterAll(async () => opened.end(), 60_000);

  interface Row {
    readonly planId: string;
    readonly revision?: number;
    readonly forTenantId?: string;
    readonly tenantId?: string;
    readonly objectId?: string;
    readonly isDistinct?: boolean;
  }

  const insert = (row: Row) =>
    opened.store.db.execute(sql`insert into decisions (plan_id, revision, for_tenant_id, person_tenant_id,
      person_object_id, person_name, decision, authority, surface, is_distinct) values (${row.planId},
      ${row.revision ?? 1}, ${row.forTenantId ?? 'aa'}, ${row.tenantId ?? 'aa'}, ${row.objectId ?? 'one'}, 'One',
      'approved', 'role', 'execute', ${row.isDistinct ?? false})`);
  const count = async (planId: string) =>
    Number(
      rowsOf<{ n: string }>(
        await opened.store.db.execute(sql`select count(*) as n from decisions where plan_id = ${planId}`),
      )[0]?.n,
    );

  it.each<[string, Partial<Row>, boolean]>([
    ['the same person again', {}, false],
    ['another person', { objectId: 'two' }, true],
    ['the same object id of another tenant', { tenantId: 'bb' }, true],
    ['the same person for another tenant, which T2 allows a delegate', { forTenantId: 'bb' }, true],
    ['the same person for a new revision', { revision: 2 }, true],
    ['the same person in capital letters', { objectId: 'ONE' }, false],
    ['the same tenant in capital letters', { tenantId: 'AA' }, false],
  ])('%s', async (_name, change, isTaken) => {
    const planId = randomUUID();
    await insert({ planId });
    const second = insert({ planId, ...change });
    if (isTaken) await second;
    else await expect(second).rejects.toThrow();
    expect(await count(planId)).toBe(isTaken ? 2 : 1);
  });

  it('wants different people for different tenants where that is asked', async () => {
    const planId = randomUUID();
    await insert({ planId, isDistinct: true });
    await expect(insert({ planId, isDistinct: true, forTenantId: 'bb' })).rejects.toThrow();
    await insert({ planId, isDistinct: true, forTenantId: 'bb', objectId: 'two' });
    expect(await count(planId)).toBe(2);
  });

  it('keeps one row of a hundred that come at once', async () => {
    const planId = randomUUID();
    const all = await Promise.allSettled(Array.from({ length: 100 }, () => insert({ planId })));
    expect(all.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    expect(await count(planId)).toBe(1);
  });

  describe('through our code', () => {
    const one = { tenantId: 'aa', objectId: 'one', displayName: 'One' };
    const vote = (planId: string, more: Partial<NewDecision> = {}): NewDecision => ({
      planId,
      revision: 1,
      person: one,
      forTenantId: 'aa',
      decision: 'approved',
      reason: 'fine',
      authority: 'role',
      surface: 'execute',
      ...more,
    });

    it('says whether a voice is the first of its person, and keeps all of it', async () => {
      const { db } = opened.store;
      const planId = randomUUID();
      expect(await insertDecision(db, vote(planId))).toBe(true);
      expect(await insertDecision(db, vote(planId, { decision: 'rejected' }))).toBe(false);
      expect(await insertDecision(db, vote(planId, { forTenantId: 'bb', reason: null }))).toBe(true);
      expect(await insertDecision(db, vote(planId, { revision: 2 }))).toBe(true);
      const shown = { person: one, decision: 'approved', authority: 'role' };
      const at = expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as string;
      expect(await listDecisions(db, planId, 1)).toEqual([
        { ...shown, forTenantId: 'aa', reason: 'fine', at },
        { ...shown, forTenantId: 'bb', reason: null, at },
      ]);
      expect(await listDecisions(db, planId, 2)).toHaveLength(1);
      expect(await listDecisions(db, randomUUID(), 1)).toEqual([]);
    });

    it('keeps whom each tenant was asked of, and asks one of them anew', async () => {
      const { db } = opened.store;
      const planId = randomUUID();
      const two = { ...one, objectId: 'two' };
      const quorums = [
        { tenantId: 'aa', needed: 2, candidates: [one] },
        { tenantId: 'bb', needed: 1, candidates: [two] },
      ];
      await insertQuorums(db, planId, 1, []);
      expect(await listQuorums(db, planId, 1)).toEqual([]);
      await insertQuorums(db, planId, 1, quorums);
      await insertQuorums(db, planId, 2, quorums);
      await saveCandidates(db, planId, 1, { ...quorums[0]!, needed: 9, candidates: [one, two] });
      const byTenant = async (revision: number) =>
        (await listQuorums(db, planId, revision)).toSorted((a, b) => (a.tenantId < b.tenantId ? -1 : 1));
      expect(await byTenant(1)).toEqual([{ ...quorums[0], candidates: [one, two] }, quorums[1]]);
      expect(await byTenant(2)).toEqual(quorums);
    });
  });
});
