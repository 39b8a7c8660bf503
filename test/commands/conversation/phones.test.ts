import { setTimeout as pause } from 'node:timers/promises';
import type { AdaptiveCard } from '../../../src/store/ports';
import { buttonsOf, textOf } from '../../helpers/card-reading';
import { startConversation, type Conversation } from '../../helpers/conversation';
import { expectGolden } from '../../helpers/golden';

jest.setTimeout(120_000);

let talk: Conversation;
beforeAll(async () => {
  talk = await startConversation();
  for (const who of ['priya', 'omar', 'dana', 'mina', 'zoe', 'noor']) await talk.say(who, 'hello');
  await setUp('--users group:Frontline,bob@contoso.com');
}, 300_000);
afterAll(() => talk.close());

/** Waits for a card in somebody's personal chat that the outbox posts or updates. */
async function cardOf(who: string, pattern: RegExp): Promise<AdaptiveCard> {
  for (let tries = 0; tries < 300; tries += 1) {
    const found = talk.chat
      .in(`personal-${who}`)
      .map(({ card }) => card)
      .findLast((card) => pattern.test(textOf(card)));
    if (found) return found;
    await pause(100);
  }
  const seen = talk.chat.in(`personal-${who}`).map(({ card }) => textOf(card).slice(0, 300));
  throw new Error(`${who} got no card like ${String(pattern)}, only:\n${seen.slice(-4).join('\n---\n')}`);
}

/** Asks for a change, submits it and has these people approve it; gives the result card. */
async function carryOut(line: string, approvers: Readonly<Record<string, string>>, count?: number) {
  const said = await talk.say('priya', line);
  const id = /PL-\d+/.exec(textOf(said))?.[0] ?? textOf(said);
  const draft = await cardOf('priya', new RegExp(`Plan ${id}[^]*Draft`));
  await talk.press('priya', draft, 'Submit for approval', { reason: 'so that they are synchronized' });
  const asked: AdaptiveCard[] = [];
  for (const [who, button] of Object.entries(approvers)) {
    const card = await cardOf(who, new RegExp(`Approve ${id}`));
    asked.push(card);
    await talk.press(who, card, button, count === undefined ? {} : { count: String(count) });
  }
  const done = await cardOf('priya', new RegExp(`Plan ${id}\\n(Done|Failed|Out of date|Needs)`));
  return { id, draft, asked, done };
}

async function setUp(options: string): Promise<void> {
  await carryOut(`setup con>fab --type member ${options}`, {
    mina: 'Approve for Fabrikam',
    omar: 'Approve for Contoso',
  });
  await talk.simulator.control.advance('PT5M');
}

async function phonesOf(alias: string) {
  const path = `/v1.0/users/${alias}@contoso.com`;
  const { body } = await talk.simulator.graph('con', 'GET', path);
  const userId = (body as { id: string }).id;
  const phones = await talk.simulator.graph('con', 'GET', `${path}/authentication/phoneMethods`);
  const { value } = phones.body as {
    value: { phoneType: string; phoneNumber: string; smsSignInState: string }[];
  };
  return { userId, value };
}

const writesSince = async (from: number) =>
  (await talk.simulator.control.writes()).slice(from).map(({ operation }) => operation);

