import { copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { launchBrowser } from './browser';
import { freePort } from './free-ports';
import { startLocal, untilReady } from './processes';
import { readyDataFolder } from './ready-databases';
import { SimulatorControl } from './simulator-control';

/** Where tests put their pictures; nothing of it is kept. */
export const pictures = resolve(__dirname, '../output');

/** Local mode as people start it, and its chat in a real browser: keys and buttons only. */
export interface Story {
  readonly page: Page;
  readonly control: SimulatorControl;
  /** What the browser complained about. */
  readonly problems: readonly string[];
  /** The pane of a person, by the beginning of the name. */
  pane(name: string): Locator;
  log(name: string): Locator;
  /** The newest card in the open conversation of a pane that has this text. */
  lastCard(name: string, text: string | RegExp): Locator;
  /** Writes into the open conversation of a pane. */
  say(name: string, words: string): Promise<void>;
  /** Opens the tab of the tenant's channel, or of the chat with the bot. */
  open(name: string, tab: RegExp): Promise<void>;
  /** Follows the consent link of a pack on the person's card as an administrator would, until the card moves on. */
  consent(name: string, pack: string): Promise<void>;
  close(): Promise<void>;
}

/** Starts all parts on free ports with their own data, and opens the chat with these people: `con:priya,fab:mina`. */
export async function startStory(
  as: string,
  settings: Record<string, string> = {},
  size: { width?: number; height?: number } = {},
): Promise<Story> {
  mkdirSync(pictures, { recursive: true });
  const dataDir = readyDataFolder();
  const [bot, chat, simulator] = [await freePort(), await freePort(), await freePort()];
  const running = startLocal([], {
    PORT: String(bot),
    CHAT_PORT: String(chat),
    SIMULATOR_PORT: String(simulator),
    DATA_DIR: dataDir,
    ...settings,
  });
  await untilReady(`http://127.0.0.1:${bot}/readyz`, running);
  await untilReady(`http://127.0.0.1:${chat}`, running);
  const browser = await launchBrowser();
  const context = await browser.newContext({
    viewport: { width: 1500, height: 1000, ...size },
    colorScheme: 'light',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const problems: string[] = [];
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  page.on('pageerror', (error) => problems.push(String(error)));
  await page.goto(`http://127.0.0.1:${chat}/?as=${as}`);

  const pane = (name: string) => page.getByRole('region', { name: new RegExp(`^${name}`) });
  const log = (name: string) => pane(name).getByRole('log');
  const lastCard = (name: string, text: string | RegExp) =>
    log(name).locator('.ac-adaptiveCard', { hasText: text }).last();
  return {
    page,
    control: new SimulatorControl(`http://127.0.0.1:${simulator}`),
    problems,
    pane,
    log,
    lastCard,
    async say(name, words) {
      const box = pane(name).getByRole('textbox', { name: /Write as/ });
      await box.or(pane(name).getByRole('combobox', { name: /Write as/ })).fill(words);
      await page.keyboard.press('Enter');
    },
    open: (name, tab) => pane(name).getByRole('tab', { name: tab }).click(),
    async consent(name, pack) {
      const link = `Open consent for ${pack}`;
      const card = lastCard(name, link);
      const opener = card.getByRole('link', { name: link }).or(card.getByRole('button', { name: link }));
      const [popup] = await Promise.all([context.waitForEvent('page'), opener.first().click()]);
      const who = popup.getByRole('radio', { name: new RegExp(name) });
      await who
        .or(popup.getByLabel(new RegExp(name)))
        .first()
        .check();
      await popup.getByRole('button', { name: /Accept/ }).click();
      await popup.waitForURL(/\/consent\?/);
      await takePicture(popup, `story-consent-${name}-${pack}`);
      await popup.close();
      await card.waitFor({ state: 'detached' });
    },
    async close() {
      await browser.close();
      await running.stop('SIGTERM');
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/**
 * Saves a picture of the page, or of one thing on it, under this name in `test/output`. With `UPDATE_PICTURES=1` a picture
 * that stands in docs/images already is renewed there.
 */
export async function takePicture(of: Page | Locator, name: string): Promise<void> {
  const path = join(pictures, `${name}.png`);
  await of.screenshot({ path });
  const kept = resolve(__dirname, `../../docs/images/${name}.png`);
  if (process.env['UPDATE_PICTURES'] === '1' && existsSync(kept)) copyFileSync(path, kept);
}
