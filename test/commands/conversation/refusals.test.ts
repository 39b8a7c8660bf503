import { startConversation, type Conversation } from '../../helpers/conversation';
import { buttonsOf, textOf } from '../../helpers/card-reading';
import { expectGolden } from '../../helpers/golden';
import { listRecords } from '../../../src/store/records';

jest.setTimeout(60_000);

let talk: Conversation;
beforeAll(async () => {
  talk = await startConversation();
}, 60_000);
afterAll(() => talk.close());

/** A good line of every command but those of bootstrap. */
const lines = [
  'tenants',
  'links',
  'check con>fab',
  'policy con>fab',
  'status con>fab',
  'logs con>fab',
  'explain RedundantExport',
  'step1 con>fab',
  'step5 con>fab',
  'verify bob@contoso.com con>fab',
  'pending',
  'history',
  'setup con>fab --users group:Pilot',
  'plan setup con>fab',
  'edit PL-0001',
  'try bob@contoso.com con>fab',
  'start con>fab',
  'pause con>fab',
  'restart con>fab --light',
  'approve PL-0001',
  'reject PL-0001 no',
  'withdraw PL-0001 no',
];

describe('people who may not', () => {
  it.each(['help', 'whoami', 'connect con', 'nonsense', ...lines])(
    'tells a guest nothing for %j',
    async (line) => {
      const card = await talk.say('gil', line);
      expect(card).toEqual(await talk.say('gil', 'help'));
      expect(textOf(card)).not.toMatch(/Contoso|Fabrikam|con>fab/);
      expect(buttonsOf(card)).toEqual([]);
    },
  );

  it.each(lines)('refuses somebody without a role: %j', async (line) => {
    const card = await talk.say('zoe', line);
    expect(textOf(card)).toContain('Nothing was done');
    expect(textOf(card)).not.toContain('Fabrikam');
    expect(buttonsOf(card)).toEqual([]);
  });

  it.each(lines)('refuses an eligible role that is not active, and names it: %j', async (line) => {
    const text = textOf(await talk.say('ivy', line));
    expect(text).toContain('Nothing was done');
    expect(text).toContain('You could activate: Security Administrator');
  });

  it.each([
    'setup con>fab',
    'try bob@contoso.com con>fab',
    'start con>fab',
    'pause con>fab',
    'restart con>fab',
  ])('lets a reader look but not change: %j', async (line) => {
    expect(textOf(await talk.say('noor', line))).toContain('may change synchronization');
  });

  it('refuses a link that belongs to other tenants', async () => {
    const text = textOf(await talk.say('mina', 'check con>win'));
    expect(text).toContain('Nothing was done');
  });

  it('has written nothing to Graph and stored no plan', async () => {
    expect(await talk.simulator.control.writes()).toEqual([]);
    expect(await listRecords(talk.store.db, { limit: 10 })).toEqual([]);
  });

  it.each([
    ['refused without a role', 'zoe', 'check con>fab'],
    ['refused when only eligible', 'ivy', 'setup con>fab'],
    ['refused as a guest', 'gil', 'status'],
    ['refused for a reader', 'noor', 'start con>fab'],
  ])('shows the card: %s', async (name, who, line) => {
    expectGolden(__filename, name, await talk.say(who, line));
  });
});

describe('text that is no command', () => {
  it.each([
    ['chekc con>fab', 'check'],
    ['stauts', 'status'],
    ['please set everything up', ''],
    ['con>fab', ''],
    ['drop database', ''],
  ])('does nothing for %j', async (line, near) => {
    const card = await talk.say('priya', line);
    expect(textOf(card)).toContain(near);
    for (const { data } of buttonsOf(card)) expect(String(data['command'])).toMatch(/^(help|\w+ \?)$/);
  });

  it('shows the nearest commands', async () => {
    expectGolden(__filename, 'unknown command', await talk.say('priya', 'chekc con>fab'));
  });
});

