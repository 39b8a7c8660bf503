import { setTimeout as pause } from 'node:timers/promises';
import type { AdaptiveCard } from '../../../src/store/ports';
import { buttonsOf, textOf } from '../../helpers/card-reading';
import { startConversation, type Conversation } from '../../helpers/conversation';
import { expectGolden } from '../../helpers/golden';

jest.setTimeout(120_000);

let talk: Conversation;
beforeAll(async () => {
  talk = await startConversation();
  for (const who of ['priya', 'omar', 'dana', 'mina', 'tom', 'lee']) await talk.say(who, 'hello');
}, 180_000);
afterAll(() => talk.close());

/** Waits for a card in somebody's personal chat that the outbox posts or updates. */
async function cardOf(who: string, pattern: RegExp): Promise<AdaptiveCard> {
  for (let tries = 0; tries < 150; tries += 1) {
    const found = talk.chat
      .in(`personal-${who}`)
      .map(({ card }) => card)
      .findLast((card) => pattern.test(textOf(card)));
    if (found) return found;
    await pause(200);
  }
  const seen = talk.chat.in(`personal-${who}`).map(({ card }) => textOf(card).slice(0, 300));
  throw new Error(`${who} got no card like ${String(pattern)}, only:\n${seen.slice(-4).join('\n---\n')}`);
}

/** Asks for a change and gives the id of its plan. */
async function plan(who: string, line: string): Promise<{ id: string; said: AdaptiveCard }> {
  const said = await talk.say(who, line);
  const id = /PL-\d+/.exec(textOf(said))?.[0] ?? '';
  expect(id).not.toBe('');
  return { id, said };
}

const draftOf = (id: string) => new RegExp(`Plan ${id}[^]*Draft`);
const doneOf = (id: string) => new RegExp(`Plan ${id}\\nDone`);

/** What the simulator says about the link, whatever the cards say. */
async function switches() {
  const [con, fab] = [talk.simulator.tenantId('con'), talk.simulator.tenantId('fab')];
  const root = '/v1.0/policies/crossTenantAccessPolicy/partners';
  const [target, sync, source] = await Promise.all([
    talk.simulator.graph('fab', 'GET', `${root}/${con}`),
    talk.simulator.graph('fab', 'GET', `${root}/${con}/identitySynchronization`),
    talk.simulator.graph('con', 'GET', `${root}/${fab}`),
  ]);
  return {
    inbound: target.body?.automaticUserConsentSettings?.inboundAllowed,
    sync: sync.body?.userSyncInbound?.isSyncAllowed,
    outbound: source.body?.automaticUserConsentSettings?.outboundAllowed,
  };
}

const wish = 'setup con>fab --users group:Pilot --type member --guard 10 --mail ops@contoso.com';

describe('the first setup, step by step', () => {
  it('checks what stops it', async () => {
    expectGolden(__filename, 'check before', await talk.say('priya', 'check con>fab'));
    expectGolden(__filename, 'policy before', await talk.say('mina', 'policy con>fab'));
    expectGolden(__filename, 'status before', await talk.say('priya', 'status con>fab'));
    expectGolden(__filename, 'links before', await talk.say('priya', 'links'));
    expectGolden(__filename, 'tenants', await talk.say('priya', 'tenants'));
  });

  it('asks for wishes when none are known, and shows a plan without offering it', async () => {
    const form = await talk.say('priya', 'setup con>fab');
    expectGolden(__filename, 'setup form', form);
    const preview = await talk.say('priya', `plan ${wish}`);
    expect(buttonsOf(preview)).toEqual([]);
    expectGolden(__filename, 'plan only', preview);
    expect(textOf(await talk.say('priya', 'pending'))).toContain('Nothing waits');
  });

  it('drafts a plan for the requester, who can edit it', async () => {
    expectGolden(__filename, 'drafted', await talk.say('priya', wish));
    const draft = await cardOf('priya', /Plan PL-0001[\s\S]*Draft/);
    expectGolden(__filename, 'plan draft', draft);
    const form = await talk.press('priya', draft, 'Edit plan');
    expectGolden(__filename, 'edit form', form);
    const again = { users: 'group:Pilot', type: 'member', guard: '12', mail: 'ops@contoso.com' };
    await talk.press('priya', form, 'Show the plan', again);
    await cardOf('priya', /revision 2/);
    expectGolden(__filename, 'pending draft', await talk.say('priya', 'pending'));
    expect(textOf(await talk.say('omar', 'pending'))).toContain('Nothing waits');
    expect(textOf(await talk.say('omar', 'edit PL-0001'))).toContain('Looking for the plan PL-0001');
  });

  it('submits it, and brings it to the approvers of both tenants', async () => {
    const draft = await cardOf('priya', /Plan PL-0001[\s\S]*Draft/);
    const submitted = await talk.press('priya', draft, 'Submit for approval', { reason: 'pilot M&A' });
    expectGolden(__filename, 'plan submitted', submitted);
    expectGolden(__filename, 'approval in the target', await cardOf('mina', /Approve/));
    expectGolden(__filename, 'approval in the source', await cardOf('omar', /Approve/));
    expectGolden(__filename, 'pending for an approver', await talk.say('mina', 'pending'));
    expect(await talk.simulator.control.writes()).toEqual([]);
  });

  it('does nothing for people who may not decide', async () => {
    const card = await cardOf('mina', /Approve/);
    for (const who of ['priya', 'zoe', 'gil', 'lee']) {
      const said = textOf(await talk.press(who, card, 'Approve for Fabrikam'));
      expect(said).not.toContain('You approved it');
    }
    expect(textOf(await talk.say('priya', 'approve PL-0001'))).not.toContain('Approve for');
    expect(textOf(await talk.say('zoe', 'reject PL-0001 no'))).toContain('Nothing was done');
    expect(textOf(await talk.say('lee', 'reject PL-0001 no'))).not.toContain('You rejected it');
    expect(await talk.simulator.control.writes()).toEqual([]);
  });

  it('runs when both tenants approved, and reads everything back', async () => {
    const target = await cardOf('mina', /Approve/);
    await talk.press('mina', target, 'Approve for Fabrikam');
    expect(await talk.simulator.control.writes()).toEqual([]);
    const source = await cardOf('omar', /Approve/);
    await talk.press('omar', source, 'Approve for Contoso');
    const done = await cardOf('priya', doneOf('PL-0001'));
    expectGolden(__filename, 'setup done', done);
    expect(await switches()).toEqual({ inbound: true, sync: true, outbound: true });
    expectGolden(__filename, 'history', await talk.say('noor', 'history con>fab'));
    expectGolden(__filename, 'verify plan', await talk.say('priya', 'verify PL-0001'));
  });

  it('has nothing to do when it is asked again', async () => {
    const before = (await talk.simulator.control.writes()).length;
    expectGolden(__filename, 'setup again', await talk.say('priya', 'setup con>fab'));
    expect((await talk.simulator.control.writes()).length).toBe(before);
  });
});

