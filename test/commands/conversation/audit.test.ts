import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { Readable } from 'node:stream';
import { parseAnchor } from '../../../src/evidence/anchors';
import { verifyExport } from '../../../src/evidence/verify-export';
import { anchorChain } from '../../../src/jobs/anchor';
import type { AdaptiveCard } from '../../../src/store/ports';
import { listAudit } from '../../../src/store/audit';
import { textOf } from '../../helpers/card-reading';
import { startConversation, type Conversation } from '../../helpers/conversation';
import { expectGolden } from '../../helpers/golden';
import { tellFigure } from '../../helpers/figures';

jest.setTimeout(120_000);

const wish = 'setup con>fab --users group:Pilot --type member --guard 10 --mail ops@contoso.com';

let talk: Conversation;
beforeAll(async () => {
  talk = await startConversation();
  for (const who of ['priya', 'omar', 'mina', 'noor']) await talk.say(who, 'hello');
  await talk.say('priya', wish);
  await talk.press('priya', await cardOf('priya', /PL-0001[^]*Draft/), 'Submit for approval', {
    reason: 'pilot M&A',
  });
  await talk.press('omar', await cardOf('omar', /Approve/), 'Approve for Contoso');
  await talk.press('mina', await cardOf('mina', /Approve/), 'Approve for Fabrikam');
  await cardOf('priya', /Plan PL-0001\nDone/);
  await talk.say('priya', 'setup con>fab --users alice@contoso.com');
  await talk.press('priya', await cardOf('priya', /PL-0002[^]*Draft/), 'Submit for approval', {
    reason: 'one more',
  });
  await cardOf('omar', /PL-0002[^]*Approve/);
  await talk.say('omar', 'reject PL-0002 she uses SMS sign-in');
}, 240_000);
afterAll(() => talk.close());

/** Waits for a card in a chat that the outbox posts or updates. */
async function cardOf(who: string, pattern: RegExp, where = `personal-${who}`): Promise<AdaptiveCard> {
  for (let tries = 0; tries < 300; tries += 1) {
    const cards = talk.chat.in(where).map(({ card }) => card);
    const found = cards.findLast((card) => pattern.test(textOf(card)));
    if (found) return found;
    await pause(200);
  }
  throw new Error(`${who} got no card like ${String(pattern)}`);
}

/** An export from before the head was posted: a chain that ends too early. */
let earlier: Buffer;

async function fileOf(key: string): Promise<Buffer> {
  const file = await talk.steward.takeExport({ key });
  if (!('lines' in file)) throw new Error(file.text);
  const parts: string[] = [];
  for await (const part of file.lines) parts.push(part);
  return Buffer.from(parts.join(''));
}

function keyOn(card: AdaptiveCard): string {
  const { url } = (card['actions'] as { url?: string }[])[0]!;
  return new URL(url ?? '').searchParams.get('key') ?? '';
}

