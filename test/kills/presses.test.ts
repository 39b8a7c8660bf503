import { Client } from 'pg';
import { setTimeout as pause } from 'node:timers/promises';
import { hasPostgres } from '../helpers/postgres';
import type { Replica } from './replica';
import { cardWith, presser, say, submitted, untilEnded } from './rounds';
import { Stage } from './stage';
import { tellFigure } from '../helpers/figures';

/** `PROVE=1` is the long form. */
const rounds = process.env['PROVE'] === '1' ? 200 : 10;
const replicas = 5;
const pressesPerRound = 100;
const approveButton = /^Approve for/;

(hasPostgres() ? describe : describe.skip)(`${replicas} replicas on one database`, () => {
  let stage: Stage;
  let bots: readonly Replica[];

  beforeAll(async () => {
    stage = await Stage.set({ dialect: 'postgres', leaseSeconds: 60 });
    bots = [];
    for (let count = 0; count < replicas; count += 1) bots = [...bots, await stage.launchAsPeopleDo()];
    await stage.install('priya', 'mina', 'omar', 'dana');
  }, 240_000);
  afterAll(async () => stage?.close(), 120_000);

  const replica = (index: number) => bots[index % replicas]!;
  const eventsOf = async (planId: string) => (await replica(0).events(planId)).map(({ event }) => event);

  it(
    `execute once what is approved ${pressesPerRound} times at once, in ${rounds} rounds`,
    async () => {
      let executions = 0;
      for (let round = 0; round < rounds; round += 1) {
        await stage.forgetWrites();
        const command = `redeem con>fab ${round % 2 === 0 ? 'on' : 'off'}`;
        const planId = await submitted(stage, replica(round), command);
        const press = await Promise.all(
          ['mina', 'omar'].map(async (key) =>
            presser(
              stage,
              stage.person(key),
              await cardWith(stage, key, planId, approveButton),
              approveButton,
            ),
          ),
        );
        const presses = Array.from({ length: pressesPerRound }, (_, index) =>
          press[index % 2]!(replica(Math.floor(index / 2))),
        );
        const statuses = new Set((await Promise.all(presses)).map(({ status }) => status));
        const { state } = await untilEnded(replica(round), planId);
        const effects = (await stage.effects()).map(({ tenant, operation }) => `${tenant} ${operation}`);
        const events = await eventsOf(planId);
        const count = (event: string) => events.filter((one) => one === event).length;
        executions += count('claimed');
        expect({ state, effects, statuses: [...statuses] }).toEqual({
          state: 'applied',
          effects: ['fab partners.update', 'con partners.update'],
          statuses: [200],
        });
        expect([count('approved'), count('claimed'), count('write-intended'), count('ended')]).toEqual([
          2, 1, 2, 1,
        ]);
      }
      expect(executions).toBe(rounds);
      tellFigure(
        __filename,
        'presses',
        `${pressesPerRound} presses x ${replicas} replica processes x ${rounds} rounds, ` +
          `${executions} executions, 2 writes each`,
      );
    },
    rounds * 60_000,
  );

  it(
    `let one of approve, reject, withdraw and expire win, in ${rounds} rounds`,
    async () => {
      const winners: Record<string, number> = {};
      const database = new Client({ connectionString: stage.databaseUrl });
      await database.connect();
      const { PgBoss } = await import('pg-boss'); // it is an ES module
      const boss = new PgBoss({
        ...{ connectionString: stage.databaseUrl!, migrate: false, supervise: false, schedule: false },
      });
      await boss.start();
      try {
        let isOn = rounds % 2 === 1;
        for (let round = 0; round < rounds; round += 1) {
          await stage.forgetWrites();
          const planId = await submitted(stage, replica(round), `redeem con>fab ${isOn ? 'off' : 'on'}`);
          const mina = await cardWith(stage, 'mina', planId, approveButton);
          const omar = await cardWith(stage, 'omar', planId, approveButton);
          await presser(stage, stage.person('mina'), mina, approveButton)(replica(round));
          const approve = presser(stage, stage.person('omar'), omar, approveButton);
          const soon = () => pause(Math.random() * 150);
          const expiry = `update plans set expires_at = clock_timestamp() where id = $1 and state = 'submitted'`;
          await Promise.all([
            soon().then(() => approve(replica(round))),
            soon().then(() => say(stage, replica(round + 1), 'dana', `reject ${planId} not now`)),
            soon().then(() => say(stage, replica(round + 2), 'priya', `withdraw ${planId} not now`)),
            pause(100 + Math.random() * 400).then(async () => {
              await database.query(expiry, [planId]);
              await boss.send('expire', {});
            }),
          ]);
          const { state } = await untilEnded(replica(round), planId);
          await pause(300); // whoever lost has been heard by now
          const events = await eventsOf(planId);
          const endings = events.filter((event) =>
            ['ended', 'rejected', 'withdrawn', 'expired'].includes(event),
          );
          const effects = (await stage.effects()).length;
          const isApplied = state === 'applied';
          expect({ state, endings, effects }).toEqual({
            state,
            endings: [isApplied ? 'ended' : state],
            effects: isApplied ? 2 : 0,
          });
          expect((await replica(0).plan(planId))?.state).toBe(state);
          expect(events.includes('claimed')).toBe(isApplied);
          winners[state] = (winners[state] ?? 0) + 1;
          if (isApplied) isOn = !isOn;
        }
      } finally {
        await database.end();
        await boss.stop({ graceful: false });
      }
      const { broken } = await replica(0).auditChain();
      expect(broken).toBeNull();
      tellFigure(
        __filename,
        'races',
        `${rounds} rounds of approve, reject, withdraw and expire, one winner each: ${JSON.stringify(winners)}`,
      );
    },
    rounds * 60_000,
  );
});
