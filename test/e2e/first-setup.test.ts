import { mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { describeInBrowser, launchBrowser } from '../helpers/browser';
import { freePort } from '../helpers/free-ports';
import { startLocal, temporaryFolder, untilReady, type Running } from '../helpers/processes';
import { SimulatorControl } from '../helpers/simulator';

const pictures = resolve(__dirname, '../output');

/** Story 3.1 of the product, by hand in the page: nobody's code is called, only keys and buttons pressed. */
describeInBrowser('the first setup, played in the chat', () => {
  let running: Running;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let control: SimulatorControl;
  let chatUrl: string;
  const dataDir = temporaryFolder();
  const problems: string[] = [];

  const pane = (name: string) => page.getByRole('region', { name: new RegExp(`^${name}`) });
  const log = (name: string) => pane(name).getByRole('log');
  const lastCard = (name: string, text: string | RegExp): Locator =>
    log(name).locator('.ac-adaptiveCard', { hasText: text }).last();
  const picture = (name: string) => page.screenshot({ path: join(pictures, `story-${name}.png`) });

  async function say(name: string, words: string): Promise<void> {
    const box = pane(name).getByRole('textbox', { name: /Write as/ });
    await box.or(pane(name).getByRole('combobox', { name: /Write as/ })).fill(words);
    await page.keyboard.press('Enter');
  }

  /** Follows a card's consent link as an administrator would: chooses who signs in, accepts. */
  async function consent(name: string, card: Locator, link: string, administrator: RegExp): Promise<void> {
    const [popup] = await Promise.all([
      context.waitForEvent('page'),
      card
        .getByRole('link', { name: link })
        .or(card.getByRole('button', { name: link }))
        .first()
        .click(),
    ]);
    await popup
      .getByRole('radio', { name: administrator })
      .or(popup.getByLabel(administrator))
      .first()
      .check();
    await popup.getByRole('button', { name: /Accept/ }).click();
    await popup.waitForURL(/\/consent\?/);
    await popup.screenshot({ path: join(pictures, `story-consent-${name}.png`) });
    await popup.close();
  }

  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    const [bot, chat, simulator] = [await freePort(), await freePort(), await freePort()];
    chatUrl = `http://127.0.0.1:${chat}`;
    control = new SimulatorControl(`http://127.0.0.1:${simulator}`);
    running = startLocal([], {
      PORT: String(bot),
      CHAT_PORT: String(chat),
      SIMULATOR_PORT: String(simulator),
      DATA_DIR: dataDir,
    });
    await untilReady(`http://127.0.0.1:${bot}/readyz`, running);
    await untilReady(chatUrl, running);
    browser = await launchBrowser();
    context = await browser.newContext({ viewport: { width: 1500, height: 1000 }, colorScheme: 'light' });
    page = await context.newPage();
    page.setDefaultTimeout(20_000);
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
    page.on('pageerror', (error) => problems.push(String(error)));
    await page.goto(`${chatUrl}/?as=con:priya,fab:mina,con:omar`);
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await running?.stop('SIGTERM');
    rmSync(dataDir, { recursive: true, force: true });
  });

  afterEach(() => picture(`last-${expect.getState().currentTestName?.slice(-20).replace(/\W+/g, '-')}`));

  it('connects both tenants, each by its own people', async () => {
    await say('Priya', 'connect con');
    for (const pack of ['Read', 'Write']) {
      const label = `Open consent for ${pack}`;
      await consent(`con-${pack}`, lastCard('Priya', label), label, /Priya/);
      await lastCard('Priya', label).waitFor({ state: 'detached' });
    }
    await lastCard('Priya', /can work in/).waitFor();
    await picture('1-connected');

    await say('Priya', 'connect fab');
    const invitation = lastCard('Priya', /join/);
    await invitation.waitFor();
    const line = /join [A-Z0-9-]+/.exec(await invitation.innerText())?.[0] ?? '';
    await say('Mina', line);
    for (const pack of ['Read', 'Write']) {
      const label = `Open consent for ${pack}`;
      await consent(`fab-${pack}`, lastCard('Mina', label), label, /Mina/);
      await lastCard('Mina', label).waitFor({ state: 'detached' });
    }
    await lastCard('Mina', /can work in/).waitFor();
  }, 120_000);

  it('checks, plans, and asks the people of each tenant', async () => {
    await say('Priya', 'check con>fab');
    await lastCard('Priya', /checks? passed/).waitFor();
    await picture('2-check');
    await say(
      'Priya',
      'setup con>fab --users group:Pilot --type member --guard 10 --mail ops@contoso.example',
    );
    const plan = lastCard('Priya', /PL-\d+/);
    await plan.getByRole('button', { name: 'Submit for approval' }).waitFor();
    await picture('3-plan');
    await plan.getByRole('textbox', { name: /reason|why/i }).fill('pilot M&A');
    await plan.getByRole('button', { name: 'Submit for approval' }).click();
    await lastCard('Mina', /Approve/).waitFor();
    await lastCard('Omar', /Approve/).waitFor();
    await picture('4-waiting');
    expect((await control.writes()).length).toBe(0);
    expect(
      await lastCard('Priya', /PL-\d+/)
        .getByRole('button', { name: /^Approve/ })
        .count(),
    ).toBe(0);
  }, 90_000);

  it('runs when both have approved, and the tenants are as planned', async () => {
    await lastCard('Mina', /Approve/)
      .getByRole('button', { name: /^Approve for/ })
      .click();
    await lastCard('Omar', /Mina/).waitFor();
    await lastCard('Omar', /Approve/)
      .getByRole('button', { name: /^Approve for/ })
      .click();
    await lastCard('Priya', /\bDone\b/).waitFor({ timeout: 60_000 });
    await picture('5-done');
    const writes = (await control.writes()).filter(({ effect }) => effect);
    expect(writes.map(({ tenant }) => tenant)).toEqual(['fab', 'fab', 'fab', ...Array(6).fill('con')]);
  }, 120_000);

  it('tries one user, starts, and the first cycle fills the target', async () => {
    const before = await control.users('fab', '#EXT#');
    await control.advance('PT5M');
    await say('Priya', 'try bob@contoso.com con>fab');
    await lastCard('Priya', /Bob/)
      .getByRole('button', { name: /^Confirm/ })
      .click();
    await log('Priya')
      .getByText(/Show target user/)
      .last()
      .waitFor({ timeout: 60_000 });
    await picture('6-try');
    expect((await control.users('fab', 'bob')).length).toBe(1);

    await say('Priya', 'start con>fab');
    await lastCard('Priya', /[Ss]tart/)
      .getByRole('button', { name: /^Confirm/ })
      .click();
    await lastCard('Priya', /PL-0003.*Done/s).waitFor();
    await page.getByRole('button', { name: /Advance 40/ }).click();
    await page.getByText('moved 40 minutes on').waitFor();
    const after = await control.users('fab', '#EXT#');
    expect(after.length - before.length).toBe(11);
    await say('Priya', 'status con>fab');
    await lastCard('Priya', /last cycle/i).waitFor();
    await picture('7-status');
    await say('Priya', 'verify bob@contoso.com con>fab');
    await lastCard('Priya', /only mapped attributes are compared/).waitFor();
    await picture('7-verify');
    await say('Priya', 'policy con>fab');
    await lastCard('Priya', /Policy/).waitFor();
    await picture('7-policy');
  }, 180_000);

  it('has nothing left to do, and says so', async () => {
    const before = (await control.writes()).length;
    await say('Priya', 'setup con>fab');
    await lastCard('Priya', /[Nn]othing to (do|change)|up to date|already/).waitFor();
    expect((await control.writes()).length).toBe(before);
    await picture('8-nothing-to-do');
    expect(problems).toEqual([]);
  }, 60_000);
});
