import { postgresPrograms, startPostgres, type TestPostgres } from '../helpers/postgres';
import { StewardProcess } from '../helpers/steward-process';
import { cardText, conversationOf } from '../helpers/teams-client';

jest.setTimeout(240_000);

/** One secret for each setting that holds one; the password is really used. */
const canary = (name: string) => `canary-${name}-4f1d9c`;
const settings = ['SECRET_BOT', 'SECRET_GRAPH_READ', 'SECRET_GRAPH_WRITE', 'SECRET_GRAPH_PHONE'];

const onPostgres = postgresPrograms() ? describe : describe.skip;

onPostgres('secrets of the settings (I37)', () => {
  let server: TestPostgres;
  let steward: StewardProcess;
  let imageKey = '';

  beforeAll(async () => {
    server = await startPostgres();
    const address = new URL(await server.createDatabase());
    address.password = canary('DATABASE_URL');
    // Bytes of base64, so that it can be what the setting asks for and be found again.
    imageKey = Buffer.from('canary-BEFORE_IMAGE_KEYS-4f1d9c.').toString('base64');
    steward = await StewardProcess.start({
      BEFORE_IMAGE_KEYS: imageKey,
      ...Object.fromEntries(settings.map((name) => [name, canary(name)])),
      DATABASE_URL: address.href,
      LOG_LEVEL: 'debug',
    });
    await steward.prepare();
  }, 180_000);
  afterAll(async () => {
    await steward.close();
    await server.stop();
  }, 60_000);

  it('stand in no log, no card, no audit record and no export, whatever went well or wrong', async () => {
    const { client } = steward;
    const [requester, auditor] = [steward.person('priya'), steward.person('noor')];
    const line = 'setup con>fab --users group:Pilot --type member --guard 10 --mail ops@contoso.com';
    const planId = await steward.submit(requester, await steward.plan(requester, line));
    await steward.approve(steward.person('mina'), planId);
    await steward.approve(steward.person('omar'), planId);
    await steward.ended(requester, planId, /\bDone\b/);
    await client.say(auditor, 'export audit');
    const offer = await client.waitFor(
      (posted) => posted.conversationId === conversationOf(auditor) && /--head/.test(cardText(posted.card)),
      'a link to the export',
      30_000,
    );
    const url = /http:[^"]+\/export\?key=[\w-]+/.exec(JSON.stringify(offer.card))?.[0] ?? '';
    expect((await fetch(url)).status).toBe(200);
    const file = await (await fetch(url, { method: 'POST' })).text();
    expect(file).toContain('"event":"approved"');
    await client.say(auditor, `audit ${planId}`);
    await server.stop(); // the connection string is at hand where an error is made
    await client.say(requester, 'status con>fab').catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    const seen = { log: steward.output(), cards: JSON.stringify(client.cards), file };
    expect(seen.log.length).toBeGreaterThan(200);
    for (const [place, text] of Object.entries(seen)) {
      expect([place, /canary-[A-Z_]+/.exec(text)?.[0] ?? 'nothing']).toEqual([place, 'nothing']);
      expect([place, text.includes(imageKey)]).toEqual([place, false]);
    }
  });
});
