import { setTimeout as pause } from 'node:timers/promises';
import { Look } from '../../../src/diagnose/look';
import { readFacets } from '../../../src/diagnose/link-facets';
import { createGraph } from '../../../src/graph/create-graph';
import type { AdaptiveCard } from '../../../src/store/ports';
import { textOf } from '../../helpers/card-reading';
import { startConversation, type Conversation } from '../../helpers/conversation';
import { expectGolden } from '../../helpers/golden';

jest.setTimeout(120_000);

let talk: Conversation;
beforeAll(async () => {
  talk = await startConversation();
  for (const who of ['priya', 'omar', 'dana', 'mina']) await talk.say(who, 'hello');
  const id = await planned('priya', 'setup con>fab --users group:Pilot --type member');
  await submit('priya', id);
  await approve('mina', id, 'Approve for Fabrikam');
  await approve('omar', id, 'Approve for Contoso');
  await cardOf('priya', doneOf(id));
  await talk.simulator.control.sync({ masksNotifications: true });
}, 120_000);
afterAll(() => talk.close());

const draftOf = (id: string) => new RegExp(`Plan ${id}[^]*Draft`);
const doneOf = (id: string) => new RegExp(`Plan ${id}\\nDone`);

async function cardOf(who: string, pattern: RegExp): Promise<AdaptiveCard> {
  for (let tries = 0; tries < 200; tries += 1) {
    const cards = talk.chat.in(`personal-${who}`).map(({ card }) => card);
    const found = cards.findLast((card) => pattern.test(textOf(card)));
    if (found) return found;
    await pause(100);
  }
  throw new Error(`${who} got no card like ${String(pattern)}`);
}

async function planned(who: string, line: string): Promise<string> {
  const said = textOf(await talk.say(who, line));
  const id = /PL-\d+/.exec(said)?.[0];
  if (!id) throw new Error(said);
  return id;
}

async function submit(who: string, id: string): Promise<void> {
  await talk.press(who, await cardOf(who, draftOf(id)), 'Submit for approval', { reason: 'as agreed' });
}

async function approve(who: string, id: string, title: string): Promise<void> {
  await talk.press(who, await cardOf(who, new RegExp(`Approve ${id}`)), title);
}

async function confirmed(who: string, line: string): Promise<AdaptiveCard> {
  const id = await planned(who, line);
  const draft = await cardOf(who, draftOf(id));
  await talk.press(who, draft, 'Confirm and run');
  await cardOf(who, doneOf(id));
  return draft;
}

function freshLook(): Look {
  const graph = createGraph(talk.config);
  const tenant = (key: string) => talk.config.tenants.find((one) => one.key === key)!;
  const link = { source: tenant('con'), target: tenant('fab') };
  const [source, target] = [graph.read(link.source.tenantId), graph.read(link.target.tenantId)];
  return new Look(link, source, target, (tenantId, pack) => graph.probe(tenantId, pack));
}

/** The notification settings of every write so far, as they were sent. */
async function sent(): Promise<unknown[]> {
  const writes = await talk.simulator.control.writes();
  const bodies = writes.filter(({ path }) => path.endsWith('/secrets')).map(({ body }) => body);
  return bodies.map((body) => {
    const { value } = body as { value: { key: string; value: string }[] };
    return JSON.parse(value.find(({ key }) => key === 'SyncNotificationSettings')?.value ?? 'null');
  });
}

describe('where Graph masks the notification settings', () => {
  it('shows a guard that nobody has set here as not readable, and asks a second person', async () => {
    const id = await planned('omar', 'guard con>fab 20');
    const draft = await cardOf('omar', draftOf(id));
    expect(textOf(draft)).toContain('not readable');
    expectGolden(__filename, 'guard unread plan', draft);
    await submit('omar', id);
    await approve('dana', id, 'Approve for Contoso');
    await cardOf('omar', doneOf(id));
    expect((await sent()).at(-1)).toMatchObject({ DeleteThresholdEnabled: true, DeleteThresholdValue: 20 });
  });

  it('takes the guard that was last applied for the one that stands', async () => {
    expect(textOf(await talk.say('omar', 'guard con>fab 20'))).toContain('Nothing to do');
    const draft = await confirmed('omar', 'guard con>fab 5');
    expect(textOf(draft)).toMatch(/DeleteThresholdValue: 20 → 5|20[^]*5/);
    expect((await sent()).at(-1)).toMatchObject({ DeleteThresholdEnabled: true, DeleteThresholdValue: 5 });
  });

  it('keeps the guard when the mail changes, and tells what it saves anew', async () => {
    const draft = await confirmed('priya', 'mail con>fab ops@contoso.com');
    expectGolden(__filename, 'mail unread plan', draft);
    expect(textOf(draft)).toContain('guard 5, mail ops');
    expect((await sent()).at(-1)).toMatchObject({
      ...{ Enabled: true, Recipients: 'ops@contoso.com' },
      ...{ DeleteThresholdEnabled: true, DeleteThresholdValue: 5 },
    });
    expect(textOf(await talk.say('priya', 'mail con>fab ops@contoso.com'))).toContain('Nothing to do');
  });

  it('lets setup change the guard by what it knows, and find nothing to do afterwards', async () => {
    expect(textOf(await talk.say('priya', 'setup con>fab'))).toContain('Nothing to do');
    const id = await planned('priya', 'setup con>fab --guard 7');
    await submit('priya', id);
    await approve('omar', id, 'Approve for Contoso');
    await cardOf('priya', doneOf(id));
    expect((await sent()).at(-1)).toMatchObject({ Recipients: 'ops@contoso.com', DeleteThresholdValue: 7 });
    expect(textOf(await talk.say('priya', 'setup con>fab'))).toContain('Nothing to do');
  });

  it('never sends a mask, and never claims that the guard is off', async () => {
    expect(JSON.stringify(await sent())).not.toContain('***');
    const facets = await readFacets(freshLook());
    const shown = Object.fromEntries(facets.map(({ setting, value }) => [setting, value]));
    expect(shown).toMatchObject({
      'Job: Deletion guard': 'not readable',
      'Job: Notification mails': 'not readable',
    });
  });
});
