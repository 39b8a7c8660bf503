import { setTimeout as pause } from 'node:timers/promises';
import { hasPostgres } from '../helpers/postgres';
import type { BotProcess } from './bot-process';
import { cardWith, presser, submitted, untilEnded } from './rounds';
import { Stage } from './stage';
import { tellFigure } from '../helpers/figures';

/**
 * Where the executor is stopped: each lies between two things that it would do under its lease. Not among them is the
 * moment between the last check of the lease and the socket: that request nobody can call back.
 */
const stops = [
  'after commit of claimed',
  'before look after claimed',
  'after commit of intent 1',
  'before look after intent 1',
  'after write 1',
  'after commit of result 1 written',
  'before look after result 1 written',
  'after commit of result 1 verified',
  'after commit of intent 2',
  'after write 2',
  'before look after result 2 written',
];
const shown = process.env['PROVE'] === '1' ? stops : stops.filter((_, index) => index % 3 === 0);
const leaseSeconds = 5;
const approveButton = /^Approve for/;

(hasPostgres() ? describe : describe.skip)('an executor that is stopped past its lease', () => {
  let stage: Stage;
  let bots: readonly BotProcess[];
  let proven = 0;

  beforeAll(async () => {
    stage = await Stage.set({ dialect: 'postgres', leaseSeconds });
    bots = [await stage.launch(), await stage.launch(true)];
    await stage.install('priya', 'mina', 'omar');
  }, 180_000);
  afterAll(async () => {
    await stage?.close();
    tellFigure(
      __filename,
      'zombie',
      `${proven} of ${shown.length} stops past the lease, 0 state writes, 0 doubled effects`,
    );
  }, 120_000);

  it.each(shown.map((point, index) => ({ point, isOn: index % 2 === 0 })))(
    '$point stores nothing and sends nothing when it wakes up',
    async ({ point, isOn }) => {
      await stage.forgetWrites();
      const planId = await submitted(stage, bots[0]!, `redeem con>fab ${isOn ? 'on' : 'off'}`);
      for (const bot of bots) await bot.arm(point, 'SIGSTOP');
      const [mina, omar] = [await cardOf('mina', planId), await cardOf('omar', planId)];
      await presser(stage, stage.person('mina'), mina, approveButton)(bots[0]!);
      // The replica that is asked may be the one that stops: its answer comes when it wakes up.
      const last = presser(stage, stage.person('omar'), omar, approveButton)(bots[0]!);
      const zombie = await theStopped();
      const heir = bots.find((bot) => bot !== zombie)!;
      await heir.arm('nowhere');
      const record = await untilEnded(heir, planId);
      expect(record.state).toBe('applied');
      const [effects, events] = [await effectsNow(), await heir.events(planId)];
      expect(effects).toEqual(['fab partners.update', 'con partners.update']);
      const fences = events.flatMap(({ event, facts }) => (event === 'claimed' ? [facts['fence']] : []));
      // Often 1, 2; on a busy machine an heir that was itself held up gives up its lease and claims anew.
      expect(fences.length).toBeGreaterThan(1);
      expect(fences).toEqual(fences.map((_, index) => index + 1));
      zombie.signal('SIGCONT');
      await zombie.plan(planId); // it is awake
      expect((await last).status).toBe(200);
      await pause(2_500);
      expect(await effectsNow()).toEqual(effects);
      expect(await heir.events(planId)).toEqual(events);
      expect(await heir.plan(planId)).toEqual(record);
      proven += 1;
    },
    120_000,
  );

  // A test that fails half-way must not fail those after it.
  afterEach(() => bots.forEach((bot) => bot.signal('SIGCONT')));

  const cardOf = (key: string, planId: string) => cardWith(stage, key, planId, approveButton);

  async function theStopped(): Promise<BotProcess> {
    for (const end = Date.now() + 40_000; Date.now() < end; await pause(50)) {
      const stopped = bots.find((bot) => bot.isStopped);
      if (stopped) return stopped;
    }
    throw new Error('nobody was stopped');
  }

  async function effectsNow(): Promise<readonly string[]> {
    return (await stage.effects()).map(({ tenant, operation }) => `${tenant} ${operation}`);
  }
});
