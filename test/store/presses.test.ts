import { findPress, insertPress, savePressOutcome } from '../../src/store/presses';
import { dialects, openTestStore, type TestStore } from '../helpers/stores';

describe.each(dialects)('presses on %s', (dialect) => {
  let opened: TestStore;
  beforeAll(async () => {
    opened = await openTestStore(dialect);
  }, 120_000);
  afterAll(async () => opened.end(), 60_000);

  it('keep the outcome that came first, and give it to whoever comes later (I20)', async () => {
    const { db } = opened.store;
    const { press } = await opened.store.transaction((tx) =>
      insertPress(tx, {
        activityId: 'activity-1',
        person: { tenantId: 'aa', objectId: 'ann-id', displayName: 'ann' },
        planId: 'PL-0001',
        revision: 1,
        verb: 'approve',
        request: {},
      }),
    );
    const save = (type: string) => opened.store.transaction((tx) => savePressOutcome(tx, press.id, { type }));
    expect(await save('recorded')).toEqual({ type: 'recorded' });
    expect(await save('already-decided')).toEqual({ type: 'recorded' });
    expect((await findPress(db, press.id))?.outcome).toEqual({ type: 'recorded' });
  });
});
