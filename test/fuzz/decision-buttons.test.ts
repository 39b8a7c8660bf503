import fc from 'fast-check';
import { eq } from 'drizzle-orm';
import type { ApprovalPorts } from '../../src/approvals/ports';
import type { DecisionOutcome, DecisionVerb } from '../../src/approvals/outcome';
import { pressContent } from '../../src/bot/press-content';
import { setLogLevel } from '../../src/log';
import { Presses } from '../../src/jobs/press';
import { insertQuorums } from '../../src/store/decisions';
import { mintNonce } from '../../src/store/nonces';
import { insertPlan } from '../../src/store/plans';
import { decisions, plans, quorums } from '../../src/store/schema';
import { tenantConfig } from '../helpers/fake-directory';
import { openTestStore, type TestStore } from '../helpers/stores';
import { contentOf } from '../approvals/support/cell-plan';
import { WireDirectory } from '../approvals/support/wire-directory';
import { hostileName, strangeValue } from './support/hostile-values';
import { tellFigure } from '../helpers/figures';

const numRuns = process.env['PROVE'] === '1' ? 5_000 : 500;

interface Ticket {
  readonly planId: unknown;
  readonly revision: unknown;
  readonly nonce: unknown;
}

/** A button of a real card, with one field of what it carries changed: nothing comes of it, on no plan (I4, I8). */
describe('the data of a decision button', () => {
  const directory = new WireDirectory();
  const asker = directory.addApprover('aa', 'asker');
  const approver = directory.addApprover('aa', 'approver');
  const colleague = directory.addApprover('aa', 'colleague');
  let opened: TestStore;
  let presses: Presses;
  /** The approver's own tickets of three plans; what a thief may know besides: tickets of others. */
  const own: Ticket[] = [];
  const foreign: Ticket[] = [];

  beforeAll(async () => {
    setLogLevel('silent');
    opened = await openTestStore();
    const { store } = opened;
    const ports: ApprovalPorts = {
      store,
      directory,
      tenants: [tenantConfig('aa'), tenantConfig('bb')],
      enqueue: async (_tx, job) => {
        if (job.name === 'decide') setImmediate(() => void presses.decide(job.pressId));
      },
      readBack: async () => 'different',
    };
    presses = new Presses(ports);
    for (const name of ['one', 'two', 'three']) {
      const content = { ...contentOf('T1', asker, name, approver), subject: null };
      const rest = { tierRaise: null, isDestructive: false, askedInConversationId: null };
      const planId = await insertPlan(store.db, { ...rest, content, digest: name, tier: 'T2' });
      await store.db.update(plans).set({ state: 'submitted' }).where(eq(plans.id, planId));
      await insertQuorums(store.db, planId, 2, [
        { tenantId: 'aa', needed: 1, candidates: [approver, colleague] },
      ]);
      const mint = (revision: number, person = approver) =>
        mintNonce(store.db, { planId, revision, person, forTenantId: 'aa' });
      own.push({ planId, revision: 2, nonce: await mint(2) });
      foreign.push({ planId, revision: 2, nonce: await mint(2, colleague) });
      foreign.push({ planId, revision: 1, nonce: await mint(1) });
    }
  }, 120_000);
  afterAll(async () => {
    setLogLevel('info');
    await opened.end();
  }, 60_000);

  async function dump(): Promise<string> {
    const { db } = opened.store;
    return JSON.stringify([
      await db.select().from(plans).orderBy(plans.id),
      await db.select().from(quorums),
      await db.select().from(decisions),
    ]);
  }

  let count = 0;
  /** As the edge reads it, and as the press goes on; null when the edge does not take it. */
  async function press(
    verb: string,
    data: Readonly<Record<string, unknown>>,
  ): Promise<DecisionOutcome | null> {
    const content = pressContent({ decision: verb, reason: 'because', ...data }, 'decide', false);
    if (content?.type !== 'decision') return null;
    const { planId, revision, nonce } = content;
    const wish = { planId, revision, nonce, person: approver, reason: 'because', typedCount: 1 } as const;
    count += 1;
    const { later } = await presses.press(`activity-${count}`, {
      ...wish,
      verb: verb as DecisionVerb,
      surface: 'execute',
    });
    return later;
  }

  /** "2" and 2 are the same revision. */
  function isReadAs(genuine: Ticket, data: Ticket): boolean {
    const content = pressContent({ decision: 'approve', ...data }, 'decide', false);
    if (content?.type !== 'decision') return false;
    return Object.keys(genuine).every(
      (name) => content[name as keyof Ticket] === genuine[name as keyof Ticket],
    );
  }

  const verbs = fc.constantFrom('approve', 'reject', 'withdraw', 'submit', 'confirm', 'discard');
  const revisions = fc.oneof(
    fc.constantFrom<unknown>(0, 1, 3, -1, 2.5, '1', '2 3', '0x2', null, [], [2], { valueOf: 2 }, true, 1e9),
    fc.integer(),
    strangeValue,
  );
  const words = (name: 'planId' | 'nonce') =>
    fc.oneof(
      fc.constant(null).chain(() => fc.constantFrom(...[...own, ...foreign].map((one) => one[name]))),
      fc.nat({ max: 30 }).map((at) => twisted(String(own[0]?.[name]), at)),
      hostileName,
      strangeValue,
      fc.base64String({ maxLength: 30 }),
    );

  function twisted(text: string, at: number): string {
    const ways = [
      text.toUpperCase(),
      text.toLowerCase(),
      `${text} `,
      `${text}=`,
      text.slice(1),
      `${text}'--`,
      `${text}\u0000`,
    ];
    return ways[at] ?? text.slice(0, at % text.length) + '_' + text.slice((at % text.length) + 1);
  }

  it(`has no effect when one field is another, ${numRuns} times`, async () => {
    const before = await dump();
    let refusedAtEdge = 0;
    const tampered = fc
      .tuple(fc.nat({ max: 2 }), fc.constantFrom<keyof Ticket>('planId', 'revision', 'nonce'))
      .chain(([index, field]) =>
        (field === 'revision' ? revisions : words(field)).map((value) => ({ index, field, value })),
      );
    await fc.assert(
      fc.asyncProperty(verbs, tampered, async (verb, { index, field, value }) => {
        const genuine = own[index] as Ticket;
        fc.pre(!isReadAs(genuine, { ...genuine, [field]: value }));
        const outcome = await press(verb, { ...genuine, [field]: value });
        if (outcome === null) refusedAtEdge += 1;
        expect(['gone', 'superseded', 'not-allowed', undefined]).toContain(outcome?.type);
        expect(await dump()).toBe(before);
      }),
      { numRuns },
    );
    tellFigure(__filename, 'tampered', `${numRuns} buttons, 0 effects, ${refusedAtEdge} refused at the edge`);
    expect(refusedAtEdge).toBeLessThan(numRuns * 0.9);
  }, 600_000);

  it('works when nothing was changed', async () => {
    expect(await press('approve', { ...own[1] })).toMatchObject({ type: 'recorded', state: 'approved' });
    const states = await opened.store.db.select({ state: plans.state }).from(plans).orderBy(plans.id);
    expect(states.map(({ state }) => state)).toEqual(['submitted', 'approved', 'submitted']);
  });
});
