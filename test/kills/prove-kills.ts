import { setTimeout as pause } from 'node:timers/promises';
import type { Store } from '../../src/store/db';
import type { BotProcess } from './bot-process';
import { Carrying } from './carry-through';
import { effectOf, strikePoints } from './points';
import { Stage } from './stage';
import { tellFigure } from '../helpers/figures';

/** `PROVE=1` is the long form. */
const runs = process.env['PROVE'] === '1' ? 200 : 20;
const latestRandomMs = 4_000;

/** Where run `index` is struck: at a named point, or (null) at a random time. The short form shares the points out. */
function pointOf(index: number, dialect: string): string | null {
  if (runs >= 3 * strikePoints.length) {
    return index < 3 * strikePoints.length ? strikePoints[index % strikePoints.length]! : null;
  }
  const share = strikePoints.filter((_, at) => at % 2 === (dialect === 'pglite' ? 0 : 1));
  return share[index] ?? null;
}

/** The process is killed at a moment between now and `latestRandomMs`; resolves when it is dead. */
async function killSometime(bot: BotProcess): Promise<void> {
  await pause(Math.random() * latestRandomMs);
  await bot.kill();
}

async function diesWithin(bot: BotProcess, milliseconds: number): Promise<boolean> {
  return Promise.race([bot.ended.then(() => true), pause(milliseconds, false)]);
}

/** One file per database, so that they run beside each other. */
export function provesKills(dialect: Store['dialect']): void {
  let stage: Stage;
  let bot: BotProcess;
  let deadlyEffect: number | undefined;
  const figures = { kills: 0, lost: 0, doubled: 0 };
  const struckPoints = new Set<string>();

  beforeAll(async () => {
    stage = await Stage.set({
      dialect,
      leaseSeconds: 2,
      onWrite: (number) => {
        if (number === deadlyEffect) bot.signal('SIGKILL');
      },
    });
    bot = await stage.launch();
    await stage.install('priya', 'mina', 'omar');
  }, 180_000);
  afterAll(async () => stage?.close(), 60_000);

  it(
    `loses nothing and doubles nothing in ${runs} runs`,
    async () => {
      for (let index = 0; index < runs; index += 1) await strikeOnce(index);
      if (!bot.isAlive) bot = await stage.launch();
      const { broken, records } = await bot.auditChain();
      expect(broken).toBeNull();
      const { kills, lost, doubled } = figures;
      tellFigure(
        `kills/kills-${dialect}.test.ts`,
        'kills',
        `${runs} runs on ${dialect}, ${kills} kills at ${struckPoints.size} of ${strikePoints.length} ` +
          `named points and at random times, ${lost} lost, ${doubled} doubled, audit chain of ${records} whole`,
      );
    },
    runs * 90_000,
  );

  async function strikeOnce(index: number): Promise<void> {
    const point = pointOf(index, dialect);
    const wish = index % 2 === 0;
    if (!bot.isAlive) bot = await stage.launch();
    await stage.forgetWrites();
    deadlyEffect = point === null ? undefined : effectOf(point);
    if (point !== null) struckPoints.add(point);
    const kills: Promise<void>[] = [];
    if (point === null) kills.push(killSometime(bot));
    else if (deadlyEffect === undefined) await bot.arm(point);
    const carrying = new Carrying({
      stage,
      bot,
      command: `redeem con>fab ${wish ? 'on' : 'off'}`,
      requester: 'priya',
      approvers: ['mina', 'omar'],
      onRestart: async (next) => {
        bot = next;
        deadlyEffect = undefined;
        if (index % 4 === 3 && kills.length === 0) kills.push(killSometime(next));
      },
    });
    const { record, deaths, lostVoices } = await carrying.toTheEnd();
    bot = carrying.bot;
    await Promise.all(kills);
    const isStruck = !bot.isAlive || deaths > 0 || (await diesWithin(bot, 3_000));
    figures.kills += deaths + (bot.isAlive ? 0 : 1);
    const effects = (await stage.effects()).map(({ tenant, operation, body }) => {
      const { automaticUserConsentSettings: set } = body as { automaticUserConsentSettings: object };
      return `${tenant} ${operation} ${JSON.stringify(set)}`;
    });
    const wanted = [
      `fab partners.update ${JSON.stringify({ inboundAllowed: wish, outboundAllowed: null })}`,
      `con partners.update ${JSON.stringify({ inboundAllowed: null, outboundAllowed: wish })}`,
    ];
    figures.lost += wanted.filter((one) => !effects.includes(one)).length + lostVoices.length;
    figures.doubled += effects.length - new Set(effects).size;
    const seen = { point, state: record.state, ending: record.ending, lostVoices, isStruck, effects };
    expect(seen).toEqual({
      ...{ point, state: 'applied', ending: null, lostVoices: [], isStruck: true, effects: wanted },
    });
  }
}
