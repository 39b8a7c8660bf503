import { ShownConsents } from '../../../src/commands/shown-consents';
import { createSteward } from '../../../src/commands/steward';
import { createGraph } from '../../../src/graph/create-graph';
import { plans, presses, takenMessages } from '../../../src/store/schema';
import { deleteOldMessages } from '../../../src/store/taken-messages';
import { textOf } from '../../helpers/card-reading';
import { startConversation, type Conversation } from '../../helpers/conversation';

jest.setTimeout(60_000);

/** The same message again, after a restart: another Steward on the same database. */
let talk: Conversation;
beforeAll(async () => {
  talk = await startConversation();
}, 60_000);
afterAll(() => talk.close());

function restarted() {
  const { config, store, steering, chat: messenger } = talk;
  return createSteward({
    config,
    store,
    steering,
    messenger,
    graph: createGraph(config),
    patienceMs: 30_000,
  });
}

const setup = 'setup con>fab --users group:Pilot --type member';

it('plans nothing a second time, and says nothing, when a message comes again after a restart', async () => {
  const incoming = talk.incoming('priya', { type: 'text', text: setup });
  await talk.send(incoming);
  await new Promise((resolve) => setTimeout(resolve, 200));
  const before = (await talk.store.db.select().from(plans)).length;
  const again = await restarted().answer(incoming);
  expect(again.isRepeat).toBe(true);
  expect(await talk.store.db.select().from(plans)).toHaveLength(before);
  expect(before).toBe(1);
});

it('plans nothing a second time when the process died before it answered, and says so', async () => {
  const incoming = talk.incoming('priya', { type: 'text', text: setup });
  await talk.steward.answer(incoming); // nobody shows this answer
  const before = (await talk.store.db.select().from(plans)).length;
  const again = await restarted().answer(incoming);
  expect(again.isRepeat).toBeUndefined();
  expect(textOf(again.card)).toContain('I was restarted meanwhile');
  expect(await talk.store.db.select().from(plans)).toHaveLength(before);
});

it('remembers no message of a guest, and no press of anybody without a card (I13)', async () => {
  const rows = async () => (await talk.store.db.select().from(takenMessages)).length;
  const before = await rows();
  await talk.say('gil', 'help');
  expect(await rows()).toBe(before);
  const guess = {
    type: 'decision',
    decision: 'approve',
    planId: 'PL-0001',
    revision: 1,
    nonce: 'guess',
  } as const;
  await talk.send(talk.incoming('gil', { ...guess, inputs: {} }));
  expect(await talk.store.db.select().from(presses)).toEqual([]);
});

it('forgets messages after a day', async () => {
  await talk.store.db.update(takenMessages).set({ takenAt: new Date(Date.now() - 25 * 3_600_000) });
  await talk.say('priya', 'help');
  await deleteOldMessages(talk.store.db);
  expect(await talk.store.db.select().from(takenMessages)).toHaveLength(1);
});

it('puts the consent card right in its own message, also after a restart', async () => {
  await talk.simulator.control.consent('con', []);
  await talk.say('priya', 'connect con');
  const shown = talk.chat.in('personal-priya').at(-1)!;
  const count = talk.chat.in('personal-priya').length;
  const { conversationId } = talk.incoming('priya', { type: 'text', text: '' }).conversation;
  await new ShownConsents(talk.store, talk.chat).show(conversationId, shown.card);
  expect(talk.chat.in('personal-priya')).toHaveLength(count);
  expect(talk.chat.in('personal-priya').at(-1)?.updates).toBe(1);
});
