import { setTimeout as pause } from 'node:timers/promises';
import type { AdaptiveCard } from '../../../src/store/ports';
import { buttonsOf, textOf } from '../../helpers/card-reading';
import { startConversation, type Conversation } from '../../helpers/conversation';
import { expectGolden } from '../../helpers/golden';

jest.setTimeout(120_000);

let talk: Conversation;
beforeAll(async () => {
  talk = await startConversation();
  for (const who of ['priya', 'omar', 'dana', 'mina', 'tom']) await talk.say(who, 'hello');
}, 180_000);
afterAll(() => talk.close());

const root = '/v1.0/policies/crossTenantAccessPolicy';
const golden = (name: string, card: AdaptiveCard) => expectGolden(__filename, name, card);

async function cardOf(who: string, pattern: RegExp): Promise<AdaptiveCard> {
  for (let tries = 0; tries < 200; tries += 1) {
    const cards = talk.chat.in(`personal-${who}`).map(({ card }) => card);
    const found = cards.findLast((card) => pattern.test(textOf(card)));
    if (found) return found;
    await pause(200);
  }
  throw new Error(`${who} got no card like ${String(pattern)}`);
}

/** Drafts, submits, and gives the requester's draft. */
async function submitted(who: string, line: string): Promise<{ id: string; draft: AdaptiveCard }> {
  const said = textOf(await talk.say(who, line));
  const id = /PL-\d+/.exec(said)?.[0];
  if (!id) throw new Error(`no plan: ${said}`);
  const draft = await cardOf(who, new RegExp(`Plan ${id}[^]*Draft`));
  await talk.press(who, draft, 'Submit for approval', { reason: 'agreed with the other side' });
  return { id, draft };
}

async function approve(who: string, id: string, tenant: string, inputs = {}): Promise<AdaptiveCard> {
  const card = await cardOf(who, new RegExp(`Approve ${id}`));
  await talk.press(who, card, `Approve for ${tenant}`, inputs);
  return card;
}

const done = (id: string) => new RegExp(`Plan ${id}\\nDone`);
const writes = async () =>
  (await talk.simulator.control.writes()).filter(({ status }) => status < 300).length;

describe('without a partner entry', () => {
  it('refuses to switch anything on, and names the way out', async () => {
    for (const line of ['allow con>fab on', 'redeem con>fab on', 'trust con>fab on mfa']) {
      const card = await talk.say('priya', line);
      expect(textOf(card)).toContain('Run setup con');
      expect(buttonsOf(card).map(({ title }) => title)).toEqual(['setup con>fab']);
    }
    golden('without an entry', await talk.say('priya', 'allow con>fab on'));
    golden('off already', await talk.say('priya', 'allow con>fab off'));
    golden('diff against the template before', await talk.say('priya', 'diff con>fab'));
  });

  it('reads what it is told, and says what is wrong with it', async () => {
    golden('neither on nor off', await talk.say('priya', 'allow con>fab maybe'));
    golden('unknown claim', await talk.say('priya', 'trust con>fab on mfa,passkey'));
    expect(textOf(await talk.say('noor', 'allow con>fab on'))).toContain('Auditors cannot change anything');
    expect(await writes()).toBe(0);
  });
});

describe('with partner entries', () => {
  beforeAll(async () => {
    const [con, fab] = [talk.simulator.tenantId('con'), talk.simulator.tenantId('fab')];
    await talk.simulator.graph('con', 'POST', `${root}/partners`, { body: { tenantId: fab } });
    await talk.simulator.graph('fab', 'POST', `${root}/partners`, { body: { tenantId: con } });
  });

  it('allows synchronization with one approval of the target', async () => {
    const { id, draft } = await submitted('priya', 'allow con>fab on');
    golden('allow on', draft);
    expect(textOf(draft)).toContain('tier T2');
    golden('allow on for the approver', await approve('mina', id, 'Fabrikam'));
    golden('allow on done', await cardOf('priya', done(id)));
    const path = `${root}/partners/${talk.simulator.tenantId('con')}/identitySynchronization`;
    expect((await talk.simulator.graph('fab', 'GET', path)).body).toMatchObject({
      userSyncInbound: { isSyncAllowed: true },
    });
  });

  it('redeems in both tenants at once, each approving its own half', async () => {
    const before = await writes();
    const { id, draft } = await submitted('priya', 'redeem con>fab on');
    golden('redeem on', draft);
    expect(textOf(draft)).toContain('tier T2');
    await approve('mina', id, 'Fabrikam');
    expect(await writes()).toBe(before);
    await approve('omar', id, 'Contoso');
    await cardOf('priya', done(id));
    expect(await writes()).toBe(before + 2);
  });

  it('trusts what it is told, and tells what switching off does to people', async () => {
    const { id, draft } = await submitted('priya', 'trust con>fab on mfa,device');
    golden('trust on', draft);
    await approve('tom', id, 'Fabrikam');
    await cardOf('priya', done(id));
    for (const [what, words] of [
      ['allow', /stay and can sign in[^]*quarantine/],
      ['redeem', /Those already there stay[^]*quarantine/],
      ['trust', /Their accounts stay/],
    ] as const) {
      const plan = /PL-\d+/.exec(textOf(await talk.say('priya', `${what} con>fab off`)))?.[0] ?? '';
      const card = await cardOf('priya', new RegExp(`Plan ${plan}[^]*Draft`));
      golden(`${what} off`, card);
      expect(textOf(card)).toMatch(words);
    }
    expect(textOf(await talk.say('priya', 'allow con>fab on'))).toContain('has it so already');
  });

  it('shows the settings of both tenants, and what stands otherwise than planned', async () => {
    golden('policy with entries', await talk.say('mina', 'policy con>fab'));
    golden('policy raw with entries', await talk.say('mina', 'policy con>fab --raw'));
    golden('diff against the last plans', await talk.say('mina', 'diff con>fab --against last'));
    const path = `${root}/partners/${talk.simulator.tenantId('con')}`;
    const body = { automaticUserConsentSettings: { inboundAllowed: false, outboundAllowed: null } };
    await talk.simulator.graph('fab', 'PATCH', path, { body });
    golden('diff after a change by somebody', await talk.say('mina', 'diff con>fab --against last'));
    golden('diff against the template', await talk.say('mina', 'diff con>fab --against template'));
    golden('diff against the way back', await talk.say('mina', 'diff con>fab --against fab>con'));
    golden('diff against nothing known', await talk.say('mina', 'diff con>fab --against yesterday'));
  });
});