describe('the first users', () => {
  it('tries one', async () => {
    const { id, said } = await plan('priya', 'try bob@contoso.com con>fab');
    expectGolden(__filename, 'try drafted', said);
    const draft = await cardOf('priya', draftOf(id));
    expectGolden(__filename, 'try plan', draft);
    // A fresh assignment is honoured after a few minutes (facts 4.7).
    await talk.simulator.control.advance('PT5M');
    await talk.press('priya', draft, 'Confirm and run');
    const result = await cardOf('priya', /Try one user[^]*Bob/);
    expect(textOf(result)).toContain('Created');
    expectGolden(__filename, 'try result', result);
    expectGolden(__filename, 'verify user', await talk.say('priya', 'verify bob@contoso.com con>fab'));
  });

  it('starts the cycles, and tells what the first one did', async () => {
    const { id, said } = await plan('priya', 'start con>fab');
    expectGolden(__filename, 'start drafted', said);
    await talk.press('priya', await cardOf('priya', draftOf(id)), 'Confirm and run');
    expectGolden(__filename, 'started', await cardOf('priya', doneOf(id)));
    await talk.simulator.control.advance('PT40M');
    expectGolden(__filename, 'status after the first cycle', await talk.say('priya', 'status con>fab'));
    expectGolden(__filename, 'links after the first cycle', await talk.say('mina', 'links'));
    expectGolden(__filename, 'check after', await talk.say('priya', 'check con>fab'));
    expectGolden(__filename, 'start again', await talk.say('priya', 'start con>fab'));
  });

  it('pauses them', async () => {
    const { id, said } = await plan('lee', 'pause con>fab');
    expectGolden(__filename, 'pause drafted', said);
    await talk.press('lee', await cardOf('lee', draftOf(id)), 'Confirm and run');
    await cardOf('lee', doneOf(id));
    expect(textOf(await talk.say('priya', 'status con>fab'))).toContain('Paused');
  });
});

describe('stopping a plan', () => {
  async function submitted(): Promise<string> {
    const { id } = await plan('priya', 'setup con>fab --users alice@contoso.com');
    const draft = await cardOf('priya', draftOf(id));
    await talk.press('priya', draft, 'Submit for approval', { reason: 'one more' });
    return id;
  }

  it('is rejected with a reason, by text', async () => {
    const id = await submitted();
    expectGolden(__filename, 'approve opens the card', await talk.say('omar', `approve ${id}`));
    expectGolden(__filename, 'reject done', await talk.say('omar', `reject ${id} she uses SMS sign-in`));
    expect(textOf(await talk.say('omar', `reject ${id} again`))).toContain('and that stands');
  });

  it('is withdrawn by the requester only', async () => {
    const id = await submitted();
    expectGolden(__filename, 'withdraw by another', await talk.say('omar', `withdraw ${id} no`));
    expectGolden(__filename, 'withdraw done', await talk.say('priya', `withdraw ${id} not needed`));
  });

  it('is expected by nobody without a plan', async () => {
    expectGolden(__filename, 'unknown plan', await talk.say('omar', 'reject PL-9999 no'));
  });
});
