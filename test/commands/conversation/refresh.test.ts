import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { pressContent } from '../../../src/bot/press-content';
import { readRecord } from '../../../src/store/records';
import { listCards } from '../../../src/store/outbox';
import { rowsOf } from '../../../src/store/rows';
import type { AdaptiveCard } from '../../../src/store/ports';
import { buttonsOf, textOf } from '../../helpers/card-reading';
import { startConversation, type Conversation } from '../../helpers/conversation';

/** What Teams asks on its own when somebody looks at a card: only ever shows, never does (I33). */
jest.setTimeout(90_000);

const planId = 'PL-0001';
let talk: Conversation;
let draft: AdaptiveCard;
let strangers: AdaptiveCard;

beforeAll(async () => {
  talk = await startConversation();
  strangers = await talk.say('gil', 'hello');
  for (const who of ['priya', 'omar', 'mina']) await talk.say(who, 'hello');
  await talk.say('priya', 'setup con>fab --users group:Pilot');
  draft = await cardOf('priya', /Draft/);
}, 90_000);
afterAll(() => talk.close());

async function cardOf(who: string, pattern: RegExp): Promise<AdaptiveCard> {
  for (let tries = 0; tries < 200; tries += 1) {
    const cards = talk.chat.in(`personal-${who}`).map(({ card }) => card);
    const found = cards.findLast((card) => pattern.test(textOf(card)));
    if (found) return found;
    await pause(100);
  }
  throw new Error(`${who} got no card like ${String(pattern)}`);
}

function refresh(who: string, where?: 'channel', id = planId): Promise<AdaptiveCard> {
  return talk.send(talk.incoming(who, { type: 'refresh', planId: id }, where));
}

const titles = (card: AdaptiveCard) => buttonsOf(card).map(({ title }) => title);
/** Every row of every table, but for the nonces: they only prove which revision was shown to whom. */
async function dump(): Promise<Record<string, unknown>> {
  const { db } = talk.store;
  const tables = rowsOf<{ name: string }>(
    await db.execute(
      sql`select table_name as name from information_schema.tables where table_schema = 'public'`,
    ),
  );
  const all: Record<string, unknown> = {};
  for (const { name } of tables) {
    if (name === 'nonces') continue;
    const rows = rowsOf(await db.execute(sql`select * from ${sql.identifier(name)}`));
    all[name] = rows.map((row) => JSON.stringify(row)).toSorted();
  }
  return all;
}

/** Once the outbox has sent what it had to send. */
async function settledDump(): Promise<Record<string, unknown>> {
  for (let tries = 0; tries < 40; tries += 1) {
    const one = await dump();
    await pause(500);
    if (JSON.stringify(one) === JSON.stringify(await dump())) return one;
  }
  throw new Error('the database did not come to rest');
}

const record = () => readRecord(talk.store.db, planId);

function decision(card: AdaptiveCard, name: string, changes: Record<string, unknown> = {}) {
  const button = buttonsOf(card).find(({ data }) => data['decision'] === name)!;
  const data = button.data as { planId: string; revision: number; nonce: string };
  return { type: 'decision', decision: name, inputs: { reason: 'pilot' }, ...data, ...changes } as const;
}

describe('a draft', () => {
  it('is shown to its requester, with what they can do', async () => {
    expect(titles(await refresh('priya'))).toEqual(titles(draft));
  });

  it.each(['omar', 'mina', 'noor', 'zoe', 'ivy', 'gil'])('is not shown to %s', async (who) => {
    expect(await refresh(who)).toEqual(strangers);
  });

  it('of a number that nobody has looks like one that is somebody else’s', async () => {
    expect(await refresh('priya', undefined, 'PL-9999')).toEqual(await refresh('omar'));
  });

  it('cannot be submitted from a card of an older revision', async () => {
    const old = decision(draft, 'submit');
    await talk.say('priya', `setup con>fab --users group:Pilot --guard 12 --revise ${planId}`);
    const said = textOf(await talk.send(talk.incoming('priya', old)));
    expect(said).toContain('That card showed an older version of the plan.');
    expect(await record()).toMatchObject({ state: 'draft', revision: 2 });
  });
});

