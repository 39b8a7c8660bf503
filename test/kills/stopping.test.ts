import { setTimeout as pause } from 'node:timers/promises';
import type { BotProcess } from './bot-process';
import { Carrying } from './carry-through';
import { Stage } from './stage';
import { tellFigure } from '../helpers/figures';

/** `PROVE=1` is the long form. */
const runs = process.env['PROVE'] === '1' ? 100 : 3;
const latestRandomMs = 4_000;

/** Ends that a process brings about itself: asked to, or after a fault. A new one goes on each time. */
describe('a process that ends in good order', () => {
  let stage: Stage;
  let bot: BotProcess;
  let isOn = false;

  beforeAll(async () => {
    stage = await Stage.set({ dialect: 'pglite', leaseSeconds: 60 });
    bot = await stage.launch();
    await stage.install('priya', 'mina', 'omar');
  }, 180_000);
  afterAll(async () => stage?.close(), 60_000);

  /** One plan is carried through while `strike` ends the process. @returns the exit code and seconds to the end */
  async function carryThrough(strike: (bot: BotProcess) => Promise<void>): Promise<{
    readonly code: number | null;
    readonly seconds: number;
  }> {
    if (!bot.isAlive) bot = await stage.launch();
    await stage.forgetWrites();
    isOn = !isOn;
    const first = bot;
    const ended = (async () => {
      await pause(Math.random() * latestRandomMs);
      const began = performance.now();
      await strike(first);
      await first.ended;
      return { code: first.exitCode, seconds: (performance.now() - began) / 1000 };
    })();
    const carrying = new Carrying({
      ...{ stage, bot, requester: 'priya', approvers: ['mina', 'omar'] },
      command: `redeem con>fab ${isOn ? 'on' : 'off'}`,
    });
    const { record, lostVoices } = await carrying.toTheEnd();
    bot = carrying.bot;
    const seen = await ended;
    expect([record.state, lostVoices, (await stage.effects()).length]).toEqual(['applied', [], 2]);
    return seen;
  }

  it(
    `ends with 0 at ${runs} SIGTERMs at random times, and loses no press that was answered`,
    async () => {
      const longest: number[] = [];
      for (let index = 0; index < runs; index += 1) {
        const { code, seconds } = await carryThrough(async (one) => one.signal('SIGTERM'));
        expect(code).toBe(0);
        longest.push(seconds);
      }
      if (!bot.isAlive) bot = await stage.launch();
      expect((await bot.auditChain()).broken).toBeNull();
      tellFigure(
        __filename,
        'stops',
        `${runs} SIGTERMs at random times, all ended with 0 within ${Math.max(...longest).toFixed(1)} s, ` +
          `0 lost, 0 doubled, audit chain whole`,
      );
    },
    runs * 60_000,
  );

  it.each(['throw', 'reject'] as const)(
    'ends with 1 within 10 s after a fault that nobody caught (%s), and the next one goes on',
    async (kind) => {
      const { code, seconds } = await carryThrough((one) => one.fault(kind));
      expect(code).toBe(1);
      expect(seconds).toBeLessThan(20); // ten, and what a busy machine adds
    },
    120_000,
  );

  it('takes no more work at once, answers what it has taken, and ends at a second SIGTERM', async () => {
    if (!bot.isAlive) bot = await stage.launch();
    const { client, simulator } = stage;
    const slow = { method: 'GET', pathPattern: '/v1.0/users', latencyMs: 2_500, count: 2 };
    await simulator.control.faults(slow);
    const answered = client.say(stage.person('priya'), 'verify bob@contoso.com con>fab');
    await pause(300);
    bot.signal('SIGTERM');
    await pause(200);
    expect(
      await fetch(`${bot.url}/readyz`).then(
        ({ status }) => status,
        () => 0,
      ),
    ).not.toBe(200);
    await answered;
    await bot.ended;
    expect(bot.exitCode).toBe(0);

    bot = await stage.launch();
    await simulator.control.faults(slow);
    const cut = client.say(stage.person('priya'), 'verify bob@contoso.com con>fab').catch(() => undefined);
    await pause(300);
    bot.signal('SIGTERM');
    await pause(200);
    bot.signal('SIGTERM');
    await bot.ended;
    await cut;
    expect(bot.exitCode).toBe(1);
  }, 120_000);
});