describe('an auditor', () => {
  it('lists plans, also those that came to nothing, narrowed as wished', async () => {
    expectGolden(__filename, 'audit', await talk.say('noor', 'audit'));
    const rejected = textOf(await talk.say('noor', 'audit con>fab omar@contoso.com'));
    expect(rejected).toMatch(/PL-0002[^]*PL-0001/);
    expect(textOf(await talk.say('noor', 'audit lee@contoso.com'))).toMatch(/No plan has a record by Lee/);
    expect(textOf(await talk.say('noor', 'audit con>fab --to 2020-01-01'))).toMatch(/No plan has a record/);
    expect(textOf(await talk.say('noor', 'audit --destructive'))).not.toContain('PL-0001');
    expect(textOf(await talk.say('noor', 'audit --from 2026-02-30'))).toContain('A day is written like');
    expectGolden(__filename, 'audit second page', await talk.say('noor', 'audit --skip 1'));
  });

  it('opens a plan: who decided through which role, every request, before and after of the own tenant', async () => {
    const list = await talk.say('noor', 'audit');
    const opened = await talk.press('noor', list, 'Open PL-0001');
    expectGolden(__filename, 'audit plan', opened);
    expect(textOf(opened)).toContain('Before and after are told to people of that tenant only');
    expectGolden(__filename, 'audit rejected plan', await talk.say('noor', 'audit PL-0002'));
    expectGolden(__filename, 'audit plan further', await talk.say('noor', 'audit PL-0001 --skip 8'));
  });

  it('cannot change anything, and that is recorded once', async () => {
    const card = await talk.say('noor', 'restart con>fab');
    expectGolden(__filename, 'auditor refused', card);
    await talk.say('noor', 'restart con>fab');
    await talk.say('noor', 'start con>fab');
    const records = await listAudit(talk.store.db, { limit: 10_000 });
    const tried = records.filter(({ record }) => record.includes('"event":"refused"'));
    expect(tried.filter(({ record }) => record.includes('"command":"restart"'))).toHaveLength(1);
    expect(tried.filter(({ record }) => record.includes('"command":"start"'))).toHaveLength(1);
  });

  it('is told whether the chain is whole', async () => {
    const card = await talk.say('noor', 'audit verify');
    expect(textOf(card)).toMatch(/Intact/);
    expectGolden(__filename, 'audit verify intact', card);
  });

  it('exports what may be read, once, and the file can be checked without the bot', async () => {
    const card = await talk.say('noor', 'export audit');
    expectGolden(__filename, 'export audit', card);
    const key = keyOn(card);
    for (let look = 0; look < 3; look += 1) expect((await talk.steward.showExport({ key })).status).toBe(200);
    const file = await fileOf(key);
    earlier = file;
    const head = parseAnchor(/--head (\S+)/.exec(textOf(card))?.[1] ?? '');
    expect(await verifyExport(Readable.from([file]), [head!])).toMatchObject({ isIntact: true });
    const { con, fab } = { con: talk.simulator.tenantId('con'), fab: talk.simulator.tenantId('fab') };
    const records = file
      .toString()
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => JSON.parse(line) as Row);
    const written = records.flatMap(({ record }) =>
      record?.event === 'write-intended' ? [record.details!] : [],
    );
    expect(new Set(written.flatMap((details) => Object.keys(details)))).toEqual(new Set([con, fab]));
    for (const details of written) {
      if (fab in details) expect(details[fab]).toMatch(/^[0-9a-f]{64}$/);
      else expect(details[con]).toMatchObject({ value: { fields: expect.any(Array) } });
    }
    expect((await talk.steward.takeExport({ key })) as object).toMatchObject({ status: 400 });
    expect(await talk.steward.showExport({ key })).toMatchObject({ status: 400, button: null });
  });
});

interface Row {
  readonly record?: { readonly event: string; readonly details?: Readonly<Record<string, unknown>> };
}

describe('every decision and every write', () => {
  const query = async <T>(text: string) =>
    ((await talk.store.db.execute(sql.raw(text))) as unknown as { rows: T[] }).rows;

  it('has exactly one record, written by the same transaction', async () => {
    const decisions = await query<{ event: string; records: number }>(
      `select d.decision as event, (select count(*)::int from audit a where a.plan_id = d.plan_id
        and a.event = d.decision and a.actor_object_id = d.person_object_id and a.xmin::text = d.xmin::text) as records
        from decisions d order by d.at`,
    );
    expect(decisions.map(({ event }) => event)).toEqual(['approved', 'approved', 'rejected']);
    expect(decisions.every(({ records }) => records === 1)).toBe(true);
    const votes = await query<{ event: string; count: number }>(
      `select event, count(*)::int as count from audit where event in ('submitted', 'approved', 'rejected', 'ended', 'claimed')
        group by event order by event`,
    );
    expect(votes).toEqual([
      { event: 'approved', count: 2 },
      { event: 'claimed', count: 1 },
      { event: 'ended', count: 1 },
      { event: 'rejected', count: 1 },
      { event: 'submitted', count: 2 },
    ]);
  });

  it('as the log of the simulator counts them too', async () => {
    const runs = await query<{ attempt: number; intents: number; newest: number }>(
      `select r.attempt, (select count(*)::int from audit a where a.plan_id = r.plan_id and a.event = 'write-intended'
          and (a.record::json->'facts'->>'stepIndex')::int = r.step_index
          and (a.record::json->'facts'->>'changeIndex')::int = r.change_index) as intents,
        (select count(*)::int from audit a where a.plan_id = r.plan_id and a.event = 'write-resulted'
          and a.xmin::text = r.xmin::text) as newest from change_runs r`,
    );
    expect(runs.length).toBeGreaterThan(8);
    expect(runs.map(({ intents }) => intents)).toEqual(runs.map(({ attempt }) => attempt));
    expect(runs.every(({ newest }) => newest === 1)).toBe(true);
    const intents = runs.reduce((sum, { attempt }) => sum + attempt, 0);
    const sent = (await talk.simulator.control.writes()).length;
    const figure = `${runs.length} changes, ${intents} intents, ${sent} requests that write`;
    tellFigure(__filename, 'records of a set up', figure);
    expect(sent).toBe(intents);
  });
});

