import { startConversation, type Conversation } from '../../helpers/conversation';
import { buttonsOf, textOf } from '../../helpers/card-reading';
import { expectGolden } from '../../helpers/golden';

jest.setTimeout(60_000);

let talk: Conversation;
beforeAll(async () => {
  talk = await startConversation();
}, 60_000);
afterAll(() => talk.close());

/** Cards of refusals as they look; what each command refuses, and with which words, is in every-command.test.ts. */
describe('people who may not', () => {
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

it('shows what is wrong with the arguments, and how they are written', async () => {
  expectGolden(__filename, 'garbled arguments', await talk.say('priya', 'setup con>fab --guard many'));
});

describe('names that are not there', () => {
  it.each([
    ['policy cn>fab', 'Did you mean con?'],
    ['status nowhere.example>fab', 'ooking for the tenant'],
    ['setup con>fabb', 'Did you mean fab?'],
    ['setup con>fab --users group:Pilo', 'did you mean “Pilot”?'],
    ['setup con>fab --users bobb@contoso.com', 'did you mean'],
    ['try bobb con>fab', 'did you mean'],
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
