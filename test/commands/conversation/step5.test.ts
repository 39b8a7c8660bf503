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
}, 60_000);
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
  throw new Error(`${who} got no card like ${String(pattern)}`);
}

async function drafted(who: string, line: string): Promise<{ id: string; draft: AdaptiveCard }> {
  const said = await talk.say(who, line);
  const id = /PL-\d+/.exec(textOf(said))?.[0] ?? '';
  expect([line, textOf(said)]).toEqual([line, expect.stringMatching(/PL-\d+/)]);
  return { id, draft: await cardOf(who, new RegExp(`Plan ${id}[^]*Draft`)) };
}

const doneOf = (id: string) => new RegExp(`Plan ${id}\\nDone`);

/** Asks, confirms (T1) and waits for the end. */
async function confirmed(who: string, line: string): Promise<void> {
  const { id, draft } = await drafted(who, line);
  await talk.press(who, draft, 'Confirm and run');
  await cardOf(who, doneOf(id));
}

/** Asks, submits, lets these people approve and waits for the end. */
async function approved(
  who: string,
  line: string,
  approvers: readonly [string, string][],
): Promise<AdaptiveCard> {
  const { id, draft } = await drafted(who, line);
  await talk.press(who, draft, 'Submit for approval', { reason: 'the guide' });
  for (const [approver, tenant] of approvers) {
    const card = await cardOf(approver, new RegExp(`Approve ${id}|${id}[^]*Approve for ${tenant}`));
    await talk.press(approver, card, `Approve for ${tenant}`);
  }
  return cardOf(who, doneOf(id));
}

/** The configuration as the simulator has it. */
async function configuration(): Promise<string> {
  const { body } = await talk.simulator.graph('con', 'GET', '/v1.0/servicePrincipals?$top=999');
  const found = body.value.find((one: { displayName: string }) => one.displayName === 'Fabrikam');
  return `/v1.0/servicePrincipals/${found.id}`;
}

describe('before anything is set up', () => {
  it.each([1, 2, 3, 4, 5])('opens step %i with what is missing and what comes next', async (number) => {
    const card = await talk.say('priya', `step${number} con>fab`);
    expectGolden(__filename, `step${number} before`, card);
    const lines = buttonsOf(card).map(({ data }) => String(data['command']));
    if (number < 5) expect(lines).toContain(`step${number + 1} con>fab`);
    if (number > 1) expect(lines).toContain(`step${number - 1} con>fab`);
  });

  it('walks from step to step by buttons alone', async () => {
    let card = await talk.say('priya', 'step1');
    for (const number of [2, 3, 4, 5]) {
      card = await talk.press('priya', card, `Open step ${number}`);
      expect(textOf(card)).toContain(`Step ${number} of 5, Contoso → Fabrikam`);
    }
  });

  it('offers a reader no change', async () => {
    const lines = buttonsOf(await talk.say('noor', 'step4 con>fab')).map(({ data }) =>
      String(data['command']),
    );
    expect(lines.filter((line) => line.startsWith('setup'))).toEqual([]);
  });

  it('has no log and nothing to restart', async () => {
    expectGolden(__filename, 'logs without a job', await talk.say('priya', 'logs con>fab'));
    const refused = await talk.say('priya', 'restart con>fab');
    expect(textOf(refused)).toContain('Run setup con>fab first');
  });
});

