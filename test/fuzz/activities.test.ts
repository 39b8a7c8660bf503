import fc from 'fast-check';
import { dangersOf, innardsIn } from './support/card-safety';
import { startBotUnderFire, type BotUnderFire } from './support/bot-under-fire';
import { everyLine } from './support/every-line';
import { hostileGraph } from './support/hostile-graph';
import { hostileName, mutated, strangeValue } from './support/hostile-values';
import { runLink } from './support/running-link';
import type { AdaptiveCard } from '../../src/store/ports';
import { tellFigure } from '../helpers/figures';

/** `PROVE=1` is the long form. */
const runs =
  process.env['PROVE'] === '1' ? { activities: 7_500, buttons: 2_500 } : { activities: 1_500, buttons: 500 };
const atOnce = 50;

let bot: BotUnderFire;
let ownWrites: number;
beforeAll(async () => {
  const { fetch, pace } = hostileGraph(); // attacks nobody here: it remembers answers, and its time passes at once
  bot = await startBotUnderFire({ users: 20, graphParts: { fetch, pace } });
  ownWrites = await runLink(bot.conversation.simulator);
}, 240_000);
afterAll(() => bot.close());

let count = 0;
const own = () => [bot.conversation.config.publicUrl, bot.conversation.config.authorityUrl];

/** As Teams posts it, from somebody of the cast. */
function messageBy(who: string, change: Record<string, unknown> = {}): Record<string, unknown> {
  const { tenantId, aadObjectId, displayName } = bot.conversation.world.people.find(
    ({ key }) => key === who,
  )!;
  return {
    type: 'message',
    id: `activity-${(count += 1)}`,
    channelId: 'msteams',
    serviceUrl: bot.serviceUrl,
    from: { id: `29:${who}`, name: displayName, aadObjectId },
    recipient: { id: '28:steward', name: 'Sync Steward' },
    conversation: { id: `a:${who}`, conversationType: 'personal', tenantId },
    channelData: { tenant: { id: tenantId } },
    text: '<at>Sync Steward</at> help',
    entities: [
      {
        type: 'mention',
        text: '<at>Sync Steward</at>',
        mentioned: { id: '28:steward', name: 'Sync Steward' },
      },
      { type: 'clientInfo', locale: 'en-US', country: 'US', platform: 'Web' },
    ],
    ...change,
  };
}

function pressBy(who: string, verb: string, data: unknown): Record<string, unknown> {
  const value = { action: { type: 'Action.Execute', verb, data }, trigger: 'manual' };
  return messageBy(who, {
    ...{ type: 'invoke', name: 'adaptiveCard/action', text: undefined, entities: undefined },
    ...{ replyToId: 'pressed-card', value },
  });
}

const people = fc.constantFrom('priya', 'mina', 'zoe', 'gil', 'noor');
const lines = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom('help', 'whoami', 'tenants', 'pending', 'history', 'plan setup', 'x'),
  },
  { weight: 2, arbitrary: fc.constantFrom(...everyLine) },
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.constantFrom('verify', 'help', 'setup', 'approve', 'reject', 'try', 'status'), hostileName)
      .map((words) => words.join(' ')),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom('verify', 'try'), hostileName)
      .map(([verb, name]) => `${verb} "${name}" con>fab`),
  },
  { weight: 3, arbitrary: hostileName },
);
const buttons = fc.constantFrom<[string, Record<string, unknown>]>(
  ['command', { command: 'pending' }],
  ['command', { command: 'setup con>fab', users: 'All staff', 'option:type': 'member' }],
  ['decide', { decision: 'approve', planId: 'PL-0001', revision: 1, nonce: 'n0nce', count: '3' }],
  ['decide', { decision: 'reject', planId: 'PL-0001', revision: 1, nonce: 'n0nce', reason: 'too early' }],
  ['refresh', { planId: 'PL-0001' }],
);

/** The card of an invoke response, when there is one. */
function cardIn(text: string): readonly AdaptiveCard[] {
  const answer = text === '' ? null : (JSON.parse(text) as { type?: string; value?: unknown });
  return answer?.type === 'application/vnd.microsoft.card.adaptive' ? [answer.value as AdaptiveCard] : [];
}

async function expectCalm(activity: unknown): Promise<void> {
  const response = await bot.post(activity);
  const text = await response.text();
  expect(response.status).toBeGreaterThanOrEqual(200);
  expect(response.status).toBeLessThan(500);
  expect(innardsIn(text)).toEqual([]);
  const cards = response.status === 200 ? cardIn(text) : [];
  expect([...cards, ...bot.takeCards()].flatMap((card) => dangersOf(card, own()))).toEqual([]);
}

/** Many at once, as they would come; fast-check shrinks the batch to the one that is bad. */
async function expectAllCalm(what: string, activities: fc.Arbitrary<unknown>, total: number): Promise<void> {
  const batch = fc.array(activities, { minLength: atOnce, maxLength: atOnce });
  const numRuns = Math.ceil(total / atOnce);
  await fc.assert(
    fc.asyncProperty(batch, async (some) => void (await Promise.all(some.map(expectCalm)))),
    { numRuns },
  );
  expect((await bot.conversation.simulator.control.writes()).slice(ownWrites)).toEqual([]);
  expect((await fetch(`${bot.url}/livez`)).status).toBe(200);
  expect((await fetch(`${bot.url}/readyz`)).status).toBe(200);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  tellFigure(__filename, what, `${numRuns * atOnce} answered, 0 crashes, 0 answers of 5xx, 0 writes`);
}

const renewed = (activity: unknown) =>
  typeof activity === 'object' && activity !== null && 'id' in activity && typeof activity.id === 'string'
    ? { ...activity, id: `${activity.id}-${(count += 1)}` }
    : activity;

test(`answers ${runs.activities} activities that are wrong somewhere with a card or a 4xx, and nothing happens`, async () => {
  const kind = fc.constantFrom(
    'message',
    'invoke',
    'installationUpdate',
    'conversationUpdate',
    'typing',
    'event',
  );
  const valid = fc.tuple(people, kind, lines, buttons).map(([who, type, text, [verb, data]]) => {
    if (type === 'invoke') return pressBy(who, verb, data);
    if (type === 'message') return messageBy(who, { text });
    return messageBy(who, { type, action: 'add', membersAdded: [{ id: '28:steward' }] });
  });
  await expectAllCalm('activities', valid.chain((base) => mutated(base)).map(renewed), runs.activities);
}, 400_000);

test(`answers ${runs.buttons} buttons and forms with data that no card of ours holds`, async () => {
  const data = fc.oneof(
    buttons.chain(([verb, base]) => mutated(base).map((changed) => [verb, changed] as const)),
    fc.tuple(fc.oneof(fc.constantFrom('command', 'decide', 'refresh'), hostileName), strangeValue),
    lines.map((command) => ['command', { command }] as const),
  );
  const press = fc
    .tuple(people, data, fc.boolean())
    .map(([who, [verb, value], isSubmit]) =>
      isSubmit
        ? messageBy(who, { text: undefined, value: { ...Object(value), verb }, replyToId: 'pressed-card' })
        : pressBy(who, verb, value),
    );
  await expectAllCalm('buttons', press, runs.buttons);
}, 400_000);