describe('people without that role', () => {
  it.each(['priya', 'omar', 'mina', 'zoe'])('read no audit: %s', async (who) => {
    for (const line of ['audit', 'audit PL-0001', 'audit verify', 'export audit']) {
      expect(textOf(await talk.say(who, line))).toMatch(/^Refused/);
    }
  });

  it('get nothing from a link that is not one', async () => {
    for (const key of ['', 'x', 'k'.repeat(43), `${'k'.repeat(42)}'`, '../../etc/passwd']) {
      expect((await talk.steward.takeExport({ key })) as object).toMatchObject({ status: 400 });
      expect(await talk.steward.showExport({ key })).toMatchObject({ status: 400 });
    }
  });
});

describe('the head of the chain', () => {
  const enqueue = () => Promise.resolve();
  const post = (everyRecords: number, everySeconds: number) =>
    anchorChain({ store: talk.store, enqueue }, { everyRecords, everySeconds });

  it('goes nowhere without a channel, then to the channel, and again only when it is time', async () => {
    expect(await post(1, 0)).toBe(false);
    await talk.say('priya', 'subscribe con>fab', 'channel');
    expect(await Promise.all([post(1, 0), post(1, 0), post(1, 0)])).toEqual([true, false, false]);
    expect(await post(1, 0)).toBe(false); // nothing but the anchor itself is new
    await talk.say('omar', 'restart con>win');
    expect(await post(500, 24 * 3600)).toBe(false);
    await talk.steering.watchAnew();
    const card = await cardOf('noor', /Head of the audit/, 'channel-con');
    expectGolden(__filename, 'anchor', card);
  });

  it('is missing from an export whose end was cut off', async () => {
    const card = await cardOf('noor', /Head of the audit/, 'channel-con');
    const head = parseAnchor(/\d+:[0-9a-f]{64}/.exec(textOf(card))?.[0] ?? '')!;
    const file = await fileOf(keyOn(await talk.say('noor', 'export audit')));
    expect(await verifyExport(Readable.from([file]), [head])).toMatchObject({ isIntact: true });
    const cut = await verifyExport(Readable.from([earlier]), [head]);
    expect(cut).toMatchObject({ isIntact: false, why: expect.stringContaining('its end was cut off') });
  });
});

describe('a channel that takes the head of the chain no more', () => {
  it('is told of to whoever subscribed it, and gets nothing more', async () => {
    const post = talk.chat.post.bind(talk.chat);
    let refused = 0;
    talk.chat.post = async (to, card) => {
      if (to.conversationId !== 'channel-con') return post(to, card);
      refused += 1;
      return { outcome: 'gone' };
    };
    const anchor = () =>
      anchorChain(
        { store: talk.store, enqueue: async () => undefined },
        { everyRecords: 1, everySeconds: 0 },
      );
    await talk.say('omar', 'restart con>win');
    expect(await anchor()).toBe(true);
    await talk.steering.watchAnew();
    await cardOf('priya', /does not let me post in a channel/);
    expect(refused).toBe(1);
    expect(await anchor()).toBe(false);
    talk.chat.post = post;
  });
});

describe('a destructive plan', () => {
  it('is found as one, in its days, and nothing else is', async () => {
    await talk.say('priya', 'unassign con>fab group:Pilot');
    await talk.press('priya', await cardOf('priya', /PL-0003[^]*Draft/), 'Submit for approval', {
      reason: 'the pilot is over',
    });
    await cardOf('omar', /PL-0003[^]*Approve/);
    const [today, tomorrow] = [0, 24 * 3_600_000].map((later) =>
      new Date(Date.now() + later).toISOString().slice(0, 10),
    );
    const found = textOf(await talk.say('noor', `audit con>fab --destructive --from ${today}`));
    expect(found).toContain('PL-0003');
    expect(found).not.toMatch(/PL-000[12]/);
    expect(textOf(await talk.say('noor', `audit --destructive --from ${tomorrow}`))).toMatch(
      /No plan has a record/,
    );
    expect(textOf(await talk.say('noor', `audit --to ${today}`))).toContain('PL-0001'); // the day itself belongs to it
  });
});

describe('a link to an export', () => {
  it('gets no file after the role was lost, and no link before other people’s eyes', async () => {
    const key = keyOn(await talk.say('noor', 'export audit'));
    expectGolden(__filename, 'export audit in a channel', await talk.say('noor', 'export audit', 'channel'));
    await talk.simulator.control.changeUser('con', talk.simulator.personId('noor'), {
      changes: { accountEnabled: false },
    });
    expect((await talk.steward.takeExport({ key })) as object).toMatchObject({ status: 400 });
    await talk.simulator.control.changeUser('con', talk.simulator.personId('noor'), {
      changes: { accountEnabled: true },
    });
  });
});