describe('with the first cycle done', () => {
  beforeAll(async () => {
    await approved(
      'priya',
      'setup con>fab --users group:Pilot --type member --guard 3 --mail ops@contoso.com',
      [
        ['mina', 'Fabrikam'],
        ['omar', 'Contoso'],
      ],
    );
    expect(textOf(await talk.say('priya', 'restart con>fab'))).toContain('Run start con>fab instead');
    await confirmed('priya', 'start con>fab');
    expectGolden(__filename, 'status in the first cycle', await talk.say('priya', 'status con>fab'));
    await talk.simulator.control.advance('PT40M');
  }, 120_000);

  it('groups the log by cause', async () => {
    expectGolden(__filename, 'logs', await talk.say('noor', 'logs con>fab --since 7d'));
    expectGolden(__filename, 'logs of one user', await talk.say('priya', 'logs con>fab bob@contoso.com'));
    const none = textOf(await talk.say('priya', 'logs con>fab --code GatewayHiccup42'));
    expect(none).toContain('Nothing was logged with code GatewayHiccup42');
  });

  it('says that what is older than the retention is gone', async () => {
    expect(textOf(await talk.say('priya', 'logs con>fab --since 60d'))).toContain(
      'Microsoft keeps this log for 30 days: what is older is gone.',
    );
  });

  it('explains what it knows, and nothing else', async () => {
    expectGolden(__filename, 'explain known', await talk.say('priya', 'explain NotEffectivelyEntitled'));
    expectGolden(__filename, 'not known', await talk.say('priya', 'explain InvitationCreationFailur'));
    const raw = await talk.say('priya', 'explain the gateway said no @everyone');
    expect(textOf(raw)).toContain('not in my catalogue');
  });

  it('tries somebody with SMS sign-in and says that it is that', async () => {
    await talk.simulator.control.advance('PT10M');
    const { draft } = await drafted('priya', 'try eve@contoso.com con>fab');
    await talk.press('priya', draft, 'Confirm and run');
    const result = await cardOf('priya', /Try one user\nSkipped\nEve/);
    expectGolden(__filename, 'try with SMS sign-in', result);
  });

  it.each([4, 5])('opens step %i with what is done', async (number) => {
    expectGolden(__filename, `step${number} after`, await talk.say('priya', `step${number} con>fab`));
  });

  it('restarts with one approver of the source, who sees what it costs', async () => {
    const { id, draft } = await drafted('priya', 'restart con>fab --full');
    expectGolden(__filename, 'restart plan', draft);
    expect(textOf(draft)).toContain('tier T2');
    await talk.press('priya', draft, 'Submit for approval', { reason: 'causes are gone' });
    expect(talk.chat.in('personal-mina').some(({ card }) => textOf(card).includes(id))).toBe(false);
    const card = await cardOf('omar', new RegExp(`${id}[^]*Approve for Contoso`));
    expectGolden(__filename, 'restart approval', card);
    await talk.press('omar', card, 'Approve for Contoso');
    expectGolden(__filename, 'restarted', await cardOf('priya', doneOf(id)));
    const sent = (await talk.simulator.control.writes()).filter(
      ({ operation }) => operation === 'jobs.restart',
    );
    expect(sent).toMatchObject([
      { status: 204, body: { criteria: { resetScope: 'QuarantineState, Watermark, Escrows' } } },
    ]);
    await talk.simulator.control.advance('PT40M');
  });
});

describe('with more deletions than the guard allows', () => {
  beforeAll(async () => {
    const root = await configuration();
    const { body } = await talk.simulator.graph('con', 'GET', `${root}/appRoleAssignedTo`);
    for (const { id } of body.value) {
      await talk.simulator.graph('con', 'DELETE', `${root}/appRoleAssignedTo/${id}`);
    }
    await talk.simulator.control.advance('PT40M');
  });

  it('shows the quarantine: why, until when, and what leads out', async () => {
    const card = await talk.say('priya', 'status con>fab');
    expectGolden(__filename, 'status in quarantine', card);
    expect(textOf(card)).toMatch(/TooManyDeletes/);
    expect(textOf(card)).toMatch(/switches the job off/);
    expectGolden(__filename, 'status of all', await talk.say('priya', 'status all'));
  });

  it('names who is held back, and refuses a restart until they are back', async () => {
    expectGolden(
      __filename,
      'logs of staged deletions',
      await talk.say('priya', 'logs con>fab --code StagedDelete'),
    );
    expectGolden(__filename, 'restart refused', await talk.say('priya', 'restart con>fab'));
    const forced = (await talk.simulator.control.writes()).filter(
      ({ operation }) => operation === 'jobs.restart',
    );
    expect(forced).toHaveLength(1);
  });
});
