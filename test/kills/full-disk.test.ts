import { setTimeout as pause } from 'node:timers/promises';
import { untilStatus } from '../helpers/processes';
import { cardText, conversationOf, type PostedCard } from '../helpers/teams-client';
import type { BotProcess } from './bot-process';
import { cardWith, presser, say, submitted, untilEnded } from './rounds';
import { Stage } from './stage';

describe('a process whose disk is full', () => {
  let stage: Stage;
  let bot: BotProcess;
  beforeAll(async () => {
    stage = await Stage.set({ dialect: 'pglite', leaseSeconds: 2 });
    bot = await stage.launch();
    await stage.install('priya', 'mina', 'omar');
  }, 180_000);
  afterAll(async () => stage?.close(), 60_000);

  it('is not ready, says so to whoever presses or types, writes nothing, and recovers alone', async () => {
    await stage.forgetWrites();
    const planId = await submitted(stage, bot, 'redeem con>fab on');
    const press = async (key: string) => {
      const posted = await cardWith(stage, key, planId, /^Approve for/);
      return presser(stage, stage.person(key), posted, /^Approve for/);
    };
    const [mina, omar] = [await press('mina'), await press('omar')];
    await mina(bot);
    await bot.disk(true);
    await untilStatus(bot.url, 503);
    await omar(bot);
    await say(stage, bot, 'priya', 'pending');
    for (const key of ['omar', 'priya']) {
      const chat = conversationOf(stage.person(key));
      const isTold = ({ conversationId, card }: PostedCard) =>
        conversationId === chat && /free space on the disk/.test(cardText(card));
      await stage.client.waitFor(isTold, `a card that tells ${key} what is wrong`, 20_000);
    }
    await pause(3_000);
    expect(await stage.effects()).toEqual([]);
    await bot.disk(false);
    await untilStatus(bot.url, 200);
    await omar(bot);
    expect((await untilEnded(bot, planId)).state).toBe('applied');
    expect(await stage.effects()).toHaveLength(2);
  }, 180_000);
});
