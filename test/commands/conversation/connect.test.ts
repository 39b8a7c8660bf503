import { startConversation, type Conversation } from '../../helpers/conversation';
import { linksOf, textOf } from '../../helpers/card-reading';
import { expectGolden } from '../../helpers/golden';

/** Before any consent: people of three tenants and a bot that can read nothing. */
jest.setTimeout(60_000);

let talk: Conversation;
beforeAll(async () => {
  talk = await startConversation({ consented: [] });
}, 60_000);
afterAll(() => talk.close());

/** Opens a consent link as a browser does, signs in as `who`, and follows the redirect into the callback. */
async function consentAs(who: string, link: string, decision = 'accept') {
  const answer = await fetch(link, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ person: who, decision }),
  });
  const back = new URL(answer.headers.get('location') ?? 'http://nowhere');
  expect(`${back.origin}${back.pathname}`).toBe('http://127.0.0.1:3978/consent');
  return talk.steward.consentCallback(Object.fromEntries(back.searchParams));
}

describe('before consent', () => {
  it.each(['help', 'hello', '?', 'whoami', 'connect con', 'connect fab'])('answers %j', async (line) => {
    expectGolden(__filename, `${line.replace('?', 'mark')} before consent`, await talk.say('priya', line));
  });

  it.each(['check con>fab', 'tenants', 'links', 'setup con>fab', 'pending', 'approve PL-0001', 'status'])(
    'says connect first for %j',
    async (line) => {
      const text = textOf(await talk.say('priya', line));
      expect(text).toContain('Run connect con first');
    },
  );

  it('does not know people of other tenants, and asks nobody about them', async () => {
    const before = await talk.simulator.control.requests();
    const stranger = talk.incoming('priya', { type: 'text', text: 'help' });
    const other = '99999999-9999-4999-8999-999999999999';
    for (const odd of [
      { ...stranger, person: { ...stranger.person, tenantId: other } },
      { ...stranger, conversation: { ...stranger.conversation, tenantId: other } },
    ]) {
      expect(textOf(await talk.send(odd))).toContain('I cannot tell that you are one');
    }
    expect(await talk.simulator.control.requests()).toEqual(before);
  });
});

describe('connect', () => {
  it.each([
    ['connect', 'Say which tenant, by its key.'],
    ['connect con now', '“now” is too much here.'],
    ['connect con>fab', 'connect takes no link.'],
    ['connect cn', 'Name it as con'],
    ['join', 'Say which code.'],
    ['join F-WRONG', 'Ask for a new code'],
  ])('refuses %j', async (line, expected) => {
    expect(textOf(await talk.say('priya', line))).toContain(expected);
  });

  it('gives an invitation for another tenant, which works there and nowhere else', async () => {
    const code = /join (\S+)/.exec(textOf(await talk.say('priya', 'connect fab')))?.[1] ?? '';
    expect(textOf(await talk.say('omar', `join ${code}`))).toContain('Ask for a new code');
    const card = await talk.say('mina', `join ${code.toLowerCase()}`);
    expectGolden(__filename, 'join opens the permissions', card);
    expect(textOf(card)).toContain('Fabrikam');
    expect(linksOf(card)).toHaveLength(3);
    for (const link of linksOf(card)) {
      expect(new URL(link).origin).toBe(talk.simulator.url);
      expect(new URL(link).pathname).toBe(`/${talk.simulator.tenantId('fab')}/adminconsent`);
    }
  });

  it('believes probes, not the redirect', async () => {
    const [link = ''] = linksOf(await talk.say('priya', 'connect con'));
    const state = new URL(link).searchParams.get('state') ?? '';
    const forged = { state, tenant: talk.simulator.tenantId('con'), admin_consent: 'True' };
    const answer = await talk.steward.consentCallback(forged);
    expect(answer.text).toContain('Microsoft does not show the permissions yet');
    expect(textOf(await talk.say('priya', 'whoami'))).toContain('Read consent is missing');
  });

  it('takes a state once, only its own, and only for its tenant', async () => {
    const card = await talk.say('priya', 'connect con');
    const [first = '', second = ''] = linksOf(card).map(
      (link) => new URL(link).searchParams.get('state') ?? '',
    );
    const wrong = { state: first, tenant: talk.simulator.tenantId('fab'), admin_consent: 'True' };
    expect((await talk.steward.consentCallback(wrong)).status).toBe(400);
    for (const state of [first, '', 'x'.repeat(43), second.slice(1)]) {
      const answer = await talk.steward.consentCallback({ state, admin_consent: 'True' });
      expect(answer).toMatchObject({ status: 400, title: 'Nothing was changed' });
    }
  });

  it('tells when the consent page refused', async () => {
    const [link = ''] = linksOf(await talk.say('omar', 'connect con'));
    const answer = await consentAs('omar', link);
    expect(answer.text).toBe('The consent page refused: it needs a Privileged Role or Global Administrator.');
    expect(textOf(talk.chat.in('personal-omar').at(-1)!.card)).toContain('The consent page refused');
  });

  it('connects a tenant, shows it where it was asked for, and knows people at once', async () => {
    const links = linksOf(await talk.say('priya', 'connect con'));
    const before = talk.chat.in('personal-priya').length;
    for (const link of links) expect((await consentAs('priya', link)).status).toBe(200);
    expect(talk.chat.in('personal-priya')).toHaveLength(before);
    const shown = talk.chat.in('personal-priya').at(-1);
    expect(shown?.updates).toBe(3);
    expectGolden(__filename, 'connected', shown?.card);
    expect(textOf(await talk.say('priya', 'whoami'))).toContain('Security Administrator');
  });
});