describe('scanning for SMS sign-in', () => {
  it('says who is kept out, in which class, and why it will come back', async () => {
    const card = await talk.say('priya', 'scan sms con>fab');
    expectGolden(__filename, 'scan sms', card);
    expect(textOf(card)).toContain('the group “Frontline”');
    expect(textOf(card)).toMatch(/Sven Smsonly[^]*would be locked out/);
  });

  it('shows its last result page by page, without asking again', async () => {
    const before = await talk.simulator.control.requests();
    const page = await talk.say('noor', 'scan sms con>fab --page 1');
    const after = await talk.simulator.control.requests();
    expect(after['con']?.['reports']).toEqual(before['con']?.['reports']);
    expect(buttonsOf(page)).not.toContain('Plan a fix…');
    expectGolden(__filename, 'scan sms page', page);
    expect(textOf(await talk.say('priya', 'scan sms con>fab --page 99'))).toContain('no such page');
    expect(textOf(await talk.say('mina', 'scan sms fab>con --page 1'))).toContain('not scanned yet');
  });

  it('keeps names out of channels', async () => {
    const card = await talk.say('priya', 'scan sms con>fab --page 1', 'channel');
    expect(textOf(card)).not.toContain('Smsonly');
    expect(textOf(card)).toContain('your chat with me');
    const target = await talk.say('mina', 'scan sms con>fab --page 1');
    expect(textOf(target)).not.toContain('Smsonly');
    expect(textOf(target)).toContain('readers of Contoso only');
  });

  it('plans a fix for the user who is chosen on its card', async () => {
    const card = await talk.say('priya', 'scan sms con>fab --page 1');
    const { userId } = await phonesOf('smsonly');
    expect(textOf(await talk.press('priya', card, 'Plan fix', { user: userId }))).toContain(
      'might be locked out',
    );
  });

  it('is not for people without a role', async () => {
    expect(textOf(await talk.say('zoe', 'scan sms con>fab'))).toContain('Nothing was done');
    expect(textOf(await talk.say('priya', 'scan sms'))).toContain('Say which link');
  });
});

describe('turning SMS sign-in off', () => {
  it('is planned, approved, read back and proven by the engine', async () => {
    const before = (await talk.simulator.control.writes()).length;
    const { draft, asked, done } = await carryOut('fix sms alice@contoso.com con>fab', {
      omar: 'Approve for Contoso',
    });
    expectGolden(__filename, 'fix sms plan', draft);
    expectGolden(__filename, 'fix sms approval', asked[0] as AdaptiveCard);
    expectGolden(__filename, 'fix sms result', done);
    expect(await writesSince(before)).toEqual(['phoneMethods.disableSmsSignIn', 'jobs.provisionOnDemand']);
    const { userId, value } = await phonesOf('alice');
    expect(value[0]).toMatchObject({ smsSignInState: 'notEnabled' });
    const [write] = (await talk.simulator.control.writes()).slice(before);
    expect(write?.path).toContain(`/users/${userId}/`);
    expect(textOf(done)).toMatch(/Proof at .*: Created/);
  });

  it('has nothing to fix the second time, nor for users who do not sign in by SMS', async () => {
    expectGolden(__filename, 'fix sms again', await talk.say('priya', 'fix sms alice@contoso.com con>fab'));
    const shared = await talk.say('priya', 'fix sms sharednumber@contoso.com con>fab');
    expect(textOf(shared)).toContain('phoneNumberNotUnique');
  });

  it('is refused when the user would be locked out, and takes two people when that is meant', async () => {
    const refused = await talk.say('priya', 'fix sms smsonly@contoso.com con>fab');
    expectGolden(__filename, 'fix sms would lock out', refused);
    expect((await phonesOf('smsonly')).value[0]).toMatchObject({ smsSignInState: 'ready' });
    const said = await talk.say('priya', 'fix sms smsonly@contoso.com con>fab --accept-lockout');
    const id = /PL-\d+/.exec(textOf(said))?.[0] ?? '';
    expectGolden(__filename, 'fix sms with accepted lock-out', await cardOf('priya', new RegExp(`Plan ${id}`)));
  });

  it('shows in verify what differs, by which mapping, and how the user signs in, before and after', async () => {
    const { userId } = await phonesOf('alice');
    const body = { department: 'Marketing', mobilePhone: '+49 171 2345678' };
    await talk.simulator.graph('con', 'PATCH', `/v1.0/users/${userId}`, { body });
    const card = await talk.say('priya', 'verify alice@contoso.com con>fab');
    expectGolden(__filename, 'verify after the fix', card);
    expect(textOf(card)).toMatch(
      /✗ department\n.*\nChanged since the last cycle|✗ department\n.*\nNo cycle has run/,
    );
    expect(textOf(card)).toMatch(/PL-\d+ changed: SMS sign-in \(smsSignInState\) ready → notEnabled/);
    expect(JSON.stringify(card)).not.toMatch(/2345678/);
    expect(textOf(await talk.say('mina', 'verify alice@contoso.com con>fab'))).not.toContain('SMS sign-in');
  });

  it('shows a plan without offering it', async () => {
    const preview = await talk.say('priya', 'plan fix sms twophones@contoso.com con>fab');
    expect(buttonsOf(preview)).toEqual([]);
    expect(textOf(preview)).toContain('Turn SMS sign-in off for Tina Twophones');
  });

  it('is for people who may change users, about users who exist', async () => {
    expect(textOf(await talk.say('zoe', 'fix sms alice@contoso.com con>fab'))).toContain('Nothing was done');
    expect(textOf(await talk.say('noor', 'fix sms alice@contoso.com con>fab'))).toContain('Nothing was done');
    expect(textOf(await talk.say('mina', 'fix sms alice@contoso.com con>fab'))).toContain(
      'Only administrators of Contoso',
    );
    expect(textOf(await talk.say('priya', 'fix sms nobody@contoso.com con>fab'))).toContain('Looking for');
    expect(textOf(await talk.say('priya', 'fix sms con>fab'))).toContain('Say which user');
  });
});

