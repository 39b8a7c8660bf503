import { startConversation, type Conversation } from '../../helpers/conversation';
import { textOf } from '../../helpers/card-reading';
import { expectGolden } from '../../helpers/golden';

let talk: Conversation;
beforeAll(async () => {
  talk = await startConversation();
}, 60_000);
afterAll(() => talk.close());

it.each([
  ['whoami', 'priya'],
  ['whoami', 'ivy'],
])('answers %s of %s', async (line, who) => {
  const card = await talk.say(who, line);
  console.log(textOf(card));
});
