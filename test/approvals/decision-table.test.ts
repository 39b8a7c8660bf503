import { setLogLevel } from '../../src/log';
import { openTestStore, type TestStore } from '../helpers/stores';
import {
  dimensions,
  goodCell,
  isPossible,
  nameOf,
  product,
  randomCell,
  seeded,
  type Cell,
} from './support/cells';
import { DecisionRoom } from './support/decision-room';
import { decidedBefore, oracle } from './support/oracle';
import { tellFigure } from '../helpers/figures';

const isLong = process.env['PROVE'] === '1';
const patienceMs = isLong ? 3_600_000 : 120_000;

function isWaiting(cell: Cell): boolean {
  return cell.state === 'applying' && decidedBefore(cell) === 'approved-canary';
}

/**
 * The whole decision table against an oracle that was written from the texts (`support/oracle.ts`). The dimensions fall
 * into two groups that meet only in the order of the questions: what was pressed (verb, state, revision, nonce, tier,
 * voices, time) and who pressed (tenant, role, account). Each group is played in full, and random cells of the whole
 * table play them together on every surface.
 */
describe('the decision table', () => {
  let opened: TestStore;
  let room: DecisionRoom;
  let count = 0;

  beforeAll(async () => {
    setLogLevel('silent'); // of cells where the directory does not answer
    opened = await openTestStore();
    room = await DecisionRoom.open(opened.store);
  }, 120_000);
  afterAll(async () => {
    tellFigure(__filename, 'cells', `${count} cells like the oracle says`);
    setLogLevel('info');
    await opened.end();
  }, 60_000);

  /** What is wrong with a cell; null when it came out as the oracle says, with no more effect than that. */
  async function faultOf(cell: Cell): Promise<string | null> {
    count += 1;
    const expected = oracle(cell);
    const { outcome, state, votes, asked } = await room.play(cell);
    const queued = room.takeJobs().filter((job) => job.name === 'apply').length;
    const wrong = Object.entries(expected).filter(
      ([name, value]) => (outcome as Record<string, unknown>)[name] !== value,
    );
    const isRecorded = expected.type === 'recorded';
    // A run that may lie and wait for somebody is called when it is continued or stopped.
    const isCalled = cell.verb === 'continue' || (cell.verb === 'stop' && isWaiting(cell));
    const isBegun = expected['state'] === 'approved' && cell.verb !== 'stop';
    const begins = isRecorded && (isBegun || isCalled);
    const faults = [
      wrong.length > 0 && `expected ${JSON.stringify(expected)}, got ${JSON.stringify(outcome)}`,
      state !== (isRecorded ? expected['state'] : cell.state) && `the plan is ${state} then`,
      queued !== Number(begins) && `${queued} runs were queued`,
      asked > 0 && expected.type === 'gone' && `the directory was asked ${asked} times`,
      !isRecorded && votes !== room.votesBefore && `${votes} decisions are stored, not ${room.votesBefore}`,
    ].filter(Boolean);
    return faults.length > 0 ? `${nameOf(cell)}\n  ${faults.join('\n  ')}` : null;
  }

  async function faultsOf(cells: Iterable<Cell>): Promise<readonly string[]> {
    const faults: string[] = [];
    for (const cell of cells) {
      const fault = isPossible(cell) ? await faultOf(cell) : null;
      if (fault) faults.push(fault);
      if (faults.length >= 20) break;
    }
    return faults;
  }

  it.each(dimensions.verb)(
    'asks who a person is and what they hold before they may %s',
    async (verb) => {
      const base = goodCell(verb);
      const people = [...product(base, ['tenant', 'isRequester', 'isNamed', 'account', 'role'])];
      const short = people.filter(({ account, role, tenant, isRequester }) => {
        // What these hold is asked of nobody, so two roles stand for all in the short form.
        const isRefusedBefore =
          tenant === 'third' || tenant === 'stranger' || isRequester !== base.isRequester;
        if (isRefusedBefore && account !== 'member' && account !== 'guest') return false;
        return (account === 'member' && !isRefusedBefore) || role === 'all' || role === 'none';
      });
      expect(await faultsOf(isLong ? people : short)).toEqual([]);
    },
    patienceMs,
  );

  it.each(dimensions.verb)(
    'lets only those %s whose tenant the plan changes',
    async (verb) => {
      const cells = [...product(goodCell(verb), ['tier', 'tenant', 'role'])];
      const short = cells.filter(({ role }) => ['all', 'approvers', 'operators', 'none'].includes(role));
      expect(await faultsOf(isLong ? cells : short)).toEqual([]);
    },
    patienceMs,
  );

  it.each(dimensions.verb)(
    'lets nobody %s but at the right moment, with the card that stands',
    async (verb) => {
      const base = goodCell(verb);
      const moments = [
        ...product(base, [
          'tier',
          'state',
          'isRequester',
          'voices',
          'isHeld',
          'isOverdue',
          'revision',
          'nonce',
        ]),
      ];
      // Every moment meets the card that stands; wrong cards meet some of them in the short form.
      const random = seeded(verb.length);
      const isRight = ({ nonce, revision }: Cell) => nonce === 'own' && revision === 'present';
      const short = moments.filter((cell) => isRight(cell) || random() < 0.03);
      expect(await faultsOf(isLong ? moments : short)).toEqual([]);
    },
    patienceMs,
  );

  it(
    'gives the same outcome on every surface, whatever comes together',
    async () => {
      const random = seeded(20_261_123);
      const faults: string[] = [];
      for (let index = 0; index < (isLong ? 20_000 : 150); index += 1) {
        const cell = randomCell(random);
        const surfaces =
          cell.surface === 'text' ? (['text', 'job'] as const) : (['execute', 'submit', 'job'] as const);
        faults.push(...(await faultsOf(surfaces.map((surface) => ({ ...cell, surface })))));
      }
      expect(faults).toEqual([]);
    },
    patienceMs,
  );
});
