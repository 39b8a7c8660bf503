import { sql } from 'drizzle-orm';
import { imageOpener } from '../../src/jobs/open-image';
import type { PlanSubject } from '../../src/plan/subject';
import { stepsOf } from '../../src/steps';
import { undoStepsWith } from '../../src/steps/undo/undo-steps';
import { forgetSealed, listChangeRunRows } from '../../src/store/change-runs';
import { rowsOf } from '../../src/store/rows';
import { readRecord } from '../../src/store/records';
import { createSealer, type Sealer } from '../../src/store/seal';
import { openTestStore, type TestStore } from '../helpers/stores';
import { testKey, testSealer } from '../helpers/test-sealer';
import { syncOptions } from '../simulator/sync/linked';
import { startStepWorld, type StepWorld } from '../steps/support/step-world';
import { planRunner, type PlanRunner } from './support/plan-runner';

jest.setTimeout(120_000);

describe('the undo of a plan about a phone', () => {
  let opened: TestStore;
  let world: StepWorld;
  let runner: PlanRunner;
  let sealer: Sealer | undefined;

  beforeAll(async () => {
    opened = await openTestStore();
    runner = planRunner(
      opened,
      () => world,
      () => ({
        ...(sealer ? { sealer } : {}),
        steps: {
          ...stepsOf,
          undo: undoStepsWith(imageOpener({ store: opened.store, ...(sealer ? { sealer } : {}) })),
        },
      }),
    );
  }, 120_000);
  afterAll(async () => opened.end());
  beforeEach(async () => {
    sealer = testSealer;
    world = await startStepWorld();
    await syncOptions(world.simulator, { replicationMs: 0 });
  });
  afterEach(async () => world.close());

  const subject = (phoneType: 'mobile' | null): PlanSubject => ({
    type: 'user',
    command: '',
    displayName: 'Alice',
    userId: world.simulator.personId('alice'),
    userPrincipalName: 'alice@contoso.com',
    phoneType,
  });
  const remove = () => ({ kind: 'phone-remove', subject: subject('mobile'), desired: null }) as const;

  async function phones(): Promise<readonly Record<string, string>[]> {
    const path = `/v1.0/users/${world.simulator.personId('alice')}/authentication/phoneMethods`;
    return ((await world.simulator.graph('con', 'GET', path)).body as { value: Record<string, string>[] })
      .value;
  }
  const numberOf = async () =>
    (await phones()).find(({ phoneType }) => phoneType === 'mobile')?.['phoneNumber'];

  /** Every row of every table, as text. */
  async function everything(): Promise<string> {
    const { db } = opened.store;
    const names = rowsOf<{ name: string }>(
      await db.execute(
        sql`select table_name as name from information_schema.tables where table_schema = 'public'`,
      ),
    );
    const texts: string[] = [];
    for (const { name } of names) {
      const rows = await db.execute(
        sql`select row_to_json(one)::text as row from ${sql.identifier(name)} as one`,
      );
      texts.push(...rowsOf<{ row: string }>(rows).map(({ row }) => row));
    }
    return texts.join('\n');
  }

  it('turns SMS sign-in on again', async () => {
    const record = await runner.done({ kind: 'fix-sms', subject: subject(null), desired: null });
    const { left, ...undo } = await runner.undoOf(record);
    expect(left).toEqual([]);
    expect((await phones())[0]).toMatchObject({ smsSignInState: 'notEnabled' });
    await runner.done(undo);
    expect((await phones())[0]).toMatchObject({ smsSignInState: 'ready' });
  });

  it('registers the deleted number again, which stands nowhere in the database in clear', async () => {
    const number = (await numberOf()) ?? '';
    expect(number).toMatch(/^\+\d/);
    const record = await runner.done(remove());
    expect(await numberOf()).toBeUndefined();
    const undone = await runner.done(await runner.undoOf(record));
    expect(undone.tier).toBe('T3');
    expect(await numberOf()).toBe(number);
    const text = await everything();
    const digits = number.replace(/\D/g, '');
    expect(text).toContain(record.id);
    expect(text).not.toContain(number);
    expect(text).not.toContain(digits);
    expect(text).not.toContain(digits.slice(-7));
  });

  it('opens with an older key, and without it says so and writes nothing', async () => {
    const number = await numberOf();
    const record = await runner.done(remove());
    sealer = createSealer([testKey('n')]);
    const planId = await runner.approved(await runner.undoOf(record));
    await expect(runner.apply(planId)).resolves.toEqual({ type: 'ended', state: 'failed' });
    expect(await numberOf()).toBeUndefined();
    expect((await readRecord(opened.store.db, planId))?.ending).toMatchObject({
      code: 'bad-settings',
      remedy: expect.stringContaining('BEFORE_IMAGE_KEYS'),
    });
    sealer = createSealer([testKey('n'), testKey('k')]);
    await runner.done(await runner.undoOf(record));
    expect(await numberOf()).toBe(number);
  });

  it('deletes no phone whose number it could not keep', async () => {
    sealer = undefined;
    const planId = await runner.approved(remove());
    await expect(runner.apply(planId)).resolves.toEqual({ type: 'ended', state: 'failed' });
    expect(await numberOf()).toMatch(/^\+\d/);
  });

  it('says after a month that the number is not kept any more', async () => {
    const record = await runner.done(remove());
    await opened.store.db.execute(
      sql`update change_runs set at = clock_timestamp() - interval '29 days' where plan_id = ${record.id}`,
    );
    await forgetSealed(opened.store.db);
    expect((await runner.assess(record)).left).toEqual([]);
    await opened.store.db.execute(
      sql`update change_runs set at = clock_timestamp() - interval '31 days' where plan_id = ${record.id}`,
    );
    await forgetSealed(opened.store.db);
    expect((await listChangeRunRows(opened.store.db, record.id))[0]?.sealed).toBeNull();
    const { parts, left } = await runner.assess(record);
    expect(parts).toEqual([]);
    expect(left[0]?.reason).toContain('not kept');
  });
});
