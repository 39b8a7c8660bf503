import { announceInterrupted } from '../../../src/commands/running-reads';
import { reads } from '../../../src/store/schema';
import { linksOf, textOf } from '../../helpers/card-reading';
import { startConversation, type Conversation } from '../../helpers/conversation';
import { expectGolden } from '../../helpers/golden';

jest.setTimeout(60_000);

/** Graph is slow and the patience short: every answer comes late. */
let talk: Conversation;
beforeAll(async () => {
  talk = await startConversation({ latencyMs: 150, patienceMs: 40 });
}, 60_000);
afterAll(() => talk.close());

it('says at once that it works, and replaces that message by the answer', async () => {
  const begun = performance.now();
  const answer = await talk.steward.answer(talk.incoming('priya', { type: 'text', text: 'whoami' }));
  expect(performance.now() - begun).toBeLessThan(1_000);
  expectGolden(__filename, 'working', answer.card);
  expect(textOf((await answer.later)!)).toContain('Priya Raman');
  expect((await talk.store.db.select().from(reads)).map(({ state }) => state)).toEqual(['done']);
});

it('tells a guest nothing late either', async () => {
  expect(textOf(await talk.say('gil', 'check con>fab'))).toContain('I cannot tell that you are one');
});

it('says after a restart that a read was interrupted, and offers it again', async () => {
  const incoming = talk.incoming('priya', { type: 'text', text: 'tenants' });
  const answer = await talk.steward.answer(incoming);
  const posted = await talk.chat.post(incoming.conversation, answer.card);
  await answer.onShown?.(posted.outcome === 'sent' ? posted.activityId : '');
  expect(await announceInterrupted(talk.store, talk.chat)).toBe(1);
  const shown = talk.chat.in('personal-priya').at(-1);
  expectGolden(__filename, 'interrupted', shown?.card);
  await answer.later;
});

it('offers consent links in a personal chat only', async () => {
  await talk.simulator.control.consent('con', []);
  expect(linksOf(await talk.say('priya', 'connect fab', 'channel'))).toEqual([]);
  expect(linksOf(await talk.say('priya', 'connect con', 'channel'))).toEqual([]);
});

it('answers busy when too many people ask at once, and goes on afterwards', async () => {
  const crowd = Array.from({ length: 260 }, () =>
    talk.steward.answer(talk.incoming('zoe', { type: 'text', text: 'setup con>fab' })),
  );
  const answers = await Promise.all(crowd);
  const cards = await Promise.all(answers.map(async (answer) => (await answer.later) ?? answer.card));
  const busy = cards.filter((card) => textOf(card).includes('busy')).length;
  expect(busy).toBe(260 - 216);
  expect(textOf(await talk.say('priya', 'help'))).toContain('What I can do for you');
});
