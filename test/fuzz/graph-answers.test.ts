import fc from 'fast-check';
import { createSteward, type WorkingSteward } from '../../src/commands/steward';
import { createGraph } from '../../src/graph/create-graph';
import { setLogLevel } from '../../src/log';
import type { AdaptiveCard } from '../../src/store/ports';
import { startConversation, type Conversation } from '../helpers/conversation';
import { dangersOf } from './support/card-safety';
import { everyLine } from './support/every-line';
import { hostileGraph } from './support/hostile-graph';
import { hostileNames } from './support/hostile-values';
import { runLink } from './support/running-link';

/** Of 25 commands each; about 40 are enough. */
const mostRounds = 150;
const wanted = { answers: 2_500, names: 2_500 };

const hostile = hostileGraph();
let conversation: Conversation;
let ownWrites: number;
beforeAll(async () => {
  setLogLevel('silent');
  const graphParts = { fetch: hostile.fetch, pace: hostile.pace };
  conversation = await startConversation({ users: 20, graphParts });
  ownWrites = await runLink(conversation.simulator);
}, 240_000);
afterAll(async () => {
  await conversation.close();
  setLogLevel('info');
});

const own = () => [conversation.config.publicUrl, conversation.config.authorityUrl];

/** One that has asked nobody yet: what it remembers of an attack does not spare it the next one. */
function freshSteward(): WorkingSteward {
  const { config, store, steering, chat } = conversation;
  const graph = createGraph(config, { fetch: hostile.fetch, pace: hostile.pace });
  return createSteward({ config, graph, store, steering, messenger: chat, patienceMs: 30_000 });
}

async function cardOf(steward: WorkingSteward, who: string, text: string): Promise<AdaptiveCard> {
  const answer = await steward.answer(conversation.incoming(who, { type: 'text', text }));
  return (await answer.later) ?? answer.card;
}

/** Asks everything, again and again, until so many answers were hostile. */
async function askUntil(kind: 'answers' | 'names', count: () => number, total: number): Promise<void> {
  const attack = fc.record({
    ...{
      seed: fc.integer(),
      share: fc.constantFrom(0.1, 0.4, 1),
      isKnown: fc.constantFrom(true, true, true, false),
    },
    ...{ who: fc.constantFrom('priya', 'mina'), line: fc.constantFrom(...everyLine) },
  });
  const survived = fc.asyncProperty(attack, async ({ seed, share, isKnown, who, line }) => {
    const steward = freshSteward();
    hostile.attack(null);
    if (isKnown) await cardOf(steward, who, 'whoami');
    hostile.attack({ seed, share, kind });
    expect(dangersOf(await cardOf(steward, who, line), own())).toEqual([]);
  });
  for (let round = 0; count() < total && round < mostRounds; round += 1) {
    await fc.assert(survived, { numRuns: 25, endOnFailure: true });
  }
  hostile.attack(null);
  expect(count()).toBeGreaterThanOrEqual(total);
  expect((await conversation.simulator.control.writes()).slice(ownWrites)).toEqual([]);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  expect(conversation.chat.messages.flatMap(({ card }) => dangersOf(card, own()))).toEqual([]);
}

test(`survives ${wanted.answers} answers of Graph that are broken, strange or endless`, async () => {
  await askUntil('answers', () => hostile.spoilt, wanted.answers);
}, 400_000);

test(`shows ${wanted.names} hostile names of a directory as names`, async () => {
  await askUntil('names', () => hostile.named, wanted.names);
}, 400_000);

test('shows the people of a hostile directory as they are', async () => {
  const { control } = conversation.simulator;
  const alice = conversation.simulator.personId('alice');
  for (const name of hostileNames.filter((one) => one.isWellFormed()).slice(0, 12)) {
    await control.changeUser('con', alice, { changes: { displayName: name, jobTitle: name } });
    const card = await cardOf(freshSteward(), 'priya', `setup con>fab --users ${alice}`);
    expect([name, dangersOf(card, own())]).toEqual([name, []]);
  }
}, 60_000);
