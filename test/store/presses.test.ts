import {
  findPress,
  insertDecidedPress,
  insertPress,
  savePressOutcome,
  type NewPress,
} from '../../src/store/presses';
import { dialects, openTestStore, type TestStore } from '../helpers/stores';

describe.each(dialects)('presses on %s', (dialect) => {
  let opened: TestStore;
  let activities = 0;
  beforeAll(async () => {
    opened = await openTestStore(dialect);
  }, 120_000);
  afterAll(async () => opened.end(), 60_000);

  const pressOf = (nonce: string, changes: Partial<NewPress> = {}): NewPress => ({
    activityId: `activity-${(activities += 1)}`,
    person: { tenantId: 'aa', objectId: 'ann-id', displayName: 'ann' },
    ...{ planId: 'PL-0001', revision: 1, verb: 'approve', request: { nonce } },
    ...changes,
  });
  const insert = (press: NewPress) => opened.store.transaction((tx) => insertPress(tx, press));
  const save = (id: string, type: string) =>
    opened.store.transaction((tx) => savePressOutcome(tx, id, { type }));

  it('keep the outcome that came first, and give it to whoever comes later (I20)', async () => {
    const { press } = await insert(pressOf('first'));
    expect(await save(press.id, 'recorded')).toEqual({ type: 'recorded' });
    expect(await save(press.id, 'already-decided')).toEqual({ type: 'recorded' });
    expect((await findPress(opened.store.db, press.id))?.outcome).toEqual({ type: 'recorded' });
  });

  it('join the very same request of the same person while it is being decided, and no other', async () => {
    const first = await insert(pressOf('joined'));
    expect(first.isNew).toBe(true);
    const again = await insert(pressOf('joined'));
    expect(again).toMatchObject({ isNew: false, press: { id: first.press.id } });
    const person = { tenantId: 'aa', objectId: 'bob-id', displayName: 'bob' };
    for (const other of [pressOf('another'), pressOf('joined', { person })]) {
      expect((await insert(other)).isNew).toBe(true);
    }
    await save(first.press.id, 'recorded');
    expect((await insert(pressOf('joined'))).isNew).toBe(true);
  });

  it('that joined are kept with what they were told, and told it again (I20)', async () => {
    const joined = pressOf('kept');
    const keep = (type: string) => opened.store.transaction((tx) => insertDecidedPress(tx, joined, { type }));
    const kept = await keep('recorded');
    expect(kept).toMatchObject({ activityId: joined.activityId, outcome: { type: 'recorded' } });
    expect(kept.doneAt).not.toBeNull();
    expect(await keep('superseded')).toEqual(kept);
    expect(await insert(joined)).toMatchObject({ isNew: false, press: { id: kept.id } });
  });
});
