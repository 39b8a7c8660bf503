import { setTimeout as pause } from 'node:timers/promises';
import type { AdaptiveCard } from '../../../src/store/ports';
import { readRecord } from '../../../src/store/records';
import { buttonsOf, textOf } from '../../helpers/card-reading';
import { startConversation, type Conversation } from '../../helpers/conversation';
import { expectGolden } from '../../helpers/golden';

jest.setTimeout(120_000);

let talk: Conversation;
beforeAll(async () => {
  talk = await startConversation();
  for (const who of ['priya', 'omar', 'dana', 'mina', 'tom', 'lee']) await talk.say(who, 'hello');
  const [con, fab] = [talk.simulator.tenantId('con'), talk.simulator.tenantId('fab')];
  await talk.simulator.graph('con', 'POST', `${root}/partners`, { body: { tenantId: fab } });
  await talk.simulator.graph('fab', 'POST', `${root}/partners`, { body: { tenantId: con } });
}, 180_000);
afterAll(() => talk.close());

const root = '/v1.0/policies/crossTenantAccessPolicy';
/** The digest holds which freeze is lifted, and that has a time. */
const golden = (name: string, card: AdaptiveCard) => {
  const text = JSON.stringify(card).replace(/digest [0-9a-f]{8}/g, 'digest <digest>');
  expectGolden(__filename, name, JSON.parse(text));
};
const titles = (card: AdaptiveCard) => buttonsOf(card).map(({ title }) => title);

async function cardOf(who: string, pattern: RegExp): Promise<AdaptiveCard> {
  for (let tries = 0; tries < 200; tries += 1) {
    const cards = talk.chat.in(`personal-${who}`).map(({ card }) => card);
    const found = cards.findLast((card) => pattern.test(textOf(card)));
    if (found) return found;
    await pause(200);
  }
  const seen = talk.chat.in(`personal-${who}`).map(({ card }) => textOf(card).slice(0, 600));
  throw new Error(`${who} got no card like ${String(pattern)}, only:\n${seen.slice(-3).join('\n---\n')}`);
}

async function drafted(who: string, line: string): Promise<{ id: string; draft: AdaptiveCard }> {
  const said = textOf(await talk.say(who, line));
  const id = /Plan (PL-\d+)/.exec(said)?.[1];
  if (!id) throw new Error(`no plan: ${said}`);
  return { id, draft: await cardOf(who, new RegExp(`Plan ${id}[^]*Draft`)) };
}

async function submitted(who: string, line: string): Promise<{ id: string; draft: AdaptiveCard }> {
  const one = await drafted(who, line);
  await talk.press(who, one.draft, 'Submit for approval', { reason: 'agreed with the other side' });
  return one;
}

async function approve(who: string, id: string, tenant: string): Promise<AdaptiveCard> {
  const card = await cardOf(who, new RegExp(`Approve ${id}`));
  const count = /type (\d+) to approve/.exec(JSON.stringify(card))?.[1];
  await talk.press(who, card, `Approve for ${tenant}`, count === undefined ? {} : { count });
  return card;
}

/** The first write is on its way, and its answer takes long. */
async function untilWriting(id: string): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    const record = await readRecord(talk.store.db, id);
    if (record?.runs.some(({ state }) => state === 'writing')) return;
    await pause(50);
  }
  throw new Error(`${id} writes nothing`);
}

const done = (id: string) => new RegExp(`Plan ${id}\\nDone`);

describe('an undo', () => {
  it('is planned from the result card and approved like the plan it takes back', async () => {
    const { id } = await submitted('priya', 'redeem con>fab on');
    await approve('mina', id, 'Fabrikam');
    await approve('omar', id, 'Contoso');
    const result = await cardOf('priya', done(id));
    expect(titles(result)).toContain('Undo plan');
    await talk.press('priya', result, 'Undo plan');
    const draft = await cardOf('priya', new RegExp(`Undo ${id}`));
    golden('undo draft', draft);
    const undoId = /Plan (PL-\d+)/.exec(textOf(draft))?.[1] ?? '';
    expect(undoId).not.toBe(id);
    await talk.press('priya', draft, 'Submit for approval', { reason: 'wrong week' });
    golden('undo for the approver', await approve('tom', undoId, 'Fabrikam'));
    await approve('dana', undoId, 'Contoso');
    golden('undo done', await cardOf('priya', done(undoId)));
    const path = `${root}/partners/${talk.simulator.tenantId('con')}`;
    expect((await talk.simulator.graph('fab', 'GET', path)).body).toMatchObject({
      automaticUserConsentSettings: { inboundAllowed: false },
    });
    golden('undone already', await talk.say('priya', `undo ${id}`));
  });

  it('leaves alone what somebody changed since, and says so', async () => {
    const { id } = await submitted('priya', 'trust con>fab on mfa,device');
    await approve('mina', id, 'Fabrikam');
    await cardOf('priya', done(id));
    const path = `${root}/partners/${talk.simulator.tenantId('con')}`;
    const inboundTrust = {
      isMfaAccepted: true,
      isCompliantDeviceAccepted: false,
      isHybridAzureADJoinedDeviceAccepted: true,
    };
    await talk.simulator.graph('fab', 'PATCH', path, { body: { inboundTrust } });
    golden('changed by somebody since', await talk.say('priya', `undo ${id}`));
  });

  it.each([
    ['an unknown plan', 'undo PL-0999'],
    ['no plan', 'undo'],
    ['a link', 'undo con>fab'],
  ])('is refused for %s', async (name, line) => {
    golden(`undo ${name}`, await talk.say('priya', line));
  });

  it('is refused for a plan that changed nothing, and to people without a role', async () => {
    const { id } = await drafted('priya', 'allow con>fab on');
    golden('undo of a draft', await talk.say('priya', `undo ${id}`));
    expect(textOf(await talk.say('noor', `undo ${id}`))).toContain('Auditors cannot change anything');
    expect(textOf(await talk.say('zoe', `undo ${id}`))).toContain('Nothing was done');
  });
});

