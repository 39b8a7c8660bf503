import { startConversation, type Conversation } from '../../helpers/conversation';
import { textOf } from '../../helpers/card-reading';
import { expectGolden } from '../../helpers/golden';

jest.setTimeout(60_000);

let talk: Conversation;
beforeAll(async () => {
  talk = await startConversation();
}, 60_000);
afterAll(() => talk.close());

it.each([
  ['gil', 'help'],
  ['zoe', 'check con>fab'],
  ['ivy', 'setup con>fab'],
  ['noor', 'setup con>fab'],
  ['priya', 'tenants'],
  ['priya', 'links'],
  ['priya', 'check con>fab'],
  ['mina', 'policy con to fab'],
  ['mina', 'policy con to fab --raw'],
  ['priya', 'status con>fab'],
  ['priya', 'status'],
  ['priya', 'verify bob@contoso.com con>fab'],
  ['priya', 'verify bob@contoso.com'],
  ['priya', 'verify bobb con>fab'],
  ['priya', 'pending'],
  ['priya', 'history'],
  ['priya', 'check con>foo'],
  ['priya', 'check contoso.com>fabrikam.com'],
  ['lee', 'setup con>win'],
  ['priya', 'setup con>fab --users group:Pilo'],
  ['priya', 'edit PL-1'],
])(
  '%s %s',
  async (who, line) => {
    const t = Date.now();
    const card = await talk.say(who, line);
    console.log('#### ' + who + ' ' + line + ' ' + (Date.now() - t) + '\n' + textOf(card));
  },
  60000,
);