describe('a plan that waits', () => {
  beforeAll(async () => {
    const fresh = await refresh('priya');
    await talk.send(talk.incoming('priya', decision(fresh, 'submit')));
    await cardOf('mina', /Approve/);
  });

  it('shows the requester who is waited for, and never an approval', async () => {
    const card = await refresh('priya');
    expect(textOf(card)).toContain('You cannot approve your own plan');
    expect(titles(card)).toEqual(['Remind approvers', 'Withdraw plan', 'Show PowerShell']);
  });

  it.each([
    ['mina', 'Fabrikam', 'Contoso'],
    ['omar', 'Contoso', 'Fabrikam'],
  ])('shows %s the approval of %s alone', async (who, own, other) => {
    const card = await refresh(who);
    expect(titles(card)).toContain(`Approve for ${own}`);
    expect(titles(card)).not.toContain(`Approve for ${other}`);
  });

  it.each(['lee', 'noor'])('shows %s, who may look, the state without a decision', async (who) => {
    const card = await refresh(who);
    expect(textOf(card)).toContain(`Plan ${planId}`);
    expect(titles(card)).toEqual(['Show PowerShell']);
  });

  it.each(['zoe', 'ivy', 'gil'])('shows %s nothing', async (who) => {
    expect(await refresh(who)).toEqual(strangers);
    expect(await refresh(who, 'channel')).toEqual(strangers);
  });

  it('shows nothing to another organization, which is not looked up', async () => {
    const before = await talk.simulator.control.requests();
    const { person, ...one } = talk.incoming('mina', { type: 'refresh', planId });
    const tenantId = '99999999-9999-4999-8999-999999999999';
    expect(await talk.send({ ...one, person: { ...person, tenantId } })).toEqual(strangers);
    expect(await talk.simulator.control.requests()).toEqual(before);
  });

  it.each(['priya', 'omar', 'mina'])('gives %s no decision in a channel', async (who) => {
    const card = await refresh(who, 'channel');
    expect(textOf(card)).toContain(`Plan ${planId}`);
    expect(buttonsOf(card).filter(({ data }) => 'decision' in data)).toEqual([]);
  });

  it('is the same database after sixty looks, but for what proves them, and nothing was written', async () => {
    const before = await settledDump();
    for (let look = 0; look < 10; look += 1) {
      await Promise.all(['priya', 'omar', 'mina', 'noor', 'zoe', 'gil'].map((who) => refresh(who)));
    }
    expect(await dump()).toEqual(before);
    expect(await talk.simulator.control.writes()).toEqual([]);
  });

  it('is not decided with a ticket that is made up, of another person or of an older revision', async () => {
    const [mine, theirs] = [await refresh('omar'), await refresh('mina')];
    const tries = [
      decision(mine, 'approve', { nonce: 'x'.repeat(43) }),
      decision(mine, 'approve', { revision: 1 }),
      decision(theirs, 'approve'),
    ];
    for (const one of tries) {
      expect(textOf(await talk.send(talk.incoming('omar', one)))).not.toContain('You approved it');
    }
    expect((await record())?.decisions).toEqual([]);
  });

  it('is decided from a refreshed card and shows so at the next look', async () => {
    await talk.send(talk.incoming('mina', decision(await refresh('mina'), 'approve')));
    expect((await record())?.decisions).toHaveLength(1);
    const card = await refresh('mina');
    expect(textOf(card)).toContain('Your decision is recorded.');
    expect(titles(card)).toEqual(['Show PowerShell']);
  });
});

describe('a plan that was decided', () => {
  let live: ReturnType<typeof decision>;

  it('leaves no button to decide on anybody’s card', async () => {
    live = decision(await refresh('omar'), 'approve');
    await talk.send(talk.incoming('omar', decision(await refresh('omar'), 'reject')));
    expect(await record()).toMatchObject({ state: 'rejected' });
    const shown = (await listCards(talk.store.db, planId)).map(({ activityId }) => activityId);
    expect(shown.length).toBeGreaterThanOrEqual(3);
    const buttons = () =>
      talk.chat.messages
        .filter(({ activityId }) => shown.includes(activityId))
        .flatMap(({ card }) => buttonsOf(card))
        .filter(({ data }) => 'decision' in data);
    for (let tries = 0; tries < 100 && buttons().length > 0; tries += 1) await pause(100);
    expect(buttons()).toEqual([]);
  });

  it('answers a button that was kept with how the plan stands', async () => {
    const before = await settledDump();
    expect(textOf(await talk.send(talk.incoming('omar', live)))).toMatch(/rejected/i);
    const after = await dump();
    for (const table of ['plans', 'decisions', 'quorums', 'audit'])
      expect(after[table]).toEqual(before[table]);
    expect(await record()).toMatchObject({ state: 'rejected' });
  });
});

it('is all that Teams can ask on its own, whatever the card carries', () => {
  const data = { decision: 'approve', planId, revision: 2, nonce: 'n', command: 'setup con>fab' };
  expect(pressContent(data, 'decision', true)).toEqual({ type: 'refresh', planId });
  expect(pressContent(data, 'refresh', false)).toEqual({ type: 'refresh', planId });
  expect(pressContent({ command: 'setup con>fab' }, 'command', true)).toBeNull();
});
