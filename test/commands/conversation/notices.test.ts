import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { rowsOf } from '../../../src/store/rows';
import type { AdaptiveCard, Delivery } from '../../../src/store/ports';
import { buttonsOf, textOf } from '../../helpers/card-reading';
import { createGraph } from '../../../src/graph/create-graph';
import { steeringFor } from '../../helpers/steering';
import { startConversation, type Conversation } from '../../helpers/conversation';
import { expectGolden } from '../../helpers/golden';
import { allowSync, assign, assignGroup, linkTenants, type Linked } from '../../simulator/sync/linked';

jest.setTimeout(120_000);

let talk: Conversation;
let linked: Linked;

beforeAll(async () => {
  talk = await startConversation();
  for (const who of ['priya', 'omar', 'noor', 'mina']) await talk.say(who, 'hello');
  linked = await linkTenants(talk.simulator);
  await assignGroup(linked, 'Pilot');
}, 90_000);
afterAll(() => talk.close());

const channel = 'channel-con';
const alertsIn = (place: string) =>
  talk.chat.in(place).filter(({ card }) => textOf(card).startsWith('Alert'));

/** Looks at the link and waits until a notice in this place says so. */
async function notice(place: string, pattern: RegExp): Promise<AdaptiveCard> {
  await talk.steering.watchAnew();
  for (let tries = 0; tries < 60; tries += 1) {
    const found = alertsIn(place).findLast(({ card }) => pattern.test(textOf(card)));
    if (found) return found.card;
    await pause(200);
  }
  throw new Error(
    `no notice like ${String(pattern)}, only:\n${alertsIn(place)
      .map(({ card }) => textOf(card))
      .join('\n---\n')}`,
  );
}

