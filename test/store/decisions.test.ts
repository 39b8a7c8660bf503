import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
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
});
