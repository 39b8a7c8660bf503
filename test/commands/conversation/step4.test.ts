import { setTimeout as pause } from 'node:timers/promises';
import type { AdaptiveCard } from '../../../src/store/ports';
import { currentDesired } from '../../../src/store/links';
import { textOf } from '../../helpers/card-reading';
import { startConversation, type Conversation } from '../../helpers/conversation';
import { expectGolden } from '../../helpers/golden';

jest.setTimeout(120_000);

let talk: Conversation;
beforeAll(async () => {
  talk = await startConversation();
  for (const who of ['priya', 'omar', 'dana', 'mina', 'tom', 'lee']) await talk.say(who, 'hello');
  const wish = 'setup con>fab --users group:Pilot --type member --guard 10 --mail ops@contoso.com';
  const id = await planned('priya', wish);
  await submit('priya', id);
  await approve('mina', id, 'Approve for Fabrikam');
  await approve('omar', id, 'Approve for Contoso');
  await cardOf('priya', doneOf(id));
}, 120_000);
afterAll(() => talk.close());

const draftOf = (id: string) => new RegExp(`Plan ${id}[^]*Draft`);
const doneOf = (id: string) => new RegExp(`Plan ${id}\\nDone`);

async function cardOf(who: string, pattern: RegExp): Promise<AdaptiveCard> {
  for (let tries = 0; tries < 150; tries += 1) {
    const cards = talk.chat.in(`personal-${who}`).map(({ card }) => card);
    const found = cards.findLast((card) => pattern.test(textOf(card)));
    if (found) return found;
    await pause(100);
  }
  const seen = talk.chat.in(`personal-${who}`).map(({ card }) => textOf(card).slice(0, 900));
  throw new Error(`${who} got no card like ${String(pattern)}, only:\n${seen.slice(-3).join('\n---\n')}`);
}

async function planned(who: string, line: string): Promise<string> {
  const said = textOf(await talk.say(who, line));
  const id = /PL-\d+/.exec(said)?.[0];
  if (!id) throw new Error(said);
  return id;
}

async function submit(who: string, id: string): Promise<void> {
  await talk.press(who, await cardOf(who, draftOf(id)), 'Submit for approval', { reason: 'as agreed' });
}

async function approve(who: string, id: string, title: string, inputs = {}): Promise<AdaptiveCard> {
  const card = await cardOf(who, new RegExp(`Approve ${id}`));
  await talk.press(who, card, title, inputs);
  return card;
}

/** Plans, confirms, and waits until it is done. */
async function confirmed(who: string, line: string): Promise<AdaptiveCard> {
  const id = await planned(who, line);
  await talk.press(who, await cardOf(who, draftOf(id)), 'Confirm and run');
  return cardOf(who, doneOf(id));
}

async function approved(who: string, line: string, approver: string): Promise<AdaptiveCard> {
  const id = await planned(who, line);
  await submit(who, id);
  await approve(approver, id, 'Approve for Contoso');
  return cardOf(who, doneOf(id));
}

const desired = async () => {
  const [sourceTenantId, targetTenantId] = [talk.simulator.tenantId('con'), talk.simulator.tenantId('fab')];
  return currentDesired(talk.store.db, { sourceTenantId, targetTenantId });
};

const nothingMore = async () =>
  expect(textOf(await talk.say('priya', 'setup con>fab'))).toContain('Nothing to do');

describe('who is assigned', () => {
  it('is added to by somebody who holds the role, and setup has nothing to do afterwards', async () => {
    const id = await planned('priya', 'assign con>fab dave@contoso.com, group:EMEA-Sales');
    const draft = await cardOf('priya', draftOf(id));
    expectGolden(__filename, 'assign plan', draft);
    await talk.press('priya', draft, 'Confirm and run');
    expectGolden(__filename, 'assigned', await cardOf('priya', doneOf(id)));
    expect((await desired())?.assignments.map(({ displayName }) => displayName)).toContain('EMEA-Sales');
    await nothingMore();
  });

  it('needs an approval when more than 25 people come in', async () => {
    const preview = textOf(await talk.say('priya', 'plan assign con>fab group:"All Engineering"'));
    expect(preview).toMatch(/tier T[12]/);
  });

  it('says which group brings a user in who is not assigned', async () => {
    expectGolden(
      __filename,
      'unassign through a group',
      await talk.say('priya', 'unassign con>fab bob@contoso.com'),
    );
  });

  it('shrinks only after approval; the approver sees the names, others the count', async () => {
    const id = await planned('priya', 'unassign con>fab group:Pilot');
    const draft = await cardOf('priya', draftOf(id));
    expectGolden(__filename, 'unassign plan', draft);
    expect(textOf(draft)).not.toContain('bob@contoso.com');
    await submit('priya', id);
    const asked = await approve('omar', id, 'Approve for Contoso');
    expectGolden(__filename, 'unassign approval', asked);
    expect(textOf(asked)).toContain('bob@contoso.com');
    expectGolden(__filename, 'unassigned', await cardOf('priya', doneOf(id)));
    expect((await desired())?.assignments.map(({ displayName }) => displayName)).not.toContain('Pilot');
    await nothingMore();
  });
});

describe('the deletion guard and the mail', () => {
  it('are lowered by one person, and raised by two', async () => {
    await confirmed('omar', 'guard con>fab 5');
    expect((await desired())?.deletionGuard).toBe(5);
    const id = await planned('omar', 'guard con>fab 50');
    expectGolden(__filename, 'guard raised plan', await cardOf('omar', draftOf(id)));
    await submit('omar', id);
    await approve('dana', id, 'Approve for Contoso');
    await cardOf('omar', doneOf(id));
    expect((await desired())?.deletionGuard).toBe(50);
    await nothingMore();
  });

  it('take a share of those in scope', async () => {
    expect(textOf(await talk.say('omar', 'plan guard con>fab 50%'))).toContain('Deletion guard');
    expectGolden(__filename, 'guard misread', await talk.say('omar', 'guard con>fab lots'));
  });

  it('can be switched off', async () => {
    const done = await confirmed('priya', 'mail con>fab off');
    expectGolden(__filename, 'mail off', done);
    await approved('omar', 'guard con>fab off', 'dana');
    expect(await desired()).toMatchObject({ notificationMail: null, deletionGuard: null });
    expect(textOf(await talk.say('omar', 'guard con>fab off'))).toContain('Nothing to do');
    await nothingMore();
  });
});
