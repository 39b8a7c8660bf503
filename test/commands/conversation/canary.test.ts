import { setTimeout as pause } from 'node:timers/promises';
import type { AdaptiveCard } from '../../../src/store/ports';
import { buttonsOf, textOf } from '../../helpers/card-reading';
import { startConversation, type Conversation } from '../../helpers/conversation';
import { expectGolden } from '../../helpers/golden';
import { linkTenants } from '../../simulator/sync/linked';

jest.setTimeout(120_000);

const users = (...keys: readonly string[]) => keys.map((key) => `${key}@contoso.com`).join(', ');
const four = users('alice', 'bob', 'eve', 'zoe');
/** Lee holds a role, so that somebody else approves. */
const five = `${four}, ${users('lee')}`;

let talk: Conversation;
beforeAll(async () => {
  talk = await startConversation();
  for (const who of ['priya', 'omar', 'dana', 'noor']) await talk.say(who, 'hello');
  await linkTenants(talk.simulator);
}, 120_000);
afterAll(() => talk.close());

async function cardIn(place: string, pattern: RegExp): Promise<AdaptiveCard> {
  for (let tries = 0; tries < 150; tries += 1) {
    const cards = talk.chat.in(place).map(({ card }) => card);
    const found = cards.findLast((card) => pattern.test(textOf(card)));
    if (found) return found;
    await pause(200);
  }
  const seen = talk.chat.in(place).map(({ card }) => textOf(card).slice(0, 900));
  throw new Error(`no card in ${place} like ${String(pattern)}, only:\n${seen.slice(-3).join('\n---\n')}`);
}

/** Asked for, submitted, and approved by Omar for its first change alone; gives the card that he approved on. */
async function held(line: string): Promise<{ readonly id: string; readonly approval: AdaptiveCard }> {
  const said = textOf(await talk.say('priya', line, 'channel'));
  const id = /PL-\d+/.exec(said)?.[0] ?? '';
  const draft = await cardIn('personal-priya', new RegExp(`Plan ${id}[^]*Draft`));
  await talk.press('priya', draft, 'Submit for approval', { reason: 'the pilot starts' });
  const approval = await cardIn('personal-omar', new RegExp(`Approve ${id}`));
  await talk.press('omar', approval, 'Approve only the first change');
  await cardIn('personal-omar', new RegExp(`Plan ${id}\\nWaits`));
  return { id, approval };
}

const waiting = (id: string) => new RegExp(`Plan ${id}\\nWaits`);
const titlesOf = (card: AdaptiveCard) => buttonsOf(card).map(({ title }) => title);

async function assignments(): Promise<number> {
  const writes = await talk.simulator.control.writes();
  return writes.filter(({ path }) => path.includes('appRoleAssignedTo')).length;
}

describe('approving only the first change', () => {
  let id = '';

  it('makes it, and waits for the same person on everybody’s card', async () => {
    const one = await held(`assign con>fab ${five}`);
    id = one.id;
    expectGolden(__filename, 'first change approval', one.approval);
    expectGolden(__filename, 'first change to continue', await cardIn('personal-omar', waiting(id)));
    const theirs = await cardIn('personal-priya', waiting(id));
    expectGolden(__filename, 'first change held', theirs);
    expect(titlesOf(theirs)).not.toContain('Continue plan');
    const others = await cardIn('personal-dana', waiting(id));
    expect(titlesOf(others)).not.toContain('Continue plan');
    expectGolden(__filename, 'first change held in the channel', await cardIn('channel-con', waiting(id)));
    expectGolden(__filename, 'first change pending', await talk.say('omar', 'pending'));
    expect(await assignments()).toBe(1);
  });

  it('is continued on the card, and by no text', async () => {
    expectGolden(__filename, 'continue opens the card', await talk.say('omar', `continue ${id}`));
    await pause(3_000);
    expect(await assignments()).toBe(1);
    const card = await cardIn('personal-omar', waiting(id));
    await talk.press('omar', card, 'Continue plan');
    expectGolden(
      __filename,
      'first change done',
      await cardIn('personal-priya', new RegExp(`Plan ${id}\\nDone`)),
    );
    expect(await assignments()).toBe(5);
    const again = await talk.press('omar', card, 'Continue plan');
    expect(textOf(again)).toMatch(/You approved it on [^]* and that stands/);
    expectGolden(__filename, 'first change audit', await talk.say('noor', `audit ${id}`));
    expect(await assignments()).toBe(5);
  });

  it('is ended where it waits by whoever asked for it', async () => {
    const { id: other } = await held(`unassign con>fab ${four}`);
    const before = await assignments();
    await talk.press('priya', await cardIn('personal-priya', waiting(other)), 'Stop plan here');
    const failed = await cardIn('personal-priya', new RegExp(`Plan ${other}\\nFailed`));
    expectGolden(__filename, 'first change stopped where it waited', failed);
    expect(await assignments()).toBe(before);
  });
});
