import { setTimeout as pause } from 'node:timers/promises';
import type { AdaptiveCard } from '../../../src/store/ports';
import { textOf } from '../../helpers/card-reading';
import { startConversation, type Conversation } from '../../helpers/conversation';
import { expectGolden } from '../../helpers/golden';
import { assignGroup, linkTenants } from '../../simulator/sync/linked';

jest.setTimeout(120_000);

let talk: Conversation;
let id = '';
beforeAll(async () => {
  talk = await startConversation({ breakGlass: ['zoe'] });
  for (const who of ['priya', 'omar', 'zoe', 'mina']) await talk.say(who, 'hello');
  await assignGroup(await linkTenants(talk.simulator), 'Pilot');
  const said = textOf(await talk.say('priya', 'redeem con>fab off'));
  id = /PL-\d+/.exec(said)?.[0] ?? '';
  const draft = await cardIn('personal-priya', new RegExp(`Plan ${id}[^]*Draft`));
  await talk.press('priya', draft, 'Submit for approval', { reason: 'the switch is misused' });
  await cardIn('personal-mina', new RegExp(`${id}[^]*Approve for Fabrikam`));
}, 120_000);
afterAll(() => talk.close());

async function cardIn(place: string, pattern: RegExp): Promise<AdaptiveCard> {
  for (let tries = 0; tries < 150; tries += 1) {
    const found = talk.chat
      .in(place)
      .map(({ card }) => card)
      .findLast((card) => pattern.test(textOf(card)));
    if (found) return found;
    await pause(200);
  }
  throw new Error(`no card in ${place} like ${String(pattern)}`);
}

const smash = (who: string) => talk.say(who, `break glass ${id} nobody of ours answers the phone`);

/** Two people of Contoso must approve it, and Omar alone can be reached. */
let short = '';
const submitShort = async () => {
  const draft = await cardIn('personal-priya', new RegExp(`Plan ${short}[^]*Draft`));
  return talk.press('priya', draft, 'Submit for approval', { reason: 'the phone was stolen' });
};

describe('break-glass', () => {
  it('is for nobody but those whom the settings name', async () => {
    expectGolden(__filename, 'not named', await smash('ivy'));
    expectGolden(__filename, 'off for the tenant', await smash('mina'));
  });

  it('needs a channel that hears of it', async () => {
    expectGolden(__filename, 'nobody is told', await smash('zoe'));
    const line = 'phone remove twophones@contoso.com con>fab --type alternateMobile';
    short = /PL-\d+/.exec(textOf(await talk.say('priya', line)))?.[0] ?? '';
    expectGolden(__filename, 'too few to submit without a channel', await submitShort());
  });

  it('is told loudly in a channel that is muted, and on the cards of the plan', async () => {
    await talk.say('priya', 'subscribe con>fab', 'channel');
    await talk.say('priya', 'mute con>fab --hours 24', 'channel');
    expectGolden(__filename, 'break glass done', await smash('zoe'));
    expectGolden(__filename, 'told in the channel', await cardIn('channel-con', /Zoe[^]*broke the glass/));
    expectGolden(__filename, 'their own approval', await cardIn('personal-zoe', /Approve for Contoso/));
    await cardIn('personal-mina', /Approve PL[^]*Break-glass by Zoe/);
    expectGolden(__filename, 'break glass again', await smash('zoe'));
  });

  it('lets that voice count with a second person’s, marked on the card and in the audit', async () => {
    const own = await cardIn('personal-zoe', /Approve for Contoso/);
    await talk.press('zoe', own, 'Approve for Contoso');
    const waiting = await cardIn('personal-priya', /✓ Zoe[^]*\(break-glass\)/);
    expectGolden(__filename, 'waits for a second person', waiting);
    const second = await cardIn('personal-mina', /✓ Zoe[^]*break-glass/);
    await talk.press('mina', second, 'Approve for Fabrikam');
    await cardIn('personal-priya', new RegExp(`${id}[^]*Done`));
    expectGolden(__filename, 'audit of a break-glass', await talk.say('noor', `audit ${id}`));
  });

  it('lets a plan be submitted though too few who may approve can be reached', async () => {
    await submitShort();
    const waits = new RegExp(`Plan ${short}\nWaiting[^]*by break-glass`);
    expectGolden(__filename, 'waits for an emergency', await cardIn('personal-priya', waits));
    await cardIn('personal-omar', new RegExp(`Approve ${short}[^]*Too few people`));
    await talk.say('zoe', `break glass ${short} nobody else of ours answers the phone`);
    await cardIn('personal-zoe', new RegExp(`Approve ${short} for Contoso`));
    await cardIn('personal-priya', new RegExp(`Plan ${short}[^]*waiting for 2 of: Omar Haddad and Zoe`));
  });
});
