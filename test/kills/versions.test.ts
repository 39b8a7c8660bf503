import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { openStore } from '../../src/store/open';
import { tellFigure } from '../helpers/figures';
import { newestNumber, nextMigrations } from '../helpers/migrations';
import { hasPostgres } from '../helpers/postgres';
import { temporaryFolder } from '../helpers/processes';
import { BotProcess } from './bot-process';
import { cardWith, presser, say, submitted, untilEnded } from './rounds';
import { Stage } from './stage';

const approveButton = /^Approve for/;
const breakpoint = ';\n--> statement-breakpoint\n';

/** What the version after this one brings along: it lets this version go on beside it. */
const additive = {
  oldestCode: newestNumber,
  sql: [
    'alter table "plans" add column "later_note" text',
    'alter table "decisions" add column "later_weight" integer default 1 not null',
    'alter table "audit" add column "later_mark" text',
    'create table "later_notes" ("plan_id" text primary key)',
    'create index "later_decisions" on "decisions" ("at")',
  ].join(breakpoint),
};
/** And the one after that, which does not: it makes a promise that older programs do not know of. */
const breaking = { oldestCode: newestNumber + 2, sql: 'create table "later_promises" ("plan_id" text)' };
const nextVersion = nextMigrations(additive);

(hasPostgres() ? describe : describe.skip)('this version and the next one on one database', () => {
  let stage: Stage;
  let database: Client;
  let older: BotProcess;
  let newer: BotProcess;
  let isOn = false;
  let applied = 0;

  beforeAll(async () => {
    stage = await Stage.set({ dialect: 'postgres', leaseSeconds: 2 });
    older = await stage.launch();
    database = new Client({ connectionString: stage.databaseUrl });
    await database.connect();
    await stage.install('priya', 'mina', 'omar');
  }, 180_000);
  afterAll(async () => {
    await database?.end();
    await stage?.close();
  }, 120_000);

  /** A plan that lacks only its last approval, which comes from `last`; the other one was given at `first`. */
  async function almostApproved(first: BotProcess) {
    isOn = !isOn;
    await stage.forgetWrites();
    const planId = await submitted(stage, first, `redeem con>fab ${isOn ? 'on' : 'off'}`);
    const [mina, omar] = await Promise.all([pressOf('mina', planId), pressOf('omar', planId)]);
    return { planId, mina, omar };
  }

  async function pressOf(key: string, planId: string) {
    return presser(
      stage,
      stage.person(key),
      await cardWith(stage, key, planId, approveButton),
      approveButton,
    );
  }

  /** Applied, with one write for each tenant and no more, and one decision of each person. */
  async function provesApplied(bot: BotProcess, planId: string, claims: number): Promise<void> {
    expect((await untilEnded(bot, planId)).state).toBe('applied');
    const effects = (await stage.effects()).map(({ tenant, operation }) => `${tenant} ${operation}`);
    expect(effects).toEqual(['fab partners.update', 'con partners.update']);
    const events = (await bot.events(planId)).map(({ event }) => event);
    const count = (event: string) => events.filter((one) => one === event).length;
    expect([count('approved'), count('claimed'), count('ended')]).toEqual([2, claims, 1]);
    applied += 1;
  }

  /** The process that carries the plan out dies after its first write. */
  async function dyingHalfWay(bot: BotProcess): Promise<string> {
    const { planId, mina, omar } = await almostApproved(bot);
    await mina(bot);
    await bot.arm('after write 1');
    await omar(bot).catch(() => undefined);
    await bot.ended;
    return planId;
  }

  const rowsOf = async (sql: string): Promise<readonly Record<string, unknown>[]> =>
    (await database.query<Record<string, unknown>>(sql)).rows;
  const readyStatus = async (bot: BotProcess) => (await fetch(`${bot.url}/readyz`)).status;

  it('hand a plan on half way: the next version migrates and ends what this one began', async () => {
    const planId = await dyingHalfWay(older);
    newer = await stage.launch(true, nextVersion);
    await provesApplied(newer, planId, 2);
  }, 120_000);

  it('hand a plan back half way: this one starts on the newer schema and ends what the next began', async () => {
    const planId = await dyingHalfWay(newer);
    older = await stage.launch(true);
    await provesApplied(older, planId, 2);
  }, 120_000);

  it('work side by side: whichever is asked, each plan is applied once and newer values stay', async () => {
    newer = await stage.launch(true, nextVersion);
    for (const [first, second] of [
      [older, newer],
      [newer, older],
    ] as const) {
      const { planId, mina, omar } = await almostApproved(first);
      await database.query(`update plans set later_note = 'kept' where id = $1`, [planId]);
      await mina(second);
      await Promise.all([omar(first), omar(second), omar(first), omar(second)]);
      await provesApplied(second, planId, 1);
      expect(await readyStatus(older)).toBe(200);
      expect(await rowsOf(`select later_note from plans where id = '${planId}'`)).toEqual([
        { later_note: 'kept' },
      ]);
    }
    expect(await rowsOf('select distinct later_weight from decisions')).toEqual([{ later_weight: 1 }]);
    expect((await newer.auditChain()).broken).toBeNull();
    await newer.stop();
  }, 120_000);

  it('part where a migration says so: this one stores and sends nothing more, in the middle of a plan', async () => {
    const { planId, mina, omar } = await almostApproved(older);
    await mina(older);
    await older.arm('after write 1', 'SIGSTOP');
    const lastPress = omar(older).catch(() => undefined);
    for (const end = Date.now() + 40_000; !older.isStopped; await pause(20))
      if (Date.now() > end) throw new Error('it did not stop');
    const nextButOne = nextMigrations(additive, breaking);
    const settings = { databaseUrl: stage.databaseUrl!, dataDir: '/nowhere' };
    await (await openStore({ ...settings, migrationsFolder: nextButOne })).close();
    const everything = `select (select jsonb_agg(to_jsonb(p) - 'lease_until' order by id) from plans p) as plans,
      (select count(*) from presses) as presses,
      (select count(*) from audit) as records, (select json_agg(r) from change_runs r) as runs`;
    const before = await rowsOf(everything);
    older.signal('SIGCONT');
    await lastPress;
    expect(await readyStatus(older)).toBe(503);
    await say(stage, older, 'priya', 'redeem con>fab on');
    await omar(older).catch(() => undefined);
    await pause(3_000);
    expect(await stage.effects()).toHaveLength(1);
    expect(await rowsOf(everything)).toEqual(before);
    expect(await readyStatus(older)).toBe(503);
    newer = await stage.launch(true, nextButOne);
    await provesApplied(newer, planId, 2);
    expect((await newer.auditChain()).broken).toBeNull();
  }, 120_000);

  it('start at once on an empty database, whoever of them comes first', async () => {
    const databaseUrl = await stage.postgres!.createDatabase();
    const start = (migrationsFolder?: string) =>
      BotProcess.start({
        ...{ simulatorUrl: stage.simulator.url, dataDir: temporaryFolder(), databaseUrl, leaseSeconds: 60 },
        ...(migrationsFolder === undefined ? {} : { migrationsFolder }),
      });
    const replicas = await Promise.all([start(), start(nextVersion), start()]);
    try {
      expect(await Promise.all(replicas.map(readyStatus))).toEqual([200, 200, 200]);
      const client = new Client({ connectionString: databaseUrl });
      await client.connect();
      const { rows } = await client.query('select max(number) as newest from schema_versions');
      await client.end();
      expect(rows).toEqual([{ newest: newestNumber + 1 }]);
    } finally {
      await Promise.all(replicas.map((one) => one.kill()));
    }
    tellFigure(
      __filename,
      'versions',
      `${applied} plans through two versions on one database, 0 lost, 0 doubled, audit chain whole; ` +
        '3 replicas of two versions started at once',
    );
  }, 120_000);
});
