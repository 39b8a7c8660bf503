import { eq } from 'drizzle-orm';
import { everyKind } from '../helpers/every-kind';
import { applyPlan, type ApplyOutcome } from '../../src/plan/apply';
import { makePlan } from '../../src/plan/make';
import { BotError } from '../../src/errors';
import type { ApplyPorts, AuthorityCheck } from '../../src/plan/run';
import type { Link, Step } from '../../src/plan/types';
import { findBrokenLink, listAudit } from '../../src/store/audit';
import type { Store } from '../../src/store/db';
import type { Enqueue, Job } from '../../src/store/enqueue';
import { claimApproved, releaseAllLeases } from '../../src/store/executions';
import { currentDesired } from '../../src/store/links';
import { insertPlan, movePlan } from '../../src/store/plans';
import { readRecord } from '../../src/store/records';
import { plans } from '../../src/store/schema';
import { closedGraph, Crash, FakeWorld, fakeStep } from '../helpers/fake-steps';
import { dialects, openTestStore, type TestStore } from '../helpers/stores';

const desired = { userType: 'member', assignments: [], deletionGuard: 5, notificationMail: null } as const;
let linkNumber = 0;

describe.each(dialects)('applying a plan on %s', (dialect) => {
  let opened: TestStore;
  let world: FakeWorld;
  let link: Link;
  let jobs: Job[];
  let authority: AuthorityCheck;
  let isStopping: boolean;
  let now: number;

  beforeAll(async () => {
    opened = await openTestStore(dialect);
  }, 120_000);
  afterAll(async () => opened.end(), 60_000);
  beforeEach(() => {
    linkNumber += 1;
    const tenant = (key: string) =>
      ({ tenantId: `${key}-${linkNumber}`, key, displayName: key, cloud: 'public' }) as const;
    link = { source: tenant('aa'), target: tenant('bb') };
    world = new FakeWorld();
    jobs = [];
    authority = { type: 'stands' };
    isStopping = false;
    now = 0;
  });

  const standard = () => [
    fakeStep(world, { name: 'partner-target', side: 'target', wanted: { one: 'x' } }),
    fakeStep(world, { name: 'partner-source', side: 'source', wanted: { two: 'y', three: 'z' } }),
  ];

  function ports(steps: readonly Step[]): ApplyPorts {
    const enqueue: Enqueue = async (_tx, job) => void jobs.push(job);
    const none = everyKind(steps);
    return {
      store: opened.store,
      enqueue,
      steps: none,
      graph: closedGraph,
      findLink: () => link,
      checkAuthority: async () => authority,
      pace: {
        sleep: async (milliseconds) => {
          now += milliseconds;
        },
        elapsed: () => now,
      },
      isStopping: () => isStopping,
    };
  }

  async function approved(steps: readonly Step[], objectId = 'asker'): Promise<string> {
    const made = await makePlan({
      kind: 'setup',
      link,
      requester: { tenantId: link.source.tenantId, objectId, displayName: 'Asker' },
      desired,
      subject: null,
      steps,
      source: closedGraph.read(link.source.tenantId),
      target: closedGraph.read(link.target.tenantId),
    });
    if (!made) throw new Error('nothing to do');
    return opened.store.transaction(async (tx) => {
      const planId = await insertPlan(tx, { ...made, askedInConversationId: null });
      await movePlan(tx, { planId, revision: 1, from: 'draft', to: 'approved' }, { startInSeconds: 3600 });
      return planId;
    });
  }

  /** As after a restart: whatever the dead process held is free. */
  async function resume(planId: string, steps: readonly Step[]): Promise<ApplyOutcome> {
    await releaseAllLeases(opened.store.db);
    return applyPlan(planId, ports(steps));
  }

  it('writes every change once, reads it back and makes the wish current', async () => {
    const steps = standard();
    const planId = await approved(steps);
    await expect(applyPlan(planId, ports(steps))).resolves.toEqual({ type: 'ended', state: 'applied' });
    expect(world.sent).toEqual(['one=x', 'two=y', 'three=z']);
    const record = await readRecord(opened.store.db, planId);
    expect(record?.runs.map((run) => run.state)).toEqual(['verified', 'verified', 'verified']);
    const key = { sourceTenantId: link.source.tenantId, targetTenantId: link.target.tenantId };
    await expect(currentDesired(opened.store.db, key)).resolves.toEqual(desired);
    expect(jobs.filter((job) => job.name === 'deliver').length).toBeGreaterThanOrEqual(8);
  });

  it('does nothing the second time, nor when several processes are called at once', async () => {
    const steps = standard();
    const planId = await approved(steps);
    const outcomes = await Promise.all([1, 2, 3, 4].map(() => applyPlan(planId, ports(steps))));
    expect(outcomes.filter((one) => one.type === 'ended')).toHaveLength(1);
    expect(outcomes.filter((one) => one.type === 'not-mine')).toHaveLength(3);
    await expect(applyPlan(planId, ports(steps))).resolves.toEqual({ type: 'not-mine' });
    expect(world.sent).toHaveLength(3);
  });

  it('goes stale without a write when anything has moved since', async () => {
    const steps = standard();
    const planId = await approved(steps);
    world.fields.set('two', 'somebody');
    await expect(applyPlan(planId, ports(steps))).resolves.toEqual({ type: 'ended', state: 'stale' });
    expect(world.sent).toEqual([]);
  });

  it('goes stale without a write when somebody else has done a part of it', async () => {
    const steps = standard();
    const planId = await approved(steps);
    world.fields.set('one', 'x');
    await expect(applyPlan(planId, ports(steps))).resolves.toEqual({ type: 'ended', state: 'stale' });
    expect(world.sent).toEqual([]);
  });

  it('goes stale when a step that had nothing to do has something to do now', async () => {
    world.fields.set('one', 'x');
    const steps = standard();
    const planId = await approved(steps);
    world.fields.delete('one');
    await expect(applyPlan(planId, ports(steps))).resolves.toEqual({ type: 'ended', state: 'stale' });
    expect(world.sent).toEqual([]);
  });

  it('refuses a stored plan that is not the approved one', async () => {
    const steps = standard();
    const planId = await approved(steps);
    await opened.store.db
      .update(plans)
      .set({ digest: 'f'.repeat(64) })
      .where(eq(plans.id, planId));
    await applyPlan(planId, ports(steps));
    const record = await readRecord(opened.store.db, planId);
    expect([record?.state, record?.ending?.code]).toEqual(['failed', 'digest-mismatch']);
    expect(world.sent).toEqual([]);
  });

  it('writes nothing when an approver has lost the role', async () => {
    const steps = standard();
    const planId = await approved(steps);
    authority = { type: 'lost', text: 'Omar may no longer decide.' };
    await applyPlan(planId, ports(steps));
    const record = await readRecord(opened.store.db, planId);
    expect([record?.state, record?.ending?.code]).toEqual(['stale', 'approval-lost']);
    expect(world.sent).toEqual([]);
  });

  it('writes nothing while nobody can tell whether approvers still hold their roles, and goes on later', async () => {
    const steps = standard();
    const planId = await approved(steps);
    authority = { type: 'unknown' };
    await expect(applyPlan(planId, ports(steps))).resolves.toMatchObject({ type: 'paused' });
    expect(world.sent).toEqual([]);
    expect(jobs).toContainEqual({ name: 'apply', planId });
    authority = { type: 'stands' };
    await expect(applyPlan(planId, ports(steps))).resolves.toEqual({ type: 'ended', state: 'applied' });
  });

  it.each([
    ['that had its effect', true, ['one=x', 'two=y', 'three=z']],
    ['that had none', false, ['one=x', 'two=y', 'two=y', 'three=z']],
  ])('looks before anything else after an answer lost on a write %s', async (_name, hasEffect, sent) => {
    const steps = standard();
    const planId = await approved(steps);
    world.faults.set('two', [{ code: 'graph-ambiguous', hasEffect }]);
    await expect(applyPlan(planId, ports(steps))).resolves.toEqual({ type: 'ended', state: 'applied' });
    expect(world.sent).toEqual(sent);
    expect(world.effects).toEqual(['one=x', 'two=y', 'three=z']);
  });

  it('asks a person when the same write is lost again and again', async () => {
    const steps = standard();
    const planId = await approved(steps);
    const lost = { code: 'graph-ambiguous', hasEffect: false } as const;
    world.faults.set('two', [lost, lost, lost, lost, lost]);
    await expect(applyPlan(planId, ports(steps))).resolves.toEqual({
      type: 'ended',
      state: 'needs-attention',
    });
    expect(world.sent).toEqual(['one=x', 'two=y', 'two=y', 'two=y']);
    const { ending } = (await readRecord(opened.store.db, planId))!;
    expect(ending?.text).toMatch(/whether "Field two" took effect\. What was read then is as it was before/);
    expect(ending?.remedy).toMatch(/Compare it with the tenant/);
  });

  it('asks a person when something else is there after a lost answer', async () => {
    const steps = standard();
    const planId = await approved(steps);
    world.faults.set('two', [{ code: 'graph-ambiguous', hasEffect: false }]);
    const original = world.write.bind(world);
    world.write = (field, value) => {
      if (field === 'two') world.fields.set('two', 'somebody');
      original(field, value);
    };
    await expect(applyPlan(planId, ports(steps))).resolves.toEqual({
      type: 'ended',
      state: 'needs-attention',
    });
    expect(world.sent).toEqual(['one=x', 'two=y']);
    const text = (await readRecord(opened.store.db, planId))?.ending?.text;
    expect(text).toMatch(/neither as it was before the write nor as wanted/);
  });

  it('never repeats a step that cannot be read back', async () => {
    const steps = [
      fakeStep(world, {
        name: 'provision-on-demand',
        side: 'source',
        wanted: { user: 'bob' },
        isUnrepeatable: true,
      }),
    ];
    const planId = await approved(steps);
    world.faults.set('user', [{ code: 'graph-ambiguous', hasEffect: true }]);
    await expect(applyPlan(planId, ports(steps))).resolves.toEqual({
      type: 'ended',
      state: 'needs-attention',
    });
    expect(world.sent).toEqual(['user=bob']);
    const text = (await readRecord(opened.store.db, planId))?.ending?.text;
    expect(text).toMatch(/cannot be read back/);
  });

  it('stops at the first refusal and says why', async () => {
    const steps = standard();
    const planId = await approved(steps);
    world.faults.set('two', [{ code: 'permission-missing', hasEffect: false }]);
    await expect(applyPlan(planId, ports(steps))).resolves.toEqual({ type: 'ended', state: 'failed' });
    const record = await readRecord(opened.store.db, planId);
    expect(record?.ending).toMatchObject({ code: 'permission-missing', remedy: 'Ask somebody.' });
    expect(record?.runs.map((run) => run.state)).toEqual(['verified', 'failed']);
    expect(world.sent).toEqual(['one=x', 'two=y']);
  });

  it('writes nothing after a refusal, though the process could not end the plan (I27)', async () => {
    const steps = standard();
    const planId = await approved(steps);
    world.faults.set('two', [{ code: 'permission-missing', hasEffect: false }]);
    const { store } = opened;
    // What comes after the row of the refusal is not stored: the database is away.
    const transaction: Store['transaction'] = async (work) => {
      const { runs } = (await readRecord(store.db, planId))!;
      if (runs.some(({ state }) => state === 'failed')) throw new Error('the database is away');
      return store.transaction(work);
    };
    const dying = { ...ports(steps), store: { ...store, transaction } };
    await expect(applyPlan(planId, dying)).rejects.toThrow('the database is away');
    expect((await readRecord(store.db, planId))?.state).toBe('applying');
    await releaseAllLeases(store.db);
    await expect(applyPlan(planId, ports(steps))).resolves.toEqual({ type: 'ended', state: 'failed' });
    const record = await readRecord(store.db, planId);
    expect(record?.ending).toMatchObject({ code: 'permission-missing', remedy: 'Ask somebody.' });
    expect(world.sent).toEqual(['one=x', 'two=y']);
  });

  it('waits as long as asked after a 429 and goes on under the same approval', async () => {
    const steps = standard();
    const planId = await approved(steps);
    world.faults.set('two', [{ code: 'graph-throttled', hasEffect: false, retryAfterSeconds: 42 }]);
    await expect(applyPlan(planId, ports(steps))).resolves.toEqual({ type: 'paused', afterSeconds: 42 });
    expect((await readRecord(opened.store.db, planId))?.state).toBe('applying');
    await expect(applyPlan(planId, ports(steps))).resolves.toEqual({ type: 'ended', state: 'applied' });
    expect(world.effects).toEqual(['one=x', 'two=y', 'three=z']);
  });

  it('does not double a write that was throttled although it had gone through', async () => {
    const steps = standard();
    const planId = await approved(steps);
    world.faults.set('two', [{ code: 'graph-throttled', hasEffect: true }]);
    await applyPlan(planId, ports(steps));
    await expect(applyPlan(planId, ports(steps))).resolves.toEqual({ type: 'ended', state: 'applied' });
    expect(world.sent).toEqual(['one=x', 'two=y', 'three=z']);
  });

  it.each(
    ['one', 'two', 'three'].flatMap((field) => [[field, 'before'] as const, [field, 'after'] as const]),
  )(
    'loses and doubles nothing when the process dies at the write of %s, %s its effect',
    async (field, crash) => {
      const steps = standard();
      const planId = await approved(steps);
      world.faults.set(field, [{ crash }]);
      const dying = { ...ports(steps), store: { ...opened.store } };
      const original = dying.store.transaction;
      let isDead = false;
      dying.store.transaction = async (work) => {
        if (isDead) throw new Crash();
        return original(work);
      };
      const write = world.write.bind(world);
      world.write = (name, value) => {
        try {
          write(name, value);
        } catch (error) {
          isDead = error instanceof Crash;
          throw error;
        }
      };
      await expect(applyPlan(planId, dying)).rejects.toThrow(Crash);
      await expect(resume(planId, steps)).resolves.toEqual({ type: 'ended', state: 'applied' });
      expect(world.effects).toEqual(['one=x', 'two=y', 'three=z']);
    },
  );

  it('asks a person, and does not say stale, when somebody changed what an interrupted write was about', async () => {
    const steps = standard();
    const planId = await approved(steps);
    world.faults.set('one', [{ code: 'graph-ambiguous', hasEffect: true }]);
    const write = world.write.bind(world);
    world.write = (field, value) => {
      isStopping = true;
      try {
        write(field, value);
      } finally {
        world.readFaults.set(
          'one',
          Array.from({ length: 20 }, () => 'graph-unavailable' as const),
        );
      }
    };
    await expect(applyPlan(planId, ports(steps))).resolves.toMatchObject({ type: 'paused' });
    Object.assign(world, { write });
    isStopping = false;
    world.readFaults.clear();
    world.fields.set('one', 'somebody');
    const ended = { type: 'ended', state: 'needs-attention' };
    await expect(applyPlan(planId, ports(steps))).resolves.toEqual(ended);
    const { ending } = (await readRecord(opened.store.db, planId)) ?? {};
    expect(ending?.text).toContain('Nobody can tell whether "Field one" took effect.');
    expect(world.effects).toEqual(['one=x']);
  });

  it('waits for replicas that show an old state', async () => {
    world.lag.set('one', 5);
    const steps = standard();
    const planId = await approved(steps);
    await expect(applyPlan(planId, ports(steps))).resolves.toEqual({ type: 'ended', state: 'applied' });
    expect(world.effects).toEqual(['one=x', 'two=y', 'three=z']);
    expect(now).toBeGreaterThan(1_000);
  });

  it('never says applied of a write that does not show', async () => {
    world.lag.set('one', 1_000);
    const steps = standard();
    const planId = await approved(steps);
    await expect(applyPlan(planId, ports(steps))).resolves.toEqual({
      type: 'ended',
      state: 'needs-attention',
    });
    expect(world.sent).toEqual(['one=x']);
  });

  it('stays applying while Graph cannot be read, and starts with no write', async () => {
    const steps = standard();
    const planId = await approved(steps);
    world.readFaults.set('one', ['graph-unavailable']);
    await expect(applyPlan(planId, ports(steps))).resolves.toMatchObject({ type: 'paused' });
    expect(world.sent).toEqual([]);
    await expect(applyPlan(planId, ports(steps))).resolves.toEqual({ type: 'ended', state: 'applied' });
  });

  it.each(['a read', 'a write'])('waits at most two minutes when Graph asks for a day, at %s', async (at) => {
    const steps = standard();
    const planId = await approved(steps);
    const [code, retryAfterSeconds] = ['graph-throttled', 86_400] as const;
    if (at === 'a write') world.faults.set('two', [{ code, hasEffect: false, retryAfterSeconds }]);
    else {
      // The looks before anything is written and before the first write are good, the read back is not.
      const write = world.write.bind(world);
      world.write = (field, value) => {
        write(field, value);
        world.readFaults.set(
          'one',
          Array.from({ length: 30 }, () => new BotError(code, 'reading', 'Wait.', { retryAfterSeconds })),
        );
        world.write = write;
      };
    }
    await expect(applyPlan(planId, ports(steps))).resolves.toEqual({ type: 'paused', afterSeconds: 120 });
    const { pause } = (await readRecord(opened.store.db, planId))!;
    expect(pause?.doing).toBe(at === 'a write' ? 'writing two' : 'reading');
    expect(Math.abs(Date.parse(pause!.until) - Date.now() - 120_000)).toBeLessThan(30_000);
    world.readFaults.clear();
    await expect(applyPlan(planId, ports(steps))).resolves.toEqual({ type: 'ended', state: 'applied' });
    expect(await readRecord(opened.store.db, planId)).not.toHaveProperty('pause');
    expect(world.effects).toEqual(['one=x', 'two=y', 'three=z']);
  });

  it('finishes the current change and hands the rest over when asked to stop', async () => {
    const steps = standard();
    const planId = await approved(steps);
    const write = world.write.bind(world);
    world.write = (field, value) => {
      isStopping = true;
      write(field, value);
    };
    await expect(applyPlan(planId, ports(steps))).resolves.toMatchObject({ type: 'paused' });
    expect(world.sent).toEqual(['one=x']);
    isStopping = false;
    world.write = write;
    await expect(applyPlan(planId, ports(steps))).resolves.toEqual({ type: 'ended', state: 'applied' });
    expect(world.sent).toEqual(['one=x', 'two=y', 'three=z']);
  });

  it('ends when its window is over, and asks a person when an outcome is unknown', async () => {
    const steps = standard();
    const planId = await approved(steps);
    world.faults.set('two', [{ code: 'graph-throttled', hasEffect: false }]);
    await applyPlan(planId, ports(steps));
    await opened.store.db.update(plans).set({ windowEndsAt: new Date(0) });
    await expect(applyPlan(planId, ports(steps))).resolves.toEqual({
      type: 'ended',
      state: 'needs-attention',
    });
    expect(world.effects).toEqual(['one=x']);
  });

  it('runs one plan of a link at a time', async () => {
    const steps = standard();
    const first = await approved(steps);
    const second = await approved(steps, 'other');
    await opened.store.transaction((tx) => claimApproved(tx, first, { lease: 60, window: 600 }));
    await expect(applyPlan(second, ports(steps))).resolves.toMatchObject({ type: 'paused' });
    expect((await readRecord(opened.store.db, second))?.state).toBe('approved');
    expect(world.sent).toEqual([]);
  });

  it('refuses the writes of a holder that was stopped past its lease', async () => {
    const steps = standard();
    const planId = await approved(steps);
    const write = world.write.bind(world);
    let other: ApplyOutcome | undefined;
    const zombie = ports(steps);
    world.write = (field, value) => {
      write(field, value);
      throw new Crash();
    };
    const slow = { ...zombie, pace: { ...zombie.pace } };
    slow.pace.sleep = async () => {
      if (other) return;
      world.write = write;
      other = { type: 'not-mine' };
      await releaseAllLeases(opened.store.db);
      other = await applyPlan(planId, ports(steps));
    };
    world.lag.set('one', 1);
    const outcome = await applyPlan(planId, slow);
    expect(other).toEqual({ type: 'ended', state: 'applied' });
    expect(outcome).toEqual({ type: 'not-mine' });
    expect(world.effects).toEqual(['one=x', 'two=y', 'three=z']);
  });

  it('keeps one unbroken audit chain of all this', async () => {
    const records = await listAudit(opened.store.db, { limit: 10_000 });
    expect(records.length).toBeGreaterThan(100);
    expect(findBrokenLink(records)).toBeNull();
    const [third] = records.slice(2, 3);
    const forged = records.map((one) =>
      one === third ? { ...one, record: one.record.replace('"', ' "') } : one,
    );
    expect(findBrokenLink(forged)).toBe(3);
  });
});