describe('a default', () => {
  it('is changed by two people who type how many entries follow it', async () => {
    const { id, draft } = await submitted('priya', 'default set con trust-mfa on');
    golden('default', draft);
    expect(textOf(draft)).toContain('tier T3');
    golden('default for an approver', await approve('omar', id, 'Contoso', { count: '7' }));
    const count = /type (\d+) to approve/.exec(JSON.stringify(await cardOf('dana', /Approve/)))?.[1] ?? '';
    await approve('dana', id, 'Contoso', { count });
    await approve('omar', id, 'Contoso', { count });
    golden('default done', await cardOf('priya', done(id)));
    expect((await talk.simulator.graph('con', 'GET', `${root}/default`)).body).toMatchObject({
      inboundTrust: { isMfaAccepted: true, isCompliantDeviceAccepted: false },
    });
    expect(textOf(await talk.say('priya', 'default set con trust-mfa on'))).toContain('has it so already');
  });

  it.each([
    ['of another tenant', 'default set fab trust-mfa on'],
    ['that is read-only', 'default set con redemption on'],
    ['that does not exist', 'default set con sync on'],
    ['that opens the tenant to the world', 'default set con trust-device on'],
    ['by an unknown name', 'default set con trust-mfaa on'],
    ['to an unknown value', 'default set con b2b-inbound maybe'],
    ['of an unknown tenant', 'default set cono trust-mfa on'],
    ['without saying set', 'default show con trust-mfa on'],
  ])('is refused %s', async (name, line) => {
    const before = await writes();
    golden(`default refused ${name}`, await talk.say('priya', line));
    expect(await writes()).toBe(before);
  });
});

describe('PowerShell', () => {
  it('stands behind a button of reads and plans, with the ids of what they show', async () => {
    const policy = await talk.say('mina', 'policy con>fab');
    const script = await talk.press('mina', policy, 'Show PowerShell');
    golden('powershell of policy', script);
    expect(JSON.stringify(script)).toContain(talk.simulator.tenantId('con'));
    const draft = await cardOf('priya', /Plan PL-0001\n/);
    golden('powershell of a plan', await talk.press('priya', draft, 'Show PowerShell'));
    golden('powershell of a plan, seen by the target', await talk.say('mina', 'ps PL-0002'));
    for (const line of ['check con>fab', 'status con>fab', 'status', 'links', 'tenants', 'connect fab']) {
      const text = textOf(await talk.say('priya', `powershell ${line}`));
      expect([line, text]).toEqual([line, expect.stringMatching(/In (Contoso|Fabrikam)/)]);
    }
    golden('powershell of a user', await talk.say('priya', 'powershell verify bob@contoso.com con>fab'));
  });

  it.each([
    ['a change', 'powershell allow con>fab off'],
    ['my own records', 'powershell pending'],
    ['an unknown plan', 'powershell PL-0999'],
    ['nonsense', 'powershell dance'],
    ['an unknown link', 'powershell policy con>fob'],
    ['nothing', 'powershell'],
  ])('says why there is none for %s', async (name, line) => {
    golden(`powershell of ${name}`, await talk.say('priya', line));
  });

  it('names nobody in a channel, and nothing to people without a role', async () => {
    expect(textOf(await talk.say('priya', 'powershell PL-0001', 'channel'))).toContain('our own chat');
    expect(textOf(await talk.say('zoe', 'powershell PL-0001'))).toContain('Nothing was done');
    expect(textOf(await talk.say('mina', 'powershell policy con>win'))).not.toContain('Connect-MgGraph');
  });
});
