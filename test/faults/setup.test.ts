import { StewardProcess } from '../helpers/steward-process';
import type { WriteEntry } from '../../src/simulator/world';
import { tellFigure } from '../helpers/figures';

const command = 'setup con>fab --users group:Pilot --type member --guard 10 --mail ops@contoso.example';

/** A write without what differs between runs: ids that Graph made up. */
function effectOf(write: WriteEntry): string {
  const guid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;
  return `${write.tenant} ${write.operation} ${write.path.replace(guid, '*')} ${JSON.stringify(write.body).replace(guid, '*')}`;
}

async function effects(steward: StewardProcess): Promise<string[]> {
  const writes = await steward.simulator.control.writes();
  return writes.filter((write) => write.effect).map(effectOf);
}

async function request(steward: StewardProcess): Promise<string> {
  const priya = steward.person('priya');
  const draft = await steward.plan(priya, command);
  return steward.submit(priya, draft);
}

async function approveAll(steward: StewardProcess, planId: string): Promise<void> {
  await steward.approve(steward.person('mina'), planId);
  await steward.approve(steward.person('omar'), planId);
}

/** Where in the order of writes each case strikes; checked against a clean run first. */
const writesOfSetup = [
  'partners.create in fab',
  'identitySynchronization.create in fab',
  'partners.update in fab',
  'partners.create in con',
  'partners.update in con',
  'applicationTemplates.instantiate in con',
  'jobs.create in con',
  'secrets.replace in con',
  'appRoleAssignedTo.create in con',
] as const;

describe('setup under faults', () => {
  let reference: WriteEntry[] = [];
  let clean: string[] = [];

  beforeAll(async () => {
    const steward = await StewardProcess.start();
    await steward.prepare();
    const planId = await request(steward);
    await approveAll(steward, planId);
    await steward.ended(steward.person('priya'), planId, /\bDone\b/);
    reference = (await steward.simulator.control.writes()).filter((write) => write.effect);
    clean = reference.map(effectOf);
    await steward.close();
  }, 180_000);

  it('writes in the documented order, target first', () => {
    expect(reference).toHaveLength(writesOfSetup.length);
    expect(clean).toEqual([...new Set(clean)]);
    expect(reference.map((write) => write.tenant)).toEqual([
      'fab',
      'fab',
      'fab',
      'con',
      'con',
      'con',
      'con',
      'con',
      'con',
    ]);
  });

  // The short form, in every run: the process is killed at the first, a middle and the last write. `PROVE=1` kills it
  // at every one, before and after its effect, and adds faults that it lives through (test/plan/setup-faults.test.ts has
  // those in one process, and test/kills kills a smaller plan at forty points).
  const faults = ['kill-before', 'kill-after', 'before', 'after', 'refused'] as const;
  const short = ['0 kill-before', '6 kill-after', '8 kill-before'];
  const cases = writesOfSetup.flatMap((name, index) =>
    faults
      .filter((fault) => process.env.PROVE === '1' || short.includes(`${index} ${fault}`))
      .map((fault) => ({ name, index, fault })),
  );

  let survived = 0;
  afterAll(() =>
    tellFigure(__filename, 'faults', `${survived} of ${cases.length} left the effects of a clean run`),
  );

  it.each(cases)(
    '$fault the effect of $name: nothing is lost and nothing doubled',
    async ({ index, fault }) => {
      const steward = await StewardProcess.start();
      try {
        await steward.prepare();
        const struck = reference[index];
        if (!struck) throw new Error('the clean run had fewer writes');
        const where = {
          tenant: struck.tenant,
          method: struck.method,
          pathPattern: struck.path
            .replace(/servicePrincipals\/[^/]+/, 'servicePrincipals/*')
            .replace(/^/, '*'),
          count: 1,
        };
        const holds = 4_000;
        const what = {
          before: { reset: true },
          after: { dropAfterEffect: true },
          refused: { status: 403 },
          'kill-before': { reset: true, latencyMs: holds },
          'kill-after': { dropAfterEffect: true, holdAfterEffectMs: holds },
        }[fault];
        await steward.simulator.control.faults({ ...where, ...what });
        const planId = await request(steward);
        await approveAll(steward, planId);
        if (fault.startsWith('kill')) {
          await untilStruck(steward);
          await steward.kill();
          await steward.launch();
        }
        const priya = steward.person('priya');
        if (fault === 'refused') {
          await steward.ended(priya, planId, /Failed|Stopped/i);
          expect(await effects(steward)).toEqual(clean.slice(0, index));
          const again = await request(steward);
          expect(again).not.toBe(planId);
          const changed = new Set(reference.slice(index).map((write) => write.tenant));
          if (changed.has('fab')) await steward.approve(steward.person('mina'), again);
          await steward.approve(steward.person('omar'), again);
          await steward.ended(priya, again, /\bDone\b/);
        } else {
          await steward.ended(priya, planId, /\bDone\b/);
        }
        expect(await effects(steward)).toEqual(clean);
        survived += 1;
      } finally {
        await steward.close();
      }
    },
    180_000,
  );
});

/** The armed fault has struck: with a count of one it is gone from the list. */
async function untilStruck(steward: StewardProcess): Promise<void> {
  const end = Date.now() + 60_000;
  while (Date.now() < end) {
    const response = await fetch(`${steward.simulator.url}/_control/faults`);
    const { faults } = (await response.json()) as { faults: unknown[] };
    if (faults.length === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the fault did not strike');
}

describe('a role that is lost', () => {
  it.each([
    ['between the card and the press', false],
    ['between the press and the run', true],
  ])(
    '%s: zero writes',
    async (_when, afterPress) => {
      const steward = await StewardProcess.start();
      try {
        await steward.prepare();
        const { control } = steward.simulator;
        const planId = await request(steward);
        const omar = steward.person('omar');
        if (afterPress) await steward.approve(omar, planId);
        for (const role of omar.roles) await control.roles('omar', role, 'remove');
        if (!afterPress) await steward.approve(omar, planId);
        await steward.approve(steward.person('mina'), planId);
        await new Promise((resolve) => setTimeout(resolve, 4_000));
        expect(await effects(steward)).toEqual([]);
      } finally {
        await steward.close();
      }
    },
    120_000,
  );
});
