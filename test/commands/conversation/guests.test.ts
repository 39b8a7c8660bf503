import { conversations, presses } from '../../../src/store/schema';
import type { ConversationReference } from '../../../src/store/ports';
import { buttonsOf, textOf } from '../../helpers/card-reading';
import { startConversation, type Conversation } from '../../helpers/conversation';
import { expectGolden } from '../../helpers/golden';

jest.setTimeout(120_000);

let talk: Conversation;
beforeAll(async () => {
  talk = await startConversation();
}, 120_000);
afterAll(() => talk.close());

const chatOf = (who: string): ConversationReference =>
  talk.incoming(who, { type: 'text', text: '' }).conversation;

/** Ids of the conversations that the bot remembers. */
async function remembered(of: Conversation = talk): Promise<readonly string[]> {
  return (await of.store.db.select().from(conversations)).map(({ conversationId }) => conversationId);
}

async function requestsIn(tenant: string): Promise<number> {
  const classes = (await talk.simulator.control.requests())[tenant] ?? {};
  return Object.values(classes).reduce((sum, { requests }) => sum + requests, 0);
}

describe('a guest', () => {
  it('is not welcomed, is looked up once and leaves nothing', async () => {
    const before = await requestsIn('con');
    expect(await talk.steward.installed(chatOf('gil'))).toBeNull();
    expect(await talk.steward.installed(chatOf('gil'))).toBeNull();
    for (const line of ['hello', 'help', 'connect con', 'setup con>fab']) await talk.say('gil', line);
    await talk.send(
      talk.incoming('gil', {
        ...{ type: 'decision', decision: 'approve', planId: 'PL-0001', revision: 1, nonce: 'x' },
        inputs: {},
      }),
    );
    expect((await requestsIn('con')) - before).toBe(1);
    expect(await remembered()).toEqual([]);
    expect(await talk.store.db.select().from(presses)).toEqual([]);
    expect(await talk.simulator.control.writes()).toEqual([]);
  });

  it('learns from a press no more than from a line', async () => {
    const pressed = { type: 'command', command: 'setup con>fab', inputs: { users: 'group:Pilot' } } as const;
    expect(await talk.send(talk.incoming('gil', pressed))).toEqual(await talk.say('gil', 'help'));
  });
});

describe('a member', () => {
  it('is welcomed once, and remembered', async () => {
    const card = await talk.steward.installed(chatOf('priya'));
    expectGolden(__filename, 'welcome', card);
    expect(await talk.steward.installed(chatOf('priya'))).toBeNull();
    expect(await remembered()).toEqual(['personal-priya']);
  });

  it('is remembered though Graph does not answer, and welcomed at the next occasion', async () => {
    await talk.simulator.control.faults({ pathPattern: '/v1.0/users/*', status: 400 });
    expect(await talk.steward.installed(chatOf('dana'))).toBeNull();
    await talk.simulator.control.clearFaults();
    expect(await remembered()).toContain('personal-dana');
    expect(textOf((await talk.steward.installed(chatOf('dana')))!)).toContain('Hello Dana');
  });

  it('is remembered with the channel, not with a thread of it alone', async () => {
    const said = talk.incoming('priya', { type: 'text', text: 'help' }, 'channel');
    const conversationId = '19:sync@thread.tacv2;messageid=17';
    await talk.steward.answer({ ...said, conversation: { ...said.conversation, conversationId } });
    expect(await remembered()).toEqual(expect.arrayContaining([conversationId, '19:sync@thread.tacv2']));
  });
});

describe('before read consent, when nobody can be told from a guest', () => {
  let early: Conversation;
  beforeAll(async () => {
    early = await startConversation({ consented: [] });
  }, 120_000);
  afterAll(() => early.close());

  it.each(['priya', 'gil'])('welcomes %s with what Entra itself guards', async (who) => {
    const card = await early.steward.installed(chatOf(who));
    const commands = buttonsOf(card!).map(({ data }) => data['command']);
    expect(commands).toEqual(['whoami', 'connect con', 'help']);
    expect(textOf(card!)).not.toMatch(/Fabrikam|Wingtip|con>fab/);
  });
});