describe('removing a phone', () => {
  it('asks which one when there are several, and knows the order', async () => {
    const { userId } = await phonesOf('twophones');
    expectGolden(__filename, 'phone remove which', await talk.say('priya', `phone remove ${userId} con>fab`));
    const mobile = await talk.say('priya', `phone remove ${userId} con>fab --type mobile`);
    expectGolden(__filename, 'phone remove alternate first', mobile);
    expect(textOf(await talk.say('priya', `phone remove ${userId} con>fab --type office`))).toContain(
      'no such phone',
    );
  });

  it('takes two people and a typed number, and says that it cannot be put back', async () => {
    const before = (await talk.simulator.control.writes()).length;
    const { draft, asked, done } = await carryOut(
      'phone remove twophones@contoso.com con>fab --type alternateMobile',
      { omar: 'Approve for Contoso', dana: 'Approve for Contoso' },
      1,
    );
    expectGolden(__filename, 'phone remove plan', draft);
    expectGolden(__filename, 'phone remove approval', asked[1] as AdaptiveCard);
    expectGolden(__filename, 'phone remove result', done);
    expect(await writesSince(before)).toEqual(['phoneMethods.delete']);
    expect((await phonesOf('twophones')).value.map(({ phoneType }) => phoneType)).toEqual(['mobile']);
  });

  it('leaves the default method and the only way in alone', async () => {
    const refused = await talk.say('priya', 'phone remove smsonly@contoso.com con>fab');
    expectGolden(__filename, 'phone remove default', refused);
  });

  it('has nowhere shown, stored or logged a whole number', async () => {
    const numbers = await Promise.all(
      ['alice', 'twophones', 'smsonly'].map(async (one) => (await phonesOf(one)).value),
    );
    const whole = numbers.flat().map(({ phoneNumber }) => phoneNumber.replace(/\D/g, '').slice(1));
    const { rows } = (await talk.store.db.execute(
      'select record::text as words from audit union all select content::text from plans union all select coalesce(outcome::text, $$$$) || before::text from change_runs union all select request::text from presses',
    )) as unknown as { rows: { words: string }[] };
    const shown = talk.chat.in('personal-priya').map(({ card }) => JSON.stringify(card));
    expect(rows.length).toBeGreaterThan(10);
    for (const number of whole) {
      for (const words of [...rows.map(({ words: one }) => one), ...shown]) {
        expect(words?.replace(/\D/g, '') ?? '').not.toContain(number);
      }
    }
  });
});
