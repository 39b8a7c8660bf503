import { eq } from 'drizzle-orm';
import { decide } from '../../src/approvals/decide';
import type { DecisionRequest } from '../../src/approvals/outcome';
import { activitySchema } from '../../src/bot/activity';
import { readIncoming } from '../../src/bot/incoming';
import { loadConfig } from '../../src/config';
import { setLogLevel } from '../../src/log';
import { Presses } from '../../src/jobs/press';
import type { PlanState } from '../../src/plan/types';
import { claimApproved } from '../../src/store/executions';
import { mintNonce } from '../../src/store/nonces';
import { insertPlan, movePlan } from '../../src/store/plans';
import { decisions, plans, presses as pressTable } from '../../src/store/schema';
import { tenantConfig } from '../helpers/fake-directory';
import { dialects, openTestStore, type TestStore } from '../helpers/stores';
import { contentOf, personOf } from './support/cell-plan';
import { dimensions, goodCell, type Cell } from './support/cells';
import { DecisionRoom } from './support/decision-room';

/** Bugs that approval bots really had, in other projects: none of them may come back here. */
describe.each(dialects)('bugs of other approval bots, on %s', (dialect) => {
  let opened: TestStore;
  let room: DecisionRoom;
  const approver = personOf('one-source', 'aa');
  const approve = goodCell('approve');

  beforeAll(async () => {
    setLogLevel('silent');
    opened = await openTestStore(dialect);
    room = await DecisionRoom.open(opened.store);
  }, 120_000);
  afterAll(async () => {
    setLogLevel('info');
    await opened.end();
  }, 60_000);

  const outcomeOf = async (change: Partial<Cell>) => (await room.play({ ...approve, ...change })).outcome;

  /** A plan that waits for one more approval, of this person, who has not pressed yet. */
  async function waiting(
    change: Partial<Cell> = {},
  ): Promise<{ readonly request: DecisionRequest; readonly planId: string }> {
    room.forget();
    await room.play({ ...approve, voices: 'others', nonce: 'garbage', ...change });
    const { planId } = room;
    const reader = { planId, revision: 2, person: approver, forTenantId: 'aa' };
    const nonce = await mintNonce(opened.store.db, reader);
    const rest = { reason: null, typedCount: null, surface: 'execute' } as const;
    return { planId, request: { verb: 'approve', planId, revision: 2, nonce, person: approver, ...rest } };
  }

  const stateOf = async (planId: string) =>
    (await opened.store.db.select().from(plans).where(eq(plans.id, planId)))[0]?.state;
  const votes = async (planId: string) => opened.store.db.$count(decisions, eq(decisions.planId, planId));
  const runs = () => room.takeJobs().filter((job) => job.name === 'apply').length;

  describe('1. buttons were open to anybody while the allow-list was not set', () => {
    it('does not start without tenants', () => {
      const load = () => loadConfig({ TENANTS: '' }, 'production', { folder: '/nowhere' });
      expect(load).toThrow(expect.objectContaining({ remedy: expect.stringContaining('TENANTS') }));
    });

    it('lets nobody in when the list is empty, and asks no directory', async () => {
      const { request } = await waiting();
      const before = room.directory.asked;
      const ports = { ...room.portsFor(approve), tenants: [] };
      expect(await decide(ports, request)).toEqual({ type: 'gone' });
      expect(room.directory.asked).toBe(before);
    });

    it('lets nobody in through a group that is not set', async () => {
      const { request } = await waiting();
      room.directory.of(approver).roles = [];
      room.directory.of(approver).groups = ['', 'undefined', 'null', 'approvers'];
      const unset = tenantConfig('aa', { approvers: { tenantId: 'aa', groupId: '' } });
      for (const own of [tenantConfig('aa'), unset]) {
        const ports = { ...room.portsFor(approve), tenants: [own, tenantConfig('bb')] };
        expect(await decide(ports, request)).toMatchObject({ type: 'not-allowed', why: 'no-role' });
      }
    });
  });

  describe('2. the effect came before the row was claimed, so two clicks were two effects', () => {
    it('queues one run for twenty clicks, and one worker of twenty gets it', async () => {
      const { planId, request } = await waiting();
      const ports = room.portsFor(approve);
      const all = await Promise.all(Array.from({ length: 20 }, () => decide(ports, request)));
      expect(all.filter((one) => one.type === 'recorded')).toHaveLength(1);
      expect(runs()).toBe(1);
      const claims = await Promise.all(
        Array.from({ length: 20 }, () =>
          opened.store.transaction((tx) => claimApproved(tx, planId, { lease: 30, window: 60 })),
        ),
      );
      expect(claims.filter(Boolean)).toHaveLength(1);
      expect(await stateOf(planId)).toBe('applying');
    });
  });

  describe('3. the state was checked before the transaction, so both came in', () => {
    it('records nothing when the plan ends while roles are being read', async () => {
      const { planId, request } = await waiting();
      const ports = room.portsFor(approve);
      const move = { planId, revision: 2, from: 'submitted', to: 'withdrawn' } as const;
      const directory = Object.create(ports.directory) as typeof ports.directory;
      directory.listActiveRoleTemplateIds = async (tenantId, objectId) => {
        await opened.store.transaction((tx) => movePlan(tx, move)); // after the check, before the write
        return ports.directory.listActiveRoleTemplateIds(tenantId, objectId);
      };
      const before = await votes(planId);
      expect(await decide({ ...ports, directory }, request)).toEqual({
        type: 'wrong-state',
        state: 'withdrawn',
      });
      expect(await votes(planId)).toBe(before);
      expect([await stateOf(planId), runs()]).toEqual(['withdrawn', 0]);
    });

    it('lets one of twenty moves out of the same state win', async () => {
      const { planId } = await waiting();
      const ends: PlanState[] = ['approved', 'rejected', 'withdrawn', 'expired'];
      const moves = Array.from({ length: 20 }, (_, index) => {
        const to = ends[index % ends.length] as PlanState;
        return opened.store.transaction((tx) => movePlan(tx, { planId, revision: 2, from: 'submitted', to }));
      });
      expect((await Promise.all(moves)).filter(Boolean)).toHaveLength(1);
    });
  });

  describe('4. a lookup failed, the reviewer became "unknown", and unknown is not the requester', () => {
    it.each<Partial<Cell>>([
      { isRequester: true, role: 'unread' },
      { isRequester: true, account: 'unknown' },
      { isRequester: true, role: 'global' },
    ])('never takes the requester for somebody else: %j', async (change) => {
      expect(await outcomeOf(change)).toEqual({ type: 'own-request' });
    });

    it('takes a failed or empty lookup for no', async () => {
      expect(await outcomeOf({ role: 'unread' })).toMatchObject({ why: 'lookup-failed' });
      expect(await outcomeOf({ account: 'unknown' })).toMatchObject({ why: 'unknown-person' });
    });

    it('knows the requester in other letters', async () => {
      const { request } = await waiting({ isRequester: true });
      const person = { tenantId: 'AA', objectId: approver.objectId.toUpperCase(), displayName: 'Else' };
      expect(await decide(room.portsFor(approve), { ...request, person })).toEqual({ type: 'own-request' });
    });
  });

  describe('5. whoever knew an id could approve by it', () => {
    it.each<Partial<Cell>>([{ tenant: 'third' }, { tenant: 'stranger' }])(
      'shows a plan to nobody of another tenant: %j',
      async (change) => {
        for (const verb of dimensions.verb) {
          const known = await room.play({ ...goodCell(verb), ...change, isRequester: false });
          expect([known.outcome, known.asked]).toEqual([{ type: 'gone' }, 0]);
        }
      },
    );

    it('answers a plan that exists like one that does not', async () => {
      const { request } = await waiting();
      const person = personOf('one-third', 'cc');
      const ports = room.portsFor(approve);
      const [known, unknown] = [
        await decide(ports, { ...request, person }),
        await decide(ports, { ...request, person, planId: 'PL-9999' }),
      ];
      expect(known).toEqual(unknown);
    });

    it('takes no ticket of another plan or person', async () => {
      for (const nonce of ['other-plan', 'other-person', 'garbage', 'none'] as const) {
        expect(await outcomeOf({ nonce })).toMatchObject({ type: 'superseded' });
      }
    });
  });

  describe('6. the guard was skipped when the caller had no id', () => {
    it('takes no activity without an object id', () => {
      const base = {
        type: 'message',
        id: '1',
        channelId: 'msteams',
        serviceUrl: 'https://smba.trafficmanager.net/emea/',
        from: { id: '29:x' },
        recipient: { id: '28:bot' },
        conversation: { id: 'a', conversationType: 'personal', tenantId: 'aa' },
        channelData: { tenant: { id: 'aa' } },
        text: 'pending',
      };
      for (const aadObjectId of [undefined, null, '', 'me', '00000000']) {
        const activity = activitySchema.parse({ ...base, from: { ...base.from, aadObjectId } });
        expect(readIncoming(activity, new Set(['aa']))).toEqual({ refusal: 'identity' });
      }
    });

    it('lets nobody decide without an object id or tenant', async () => {
      const { request } = await waiting();
      const ports = room.portsFor(approve);
      for (const person of [
        { ...approver, objectId: '' },
        { ...approver, tenantId: '' },
      ]) {
        const nonce = await mintNonce(opened.store.db, {
          planId: request.planId,
          revision: 2,
          person,
          forTenantId: 'aa',
        });
        const { type } = await decide(ports, { ...request, person, nonce });
        expect(type).toBe(person.tenantId === '' ? 'gone' : 'not-allowed');
      }
    });
  });

  describe('7. approved, then denied, when what was approved had been given out already', () => {
    const ended = dimensions.state.filter(
      (state) => !['draft', 'submitted', 'approved', 'applying', 'needs-attention'].includes(state),
    );

    it.each(ended)('moves nothing out of %s', async (state) => {
      for (const verb of dimensions.verb) {
        const played = await room.play({ ...goodCell(verb), tier: 'T2', state });
        expect([verb, played.outcome.type, played.state]).not.toEqual([verb, 'recorded', played.state]);
        expect(played.state).toBe(state);
      }
    });

    it('rejects nothing once the approvals stand, and approves nothing once it is rejected', async () => {
      expect((await room.play({ ...goodCell('reject'), state: 'approved' })).outcome.type).toBe(
        'wrong-state',
      );
      expect((await room.play({ ...goodCell('reject'), state: 'applying' })).outcome.type).toBe(
        'wrong-state',
      );
      expect(await outcomeOf({ state: 'rejected' })).toMatchObject({
        type: 'wrong-state',
        state: 'rejected',
      });
    });
  });

  describe('8. a double click made two requests before anybody approved', () => {
    it('opens one of two equal drafts, and names its holder to the other', async () => {
      const { db } = opened.store;
      const asker = personOf('one-source', 'aa');
      const made = async () => {
        const content = { ...contentOf('T2', asker, 'twice', null), revision: 1 };
        const rest = { tierRaise: null, isDestructive: false, askedInConversationId: null };
        const planId = await insertPlan(db, { ...rest, content, digest: 'twice', tier: 'T2' });
        const nonce = await mintNonce(db, { planId, revision: 1, person: asker, forTenantId: null });
        const words = { reason: 'pilot', typedCount: null, surface: 'execute' } as const;
        return { verb: 'submit', planId, revision: 1, nonce, person: asker, ...words } as const;
      };
      await room.play({ ...goodCell('submit'), nonce: 'garbage' });
      const both = [await made(), await made()];
      const ports = room.portsFor(approve);
      const types = (await Promise.all(both.map((one) => decide(ports, one)))).map(({ type }) => type);
      expect(types.toSorted()).toEqual(['held', 'recorded']);
    });

    it('stores a press that comes twice once, and decides it once', async () => {
      const { planId, request } = await waiting();
      const queued: string[] = [];
      const presses = new Presses({
        ...room.portsFor(approve),
        enqueue: async (_tx, job) => void (job.name === 'decide' && queued.push(job.pressId)),
      });
      const pressing = [presses.press('twice', request), presses.press('twice', request)];
      await Promise.race(pressing.map((one) => one.then(() => undefined)));
      for (const pressId of [...queued, ...queued]) await presses.decide(pressId);
      await Promise.all(pressing.map(async (one) => (await one).later));
      expect(queued).toHaveLength(1);
      expect(await opened.store.db.$count(pressTable, eq(pressTable.activityId, 'twice'))).toBe(1);
      expect(await stateOf(planId)).toBe('approved');
    });
  });
});
