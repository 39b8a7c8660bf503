import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { hasPostgres, startPostgres, type TestPostgres } from '../helpers/postgres';
import { freePort } from '../helpers/free-ports';
import {
  readyStatus,
  startLocal,
  temporaryFolder,
  untilReady,
  untilStatus,
  type Running,
} from '../helpers/processes';
import { readyDataFolder } from '../helpers/ready-databases';
import { startTestSimulator, type TestSimulator } from '../helpers/simulator';
import type { BotProcess } from './bot-process';
import { Carrying } from './carry-through';
import { CutProxy } from './cut-proxy';
import { cardWith, presser, submitted, untilEnded } from './rounds';
import { Stage } from './stage';
import { tellFigure } from '../helpers/figures';

describe('programs as people start them', () => {
  let simulator: TestSimulator;
  const started: Running[] = [];
  beforeAll(async () => {
    simulator = await startTestSimulator({ users: 20 });
  });
  afterEach(async () => {
    await Promise.all(started.splice(0).map((one) => one.stop('SIGKILL')));
  });
  afterAll(async () => simulator.close());

  async function start(env: Record<string, string>): Promise<{ url: string; running: Running }> {
    const port = String(await freePort());
    const running = startLocal(['--only', 'bot'], { ...env, PORT: port, GRAPH_BASE_URL: simulator.url });
    started.push(running);
    return { url: `http://127.0.0.1:${port}`, running };
  }

  it('share no data folder: the second ends with 78 and names the first, whose death frees it (I38)', async () => {
    const env = { DATA_DIR: readyDataFolder() };
    const first = await start(env);
    await untilReady(`${first.url}/readyz`, first.running);
    const second = await start(env);
    const code = await new Promise((done) => second.running.child.once('close', done));
    expect(code).toBe(78);
    expect(second.running.output()).toContain(`process ${first.running.child.pid}`);
    expect(await readyStatus(first.url)).toBe(200);
    await first.running.stop('SIGKILL');
    const third = await start(env);
    await untilReady(`${third.url}/readyz`, third.running);
  }, 180_000);

  (hasPostgres() ? describe : describe.skip)('on PostgreSQL', () => {
    let postgres: TestPostgres;
    beforeAll(async () => {
      postgres = await startPostgres();
    }, 60_000);
    afterAll(async () => postgres.stop());

    it('all start when three of them find an empty database at once', async () => {
      const DATABASE_URL = await postgres.createDatabase();
      const replicas = await Promise.all(
        [1, 2, 3].map(() => start({ DATABASE_URL, DATA_DIR: temporaryFolder() })),
      );
      await Promise.all(replicas.map(({ url, running }) => untilReady(`${url}/readyz`, running)));
    }, 180_000);

    it('wait for a server that is not there yet, and end with 78 for a database that does not exist', async () => {
      const DATABASE_URL = await postgres.createDatabase();
      await postgres.halt();
      const early = await start({ DATABASE_URL, DATA_DIR: temporaryFolder() });
      await untilStatus(early.url, 503);
      expect((await fetch(`${early.url}/livez`)).status).toBe(200);
      await postgres.resume();
      await untilReady(`${early.url}/readyz`, early.running);
      const missing = DATABASE_URL.replace(/\w+$/, 'missing');
      const lost = await start({ DATABASE_URL: missing, DATA_DIR: temporaryFolder() });
      expect(await new Promise((done) => lost.running.child.once('close', done))).toBe(78);
      expect(lost.running.output()).toContain('Check DATABASE_URL');
    }, 180_000);
  });
});

(hasPostgres() ? describe : describe.skip)('a replica whose database goes away or moves on', () => {
  let stage: Stage;
  let bot: BotProcess;
  const proxy = new CutProxy();
  const approveButton = /^Approve for/;
  let straightUrl = '';

  beforeAll(async () => {
    const through = (url: string) => {
      straightUrl = url;
      return proxy.listen(url);
    };
    stage = await Stage.set({ dialect: 'postgres', leaseSeconds: 2, through });
    bot = await stage.launch();
    await stage.install('priya', 'mina', 'omar');
  }, 180_000);
  afterAll(async () => {
    await stage?.close();
    await proxy.close();
  }, 60_000);

  afterEach(() => {
    if (!bot.isAlive) console.error(`the process ended:\n${bot.output()}`);
  });

  /** A plan that lacks only its last approval, and that press. */
  async function almostApproved(
    command: string,
  ): Promise<{ planId: string; approve: () => Promise<unknown> }> {
    await stage.forgetWrites();
    const planId = await submitted(stage, bot, command);
    const mina = await cardWith(stage, 'mina', planId, approveButton);
    const omar = await cardWith(stage, 'omar', planId, approveButton);
    await presser(stage, stage.person('mina'), mina, approveButton)(bot);
    const press = presser(stage, stage.person('omar'), omar, approveButton);
    return { planId, approve: () => press(bot).catch(() => undefined) };
  }

  async function query(sql: string): Promise<void> {
    const client = new Client({ connectionString: straightUrl });
    await client.connect();
    await client.query(sql);
    await client.end();
  }

  it('writes nothing on a schema newer than itself, and goes on when it is known again', async () => {
    const { planId, approve } = await almostApproved('redeem con>fab on');
    await query(
      `insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', 9999999999999)`,
    );
    await untilStatus(bot.url, 503);
    await approve();
    await pause(4_000);
    expect(await stage.effects()).toEqual([]);
    await query(`delete from drizzle.__drizzle_migrations where hash = 'later'`);
    await untilStatus(bot.url, 200);
    await approve();
    expect((await untilEnded(bot, planId)).state).toBe('applied');
    expect(await stage.effects()).toHaveLength(2);
  }, 180_000);

  it('is not ready and writes nothing without its database, and recovers alone', async () => {
    const { planId, approve } = await almostApproved('redeem con>fab off');
    await stage.postgres?.halt();
    await untilStatus(bot.url, 503);
    await approve();
    await pause(3_000);
    expect(await stage.effects()).toEqual([]);
    await stage.postgres?.resume();
    await untilStatus(bot.url, 200);
    await approve();
    expect((await untilEnded(bot, planId)).state).toBe('applied');
    expect(await stage.effects()).toHaveLength(2);
  }, 180_000);

  const cuts = process.env['PROVE'] === '1' ? 40 : 4;
  it(
    `loses and doubles nothing when the connection is cut at a commit, ${cuts} times`,
    async () => {
      for (let index = 0; index < cuts; index += 1) {
        await stage.forgetWrites();
        proxy.arm(index % 2 === 0 ? 'after' : 'before', Math.floor((index * 12) / cuts));
        const { record, lostVoices } = await new Carrying({
          ...{ stage, bot, requester: 'priya', approvers: ['mina', 'omar'], isPatient: true },
          command: `redeem con>fab ${index % 2 === 0 ? 'on' : 'off'}`,
        }).toTheEnd();
        expect([record.state, lostVoices, (await stage.effects()).length]).toEqual(['applied', [], 2]);
      }
      expect((await bot.auditChain()).broken).toBeNull();
      expect(proxy.cuts).toBe(cuts);
      tellFigure(
        __filename,
        'cuts',
        `${proxy.cuts} connections cut at a COMMIT, 0 lost, 0 doubled, audit chain whole`,
      );
    },
    cuts * 60_000,
  );
});