describe('notices of a link', () => {
  it('are wished for by those who may', async () => {
    expectGolden(__filename, 'nothing subscribed', await talk.say('priya', 'subscribe'));
    expect(textOf(await talk.say('noor', 'subscribe con>fab', 'channel'))).toMatch(/Refused[^]*subscribe/);
    expectGolden(__filename, 'subscribe done', await talk.say('noor', 'subscribe con>fab --problems'));
    expectGolden(__filename, 'subscribed channel', await talk.say('priya', 'subscribe con>fab', 'channel'));
    expectGolden(__filename, 'subscriptions', await talk.say('noor', 'subscribe'));
    expectGolden(__filename, 'nothing to end', await talk.say('omar', 'unsubscribe con>fab'));
  });

  it('tell that the job was started, and what the first cycle did', async () => {
    await talk.steering.watchAnew();
    await pause(1_500);
    await talk.simulator.graph('con', 'POST', `${linked.job}/start`);
    await notice(channel, /Started/);
    await talk.simulator.control.advance('PT50M');
    const first = await notice(channel, /The first cycle has ended/);
    expectGolden(__filename, 'first cycle', first);
    expect(buttonsOf(first).map(({ title }) => title)).toEqual(['Show status', 'Mute for a day']);
  });

  it('come once, however often the link is looked at', async () => {
    const before = alertsIn(channel).length;
    for (let look = 0; look < 3; look += 1) await talk.steering.watchAnew();
    await pause(1_500);
    expect(alertsIn(channel)).toHaveLength(before);
  });

  it('tell of problems only where only problems are wished for', () => {
    const told = alertsIn('personal-noor').map(({ card }) => textOf(card));
    expect(told.filter((words) => words.includes('Started'))).toEqual([]);
    expect(told.filter((words) => words.includes('The first cycle has ended'))).toHaveLength(1);
  });

  it('name a user that newly fails, and tell in the same message when it is over', async () => {
    const lee = talk.simulator.personId('lee');
    await talk.simulator.control.changeUser('con', lee, { smsSignInState: 'ready' });
    await assign(linked, lee);
    await talk.simulator.control.advance('PT50M');
    expectGolden(__filename, 'newly failing', await notice(channel, /1 left out[^]*Lee/));
    const count = alertsIn(channel).length;
    await talk.simulator.control.changeUser('con', lee, { smsSignInState: 'notEnabled' });
    await talk.simulator.control.advance('PT50M');
    await notice(channel, /Solved[^]*Lee/);
    expect(alertsIn(channel)).toHaveLength(count);
  });

  it('tell of a switch that was turned off, and in the same message that it is on again', async () => {
    await allowSync(talk.simulator, false);
    await notice(channel, /Inbound synchronization in Fabrikam: switched off/);
    const count = alertsIn(channel).length;
    await allowSync(talk.simulator, true);
    await notice(channel, /Inbound synchronization in Fabrikam: on again/);
    expect(alertsIn(channel)).toHaveLength(count);
  });

  it('can be muted for a while', async () => {
    expect(textOf(await talk.say('priya', 'mute con>fab --hours 8', 'channel'))).toMatch(
      /Muted[^]*begins here before/,
    );
    const count = alertsIn(channel).length;
    await talk.simulator.graph('con', 'POST', `${linked.job}/pause`);
    await notice('personal-noor', /Paused/);
    expect(alertsIn(channel)).toHaveLength(count);
    expectGolden(__filename, 'unmuted', await talk.say('priya', 'mute con>fab --hours 0', 'channel'));
    expectGolden(__filename, 'mute nothing', await talk.say('omar', 'mute all'));
  });

  it('go on where somebody deleted one of them', async () => {
    const update = talk.chat.update.bind(talk.chat);
    let missed = 0;
    talk.chat.update = (to, activityId, card): Promise<Delivery> => {
      if (to.conversationId !== channel) return update(to, activityId, card);
      missed += 1;
      return Promise.resolve({ outcome: 'gone' });
    };
    const count = alertsIn(channel).length;
    await allowSync(talk.simulator, false);
    await talk.steering.watchAnew();
    await until(() => alertsIn(channel).length > count);
    await allowSync(talk.simulator, true);
    await talk.steering.watchAnew();
    await until(() => missed > 0);
    talk.chat.update = update;
    expect(missed).toBe(1);
    const places = rowsOf<{ state: string }>(
      await talk.store.db.execute(sql`select state from subscriptions where conversation_id = ${channel}`),
    );
    expect(places).toEqual([{ state: 'active' }]);
  });

  it('stop where Teams refuses the bot, and whoever subscribed is told elsewhere', async () => {
    const post = talk.chat.post.bind(talk.chat);
    talk.chat.post = (to, card): Promise<Delivery> =>
      to.conversationId === channel ? Promise.resolve({ outcome: 'gone' }) : post(to, card);
    await talk.simulator.graph('con', 'POST', `${linked.job}/start`);
    const told = await notice('personal-priya', /does not let me post in a channel/);
    expectGolden(__filename, 'place lost', told);
    talk.chat.post = post;
  });

  it('end when they are not wished for any more', async () => {
    expectGolden(__filename, 'unsubscribe done', await talk.say('noor', 'unsubscribe con>fab'));
    const count = alertsIn('personal-noor').length;
    await allowSync(talk.simulator, false);
    await talk.say('priya', 'subscribe con>fab');
    await notice('personal-priya', /switched off/);
    expect(alertsIn('personal-noor')).toHaveLength(count);
  });

  it('are neither lost nor told twice when the bot restarts', async () => {
    const restarted = () =>
      steeringFor({
        config: talk.config,
        store: talk.store,
        graph: createGraph(talk.config),
        messenger: talk.chat,
      });
    const told = (pattern: RegExp) =>
      alertsIn('personal-priya').filter(({ card }) => pattern.test(textOf(card))).length;
    await talk.steering.stop();
    const over = told(/Fabrikam: on again/);
    await allowSync(talk.simulator, true);
    let engine = await restarted();
    try {
      await engine.watchAnew();
      await until(() => told(/Fabrikam: on again/) > over);
      const post = talk.chat.post.bind(talk.chat);
      const refused = new Promise<void>((resolve) => {
        talk.chat.post = () => {
          resolve();
          return Promise.resolve({ outcome: 'throttled', retryAfterSeconds: 1 });
        };
      });
      await allowSync(talk.simulator, false);
      await engine.watchAnew();
      await refused;
      await engine.stop(); // the notice is stored, and not sent yet
      talk.chat.post = post;
      engine = await restarted();
      await until(() => told(/Fabrikam: switched off/) === 1);
      await engine.stop();
      engine = await restarted();
      await engine.watchAnew();
      await pause(3_000);
      expect(told(/Fabrikam: switched off/)).toBe(1);
    } finally {
      await engine.stop();
    }
  });
});

async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; tries < 100 && !isSo(); tries += 1) await pause(200);
  expect(isSo()).toBe(true);
}
