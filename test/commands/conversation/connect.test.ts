import { startConversation, type Conversation } from '../../helpers/conversation';
import { buttonsOf, linksOf, textOf } from '../../helpers/card-reading';
import { expectGolden } from '../../helpers/golden';

let talk: Conversation;
beforeAll(async () => {
  talk = await startConversation({ consented: [] });
}, 60_000);
afterAll(() => talk.close());

it('x', async () => {
  for (const line of [
    'whoami',
    'connect con',
    'connect fab',
    'help',
    'check con>fab',
    'tenants',
    'connect foo',
    'join F-AAAAA',
  ]) {
    const card = await talk.say('priya', line);
    console.log(
      line +
        '\n' +
        textOf(card) +
        '\n' +
        JSON.stringify(buttonsOf(card).map((b) => [b.title, b.data])) +
        linksOf(card).join('\n'),
    );
  }
});