describe('stopping a plan', () => {
  it.each([
    ['an unknown plan', 'stop PL-0999'],
    ['a link', 'stop con>fab'],
    ['a plan that has ended', 'stop PL-0001'],
  ])('is refused for %s', async (name, line) => {
    golden(`stop ${name}`, await talk.say('priya', line));
  });

  it('lets the change that runs end, and begins no other', async () => {
    const [slow, pathPattern] = [{ latencyMs: 4_000, count: 1 }, '*/partners/*'];
    await talk.simulator.control.faults({ tenant: 'fab', method: 'PATCH', pathPattern, ...slow });
    const before = (await talk.simulator.control.writes()).length;
    const { id } = await submitted('priya', 'redeem con>fab on');
    await approve('mina', id, 'Fabrikam');
    await approve('omar', id, 'Contoso');
    const running = await cardOf('priya', new RegExp(`Plan ${id}\\nRunning[^]*Stop after this step`));
    await untilWriting(id);
    await talk.press('priya', running, 'Stop after this step');
    golden('stopped', await cardOf('priya', new RegExp(`Plan ${id}\\nFailed`)));
    const writes = (await talk.simulator.control.writes()).slice(before);
    expect(writes.map(({ tenant, operation }) => `${tenant} ${operation}`)).toEqual(['fab partners.update']);
  });
});

describe('a freeze', () => {
  it('stops what is approved, is told everywhere, and takes two others to lift', async () => {
    golden('freeze done', await talk.say('omar', 'freeze con>fab strange sign-ins are being looked at'));
    golden('frozen already', await talk.say('mina', 'freeze con>fab me too'));
    const { id, draft } = await submitted('priya', 'allow con>fab on');
    golden('draft while frozen', draft);
    golden('approval while frozen', await approve('mina', id, 'Fabrikam'));
    golden('approved while frozen', await cardOf('priya', new RegExp(`Plan ${id}[^]*nothing begins while`)));
    golden('status while frozen', await talk.say('priya', 'status con>fab'));
    const lift = await submitted('priya', 'unfreeze con>fab');
    golden('unfreeze draft', lift.draft);
    expect(textOf(lift.draft)).toContain('tier T3');
    golden('unfreeze for an approver', await approve('omar', lift.id, 'Contoso'));
    await approve('dana', lift.id, 'Contoso');
    golden('unfreeze done', await cardOf('priya', done(lift.id)));
    golden('not frozen', await talk.say('priya', 'unfreeze con>fab'));
    await cardOf('priya', done(id));
  });

  it('of all links is lifted in the tenant whose person asked for it', async () => {
    golden('all frozen', await talk.say('mina', 'freeze all the tenant may be in wrong hands'));
    golden('unfreeze the link while all is frozen', await talk.say('priya', 'unfreeze con>fab'));
    expect(textOf(await talk.say('priya', 'unfreeze all'))).toContain('Fabrikam');
    golden('unfreeze all by the other tenant', await talk.say('priya', 'unfreeze all'));
    const { draft } = await drafted('tom', 'unfreeze all');
    golden('unfreeze all draft', draft);
  });

  it.each([
    ['no reason', 'freeze con>fab'],
    ['no link', 'freeze because of this'],
    ['an unknown link', 'freeze con>nowhere because of this'],
  ])('is refused for %s', async (name, line) => {
    golden(`freeze ${name}`, await talk.say('omar', line));
  });

  it('is refused to people who could neither ask for changes nor approve them', async () => {
    for (const who of ['noor', 'zoe']) {
      expect(textOf(await talk.say(who, 'freeze con>fab because'))).toContain('Nothing was done');
    }
  });
});
