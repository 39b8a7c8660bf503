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
    const id = await planned('priya', 'assign con>fab alice@contoso.com, group:EMEA-Staff');
    const draft = await cardOf('priya', draftOf(id));
    expectGolden(__filename, 'assign plan', draft);
    await talk.press('priya', draft, 'Confirm and run');
    expectGolden(__filename, 'assigned', await cardOf('priya', doneOf(id)));
    expect((await desired())?.assignments.map(({ displayName }) => displayName)).toContain('EMEA-Staff');
    await nothingMore();
  });

  it('needs an approval when an administrator is among them', async () => {
    const preview = textOf(await talk.say('priya', 'plan assign con>fab dana@contoso.com'));
    expect(preview).toContain('tier T2');
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

  it('wait for somebody else when the person who asks has no role for it', async () => {
    const id = await planned('mina', 'guard con>fab 40');
    expectGolden(__filename, 'guard by somebody without the role', await cardOf('mina', draftOf(id)));
    await submit('mina', id);
    await approve('omar', id, 'Approve for Contoso');
    await cardOf('mina', doneOf(id));
    expect((await desired())?.deletionGuard).toBe(40);
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

describe('the scope', () => {
  it('is explained, with nested groups and who passes', async () => {
    expectGolden(__filename, 'scope', await talk.say('priya', 'scope con>fab'));
    expectGolden(__filename, 'scope in the target', await talk.say('mina', 'scope con>fab'));
  });

  it('is narrowed by a filter after approval, and setup leaves the filter alone', async () => {
    const line = 'scope set con>fab assigned --filter "department NOT EQUALS Sales AND city IS NOT NULL"';
    const id = await planned('priya', line);
    expectGolden(__filename, 'scope set plan', await cardOf('priya', draftOf(id)));
    await submit('priya', id);
    expectGolden(__filename, 'scope set approval', await approve('omar', id, 'Approve for Contoso'));
    await cardOf('priya', doneOf(id));
    expectGolden(__filename, 'scope filtered', await talk.say('priya', 'scope con>fab'));
    expect(textOf(await talk.say('priya', line))).toContain('Nothing to do');
    await nothingMore();
  });

  it('is widened to everybody, and setup keeps that and says so', async () => {
    await approved('priya', 'scope set con>fab all --filter none', 'omar');
    expect((await desired())?.scope).toBe('all');
    expectGolden(__filename, 'scope of all', await talk.say('priya', 'scope con>fab'));
    const id = await planned('priya', 'setup con>fab --guard 77');
    const draft = await cardOf('priya', draftOf(id));
    expect(textOf(draft)).toContain('SyncAll was set before');
    await talk.press('priya', draft, 'Discard plan');
    await nothingMore();
  });

  it('is narrowed again only by two people who type the count', async () => {
    const id = await planned('priya', 'scope set con>fab assigned');
    expectGolden(__filename, 'scope set narrowed plan', await cardOf('priya', draftOf(id)));
    await submit('priya', id);
    const asked = await cardOf('omar', new RegExp(`Approve ${id}`));
    expectGolden(__filename, 'scope set narrowed approval', asked);
    const count = /type (\d+) to approve/.exec(textOf(asked))?.[1] ?? '';
    await approve('omar', id, 'Approve for Contoso', { count });
    await approve('dana', id, 'Approve for Contoso', { count });
    await cardOf('priya', doneOf(id));
    expect((await desired())?.scope).toBe('assigned');
    await nothingMore();
  });

  it.each([
    ['a filter on userType', 'scope set con>fab assigned --filter "userType EQUALS Member"'],
    ['a pattern', 'scope set con>fab assigned --filter "department REGEX MATCH (a|a)*"'],
    ['a misspelt mode', 'scope set con>fab everyone'],
  ])('refuses %s', async (name, line) => {
    expectGolden(__filename, `scope refuses ${name}`, await talk.say('priya', line));
  });
});

describe('the attribute mapping', () => {
  it('is read in words, page by page', async () => {
    const first = await talk.say('priya', 'map con>fab');
    expectGolden(__filename, 'map', first);
    expectGolden(__filename, 'map page 2', await talk.press('priya', first, 'Next page'));
  });

  it('is added to by one person, with a preview', async () => {
    const id = await planned('priya', 'map set con>fab companyName "Contoso Ltd"');
    expectGolden(__filename, 'map set added plan', await cardOf('priya', draftOf(id)));
    await talk.press('priya', await cardOf('priya', draftOf(id)), 'Confirm and run');
    await cardOf('priya', doneOf(id));
  });

  it('is changed after approval, with what it makes of five users', async () => {
    const line = 'map set con>fab displayName Join(" ", [surname], ToUpper([givenName]))';
    const id = await planned('priya', line);
    expectGolden(__filename, 'map set plan', await cardOf('priya', draftOf(id)));
    await submit('priya', id);
    expectGolden(__filename, 'map set approval', await approve('omar', id, 'Approve for Contoso'));
    await cardOf('priya', doneOf(id));
    expectGolden(__filename, 'map changed', await talk.say('priya', 'map con>fab'));
    expect(textOf(await talk.say('priya', line))).toContain('Nothing to do');
    await approved('priya', 'map set con>fab displayName default', 'omar');
    await nothingMore();
  });

  it('shows a function that is not known here as it is, without a preview', async () => {
    const id = await planned('priya', 'map set con>fab department Switch([country], "x", "US", "y")');
    expectGolden(__filename, 'map set unknown function', await cardOf('priya', draftOf(id)));
  });

  it('follows what new users become', async () => {
    await approved('priya', 'map set con>fab userType "Guest"', 'omar');
    expect((await desired())?.userType).toBe('guest');
    await nothingMore();
  });

  it.each([
    ['the matching attribute', 'map set con>fab alternativeSecurityIds mail'],
    ['an unknown source', 'map set con>fab department departmnt'],
    ['a forbidden source', 'map set con>fab department userType'],
    ['an unknown target', 'map set con>fab shoeSize department'],
  ])('refuses %s', async (name, line) => {
    expectGolden(__filename, `map refuses ${name}`, await talk.say('priya', line));
  });
});
