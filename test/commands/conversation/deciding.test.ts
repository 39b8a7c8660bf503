import { setTimeout as pause } from 'node:timers/promises';
import type { AdaptiveCard } from '../../../src/store/ports';
import { textOf } from '../../helpers/card-reading';
import { startConversation, type Conversation } from '../../helpers/conversation';
import { expectGolden } from '../../helpers/golden';
import { assignGroup, linkTenants } from '../../simulator/sync/linked';

jest.setTimeout(120_000);

let talk: Conversation;
beforeAll(async () => {
  talk = await startConversation();
  for (const who of ['priya', 'omar', 'dana', 'mina']) await talk.say(who, 'hello');
  await assignGroup(await linkTenants(talk.simulator), 'Pilot');
}, 120_000);
afterAll(() => talk.close());

async function cardOf(who: string, pattern: RegExp): Promise<AdaptiveCard> {
  for (let tries = 0; tries < 150; tries += 1) {
    const found = talk.chat
      .in(`personal-${who}`)
      .map(({ card }) => card)
      .findLast((card) => pattern.test(textOf(card)));
    if (found) return found;
    await pause(200);
  }
  throw new Error(`${who} got no card like ${String(pattern)}`);
}

async function drafted(line: string): Promise<{ id: string; draft: AdaptiveCard }> {
  const said = textOf(await talk.say('priya', line));
  const id = /PL-\d+/.exec(said)?.[0] ?? '';
  expect(id).not.toBe('');
  return { id, draft: await cardOf('priya', new RegExp(`Plan ${id}[^]*Draft`)) };
}

describe('a plan that waits for people', () => {
  let id = '';

  it('is submitted', async () => {
    const made = await drafted('allow con>fab off');
    id = made.id;
    await talk.press('priya', made.draft, 'Submit for approval', { reason: 'the pilot ends' });
    await cardOf('mina', new RegExp(`${id}[^]*Approve for Fabrikam`));
  });

  it('shows every change of it', async () => {
    expectGolden(__filename, 'changes of a plan', await talk.say('priya', `changes ${id}`));
  });

  it('reminds those who have not answered, once an hour', async () => {
    expectGolden(__filename, 'remind done', await talk.say('priya', `remind ${id}`));
    expectGolden(__filename, 'again too soon', await talk.say('priya', `remind ${id}`));
  });

  it('carries a question to the requester, and the answer back', async () => {
    expectGolden(__filename, 'ask done', await talk.say('mina', `ask ${id} Who still needs it?`));
    expectGolden(__filename, 'waiting with a question', await cardOf('priya', /Who still needs it\?/));
    expectGolden(__filename, 'answer done', await talk.say('priya', `answer ${id} 1 Nobody: they moved.`));
    expectGolden(__filename, 'approval with an answer', await cardOf('mina', /Nobody: they moved\./));
  });

  it('is handed to a colleague, whose card it is then', async () => {
    await talk.say('tom', 'hello'); // after the plan was submitted, so that he was not asked
    expectGolden(__filename, 'delegate done', await talk.say('mina', `delegate ${id} tom@fabrikam.com`));
    expectGolden(__filename, 'handed to the colleague', await cardOf('tom', /Approve for Fabrikam/));
    expectGolden(__filename, 'handed over', await cardOf('mina', /You handed this to/));
    expectGolden(__filename, 'delegate again', await talk.say('mina', `delegate ${id} tom@fabrikam.com`));
    await talk.say('tom', `reject ${id} not yet`);
  });
});

describe('a plan whose outcome nobody knows', () => {
  it('is closed by somebody else, who says what was found', async () => {
    const { id, draft } = await drafted('try bob@contoso.com con>fab');
    await talk.simulator.control.faults({
      method: 'POST',
      pathPattern: 'provisionOnDemand',
      dropAfterEffect: true,
      count: 1,
    });
    await talk.press('priya', draft, 'Confirm and run');
    await cardOf('priya', new RegExp(`${id}[^]*Needs attention`));
    expectGolden(__filename, 'not by the requester', await talk.say('priya', `close ${id} Bob is there`));
    expectGolden(__filename, 'close done', await talk.say('omar', `close ${id} Bob is there`));
  });
});