describe('arguments', () => {
  it.each([
    ['check', 'Say which link'],
    ['policy', 'Say which link'],
    ['setup', 'Say which link'],
    ['start', 'Say which link'],
    ['pause', 'Say which link'],
    ['restart', 'Say which link'],
    ['logs', 'Say which link'],
    ['explain', 'Give a text'],
    ['try con>fab', 'Say which user'],
    ['try bob', 'Say which link'],
    ['verify', 'Say what to verify'],
    ['edit', 'Say which plan'],
    ['approve', 'Say which plan'],
    ['reject PL-0001', 'Give a reason'],
    ['withdraw PL-0001', 'Give a reason'],
  ])('asks for what is missing in %j', async (line, expected) => {
    expect(textOf(await talk.say('priya', line))).toContain(expected);
  });

  it.each([
    ['help setup now', 'too much'],
    ['whoami priya', 'stands alone'],
    ['tenants all', 'stands alone'],
    ['links con>fab', 'takes no link'],
    ['check con>fab fast', 'too much'],
    ['policy con>fab con', 'too much'],
    ['status con>fab now', 'too much'],
    ['setup con>fab pilot', 'too much'],
    ['try bob eve con>fab', 'too much'],
    ['start con>fab now', 'too much'],
    ['pause con>fab now', 'too much'],
    ['restart con>fab now', 'too much'],
    ['logs con>fab bob eve', 'too much'],
    ['step3 con>fab now', 'too much'],
    ['verify bob eve con>fab', 'too much'],
    ['pending mine', 'stands alone'],
    ['history con>fab last', 'too much'],
    ['edit PL-0001 quickly', 'too much'],
    ['approve PL-0001 yes', 'too much'],
  ])('refuses what is too much in %j', async (line, expected) => {
    expect(textOf(await talk.say('priya', line))).toContain(expected);
  });

  it.each([
    ['check con>', 'A link names two tenants'],
    ['policy >fab', 'A link names two tenants'],
    ['status con>fab>win', 'Name one link only'],
    ['setup con>fab --users', '--users needs a value'],
    ['setup con>fab --type owner', '--type is member or guest'],
    ['setup con>fab --guard many', 'whole number'],
    ['setup con>fab --colour red', 'has no option'],
    ['start "con>fab', 'is not closed'],
    ['try "bob con>fab', 'is not closed'],
    ['pause con>con', 'two different tenants'],
    ['restart con>fab --light --full', 'Choose one'],
    ['logs con>fab --since yesterday', 'is not understood'],
    ['logs con>fab --since 2999-01-01', 'lies in the future'],
    ['edit 31', 'A plan is named like'],
    ['approve PL-', 'A plan is named like'],
    ['reject everything now', 'A plan is named like'],
    ['withdraw PL-x1 no', 'A plan is named like'],
  ])('refuses the garbled %j', async (line, expected) => {
    expect(textOf(await talk.say('priya', line))).toContain(expected);
  });

  it('shows what is wrong and how it is written', async () => {
    expectGolden(__filename, 'garbled arguments', await talk.say('priya', 'setup con>fab --guard many'));
  });
});

describe('names that are not there', () => {
  it.each([
    ['check con>foo', 'ooking for the tenant “foo”'],
    ['policy cn>fab', 'Did you mean con?'],
    ['status nowhere.example>fab', 'ooking for the tenant'],
    ['setup con>fabb', 'Did you mean fab?'],
    ['start foo>bar', 'ooking for the tenant'],
    ['pause foo>bar', 'ooking for the tenant'],
    ['history foo>bar', 'ooking for the tenant'],
    ['setup con>fab --users group:Pilo', 'did you mean “Pilot”?'],
    ['setup con>fab --users bobb@contoso.com', 'did you mean'],
    ['try bobb con>fab', 'did you mean'],
    ['logs con>fab bobb', 'did you mean'],
    ['verify nobody.at.all con>fab', 'ooking for the user'],
    ['edit PL-9999', 'ooking for the plan PL-9999'],
    ['verify PL-9999', 'ooking for the plan PL-9999'],
  ])('suggests the nearest for %j', async (line, expected) => {
    expect(textOf(await talk.say('priya', line))).toContain(expected);
  });

  it.each([
    ['unknown tenant', 'check con>foo'],
    ['unknown user', 'try bobb con>fab'],
    ['unknown group', 'setup con>fab --users group:Pilo'],
    ['unknown plan', 'edit PL-9999'],
  ])('shows the card: %s', async (name, line) => {
    expectGolden(__filename, name, await talk.say('priya', line));
  });
});

it('gives a repeated activity the same answer without doing it again', async () => {
  const once = talk.incoming('priya', { type: 'text', text: 'whoami' });
  const first = await talk.steward.answer(once);
  expect(await talk.steward.answer(once)).toBe(first);
});
