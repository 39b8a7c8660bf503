/// <reference lib="dom" />
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CardFactory, MessageFactory, TurnContext, type ConversationReference } from 'botbuilder';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { createChat, type Chat } from '../../src/local/chat';
import { describeInBrowser, launchBrowser } from '../helpers/browser';
import { startFakeBot, type FakeBot } from '../helpers/fake-bot';
import { startWorldServer, type WorldServer } from '../helpers/world-fixture';
import { approverCard, baseCard, doneCard, planCard, waitingCard } from './cards-to-play';

const root = resolve(__dirname, '../..');
const pageDir = join(root, 'lib/local/page');

const pictures = join(root, 'test/output');

/** A reader who has scrolled to the top, and whose page has noticed it: cards drawn late may push it once more. */
async function scrolledUp(log: Locator): Promise<void> {
  await log.evaluate(async (element) => {
    const drawn = () => new Promise((resolve) => requestAnimationFrame(resolve));
    do {
      element.scrollTo({ top: 0 });
      for (let frame = 0; frame < 3; frame += 1) await drawn();
    } while (element.scrollTop !== 0);
  });
}

describeInBrowser('the page', () => {
  let world: WorldServer;
  let bot: FakeBot;
  let chat: Chat;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  const problems: string[] = [];
  const references = new Map<string, ConversationReference>();
  let asked: { reference: ConversationReference; id: string } | null = null;
  let approval: { reference: ConversationReference; id: string; mri: string } | null = null;

  const attach = (card: object) => MessageFactory.attachment(CardFactory.adaptiveCard(card));
  const answer = (turn: TurnContext, card: object) =>
    turn.sendActivity({
      type: 'invokeResponse',
      value: {
        status: 200,
        body: { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: card },
      },
    });

  async function replace(at: { reference: ConversationReference; id: string }, card: object): Promise<void> {
    await bot.adapter.continueConversationAsync('', at.reference, async (turn) => {
      await turn.updateActivity({ ...attach(card), id: at.id });
    });
  }

  async function askMina(): Promise<void> {
    const reference = [...references.values()].find(({ user }) => user?.name === 'Mina Park')!;
    const mri = reference.user!.id;
    await bot.adapter.continueConversationAsync('', reference, async (turn) => {
      const sent = await turn.sendActivity(attach(baseCard([mri])));
      approval = { reference, id: sent!.id, mri };
    });
  }

  async function decide(turn: TurnContext): Promise<void> {
    const { trigger, action } = turn.activity.value as {
      trigger: string;
      action: { data: Record<string, string> };
    };
    const reference = TurnContext.getConversationReference(turn.activity) as ConversationReference;
    if (trigger === 'automatic') return void (await answer(turn, approverCard([approval!.mri])));
    await new Promise((resolve) => setTimeout(resolve, 150));
    if (action.data.decision === 'submit') {
      asked = { reference, id: turn.activity.replyToId! };
      await answer(turn, waitingCard(action.data.reason ?? ''));
      await askMina();
    } else if (action.data.decision === 'approve') {
      await answer(turn, doneCard);
      await replace(approval!, doneCard);
      await replace(asked!, doneCard);
    } else {
      const body = {
        statusCode: 200,
        type: 'application/vnd.microsoft.activity.message',
        value: 'Discarding needs a reason.',
      };
      await turn.sendActivity({ type: 'invokeResponse', value: { status: 200, body } });
    }
  }

  beforeAll(async () => {
    if (!existsSync(join(pageDir, 'main.js'))) throw new Error('The page is not built: run npm run build.');
    mkdirSync(pictures, { recursive: true });
    world = await startWorldServer();
    bot = await startFakeBot(async (turn) => {
      const { type, text, value, conversation } = turn.activity;
      references.set(
        conversation.id,
        TurnContext.getConversationReference(turn.activity) as ConversationReference,
      );
      if (type === 'invoke') return decide(turn);
      if (type !== 'message') return;
      if (value) await turn.sendActivity(`You chose ${JSON.stringify(value)}.`);
      else if (text.includes('setup')) {
        await turn.sendActivity({ type: 'typing' });
        await turn.sendActivity(attach(planCard));
      } else if (text.includes('many')) {
        for (let line = 1; line <= 30; line += 1) await turn.sendActivity(`line ${line}`);
      } else
        await turn.sendActivity(
          `You said **${text.replace(/<at>.*?<\/at>/g, '').trim()}**. <script>alert(1)</script> [no](javascript:alert(1))`,
        );
    });
    chat = await createChat({ port: 0, botUrl: bot.url, simulatorUrl: world.url, pageDir });
    browser = await launchBrowser();
  }, 60_000);

  beforeEach(async () => {
    context = await browser.newContext({ viewport: { width: 1360, height: 900 }, colorScheme: 'light' });
    page = await context.newPage();
    page.setDefaultTimeout(30_000);
    problems.length = 0;
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text());
    });
    page.on('pageerror', (error) => problems.push(String(error)));
    page.on('request', (request) => {
      if (!request.url().startsWith(chat.url)) problems.push(`asked for ${request.url()}`);
    });
  });

  afterEach(async () => {
    await context.close();
    expect(problems).toEqual([]);
  });

  afterAll(async () => {
    await browser?.close();
    await Promise.all([chat?.close(), bot?.close(), world?.close()]);
  });

  const picture = (name: string) => page.screenshot({ path: join(pictures, `chat-${name}.png`) });
  const pane = (name: string) => page.getByRole('region', { name: new RegExp(`^${name}`) });
  const write = async (who: string, words: string) => {
    await pane(who)
      .getByRole('textbox', { name: /Write as/ })
      .fill(words);
    await page.keyboard.press('Enter');
  };

  it('greets with everybody, and opens who is picked', async () => {
    await page.goto(chat.url);
    await page.getByRole('heading', { name: 'Pick who you are' }).waitFor();
    await picture('welcome');
    await page.getByRole('button', { name: /Gil Romero.*Guest/ }).waitFor();
    await page.getByRole('button', { name: /Ivy Novak.*Eligible: Security Admin/ }).waitFor();
    await page.getByRole('button', { name: /Priya Raman/ }).click();
    await pane('Priya Raman').getByRole('button', { name: 'Send “help”' }).waitFor();
    expect(new URL(page.url()).search).toBe('?as=con:priya');
  });

  it('plays asking and approving side by side', async () => {
    await page.goto(`${chat.url}/?as=con:priya,fab:mina`);
    await write('Priya', 'setup con>fab');
    const priya = pane('Priya Raman');
    const mina = pane('Mina Park');
    await priya.getByRole('button', { name: 'Submit for approval' }).click();
    await priya.getByText('Say why, in a few words.').waitFor();
    await picture('validation');
    expect(bot.activities.some(({ type }) => type === 'invoke')).toBe(false);

    await priya.getByRole('button', { name: 'Discard' }).waitFor();
    await priya.getByLabel('Why is this needed?').fill('pilot of the merger');
    await picture('plan');
    await priya.getByRole('button', { name: 'Submit for approval' }).click();
    await priya.getByText('Waiting for Fabrikam (Mina Park). Reason: “pilot of the merger”.').waitFor();

    await mina.getByRole('button', { name: 'Approve for Fabrikam' }).waitFor();
    await picture('approval');
    await page.emulateMedia({ colorScheme: 'dark' });
    await picture('approval-dark');
    await mina.getByRole('button', { name: 'Approve for Fabrikam' }).click();
    await priya.getByText('9 of 9 changes are in place').waitFor();
    await mina.getByText('9 of 9 changes are in place').waitFor();
    await picture('done-dark');
    expect(await priya.locator('.updated').count()).toBe(1);
  });

  it('sends inputs of a card within a card, and shows what the bot says to a press', async () => {
    await page.goto(`${chat.url}/?as=con:omar`);
    await write('Omar', 'setup con>fab');
    const omar = pane('Omar Haddad');
    await omar.getByRole('button', { name: 'More' }).click();
    await omar.getByLabel('Users become').selectOption('guest');
    await picture('more');
    await omar.getByLabel('Why is this needed?').fill('because');
    await omar.getByRole('button', { name: 'Save the options' }).click();
    await omar.getByText('"userType":"guest"').waitFor();
    await omar.getByText('"guard":"10"').waitFor();
    await omar.getByRole('button', { name: 'Discard' }).click();
    await omar.getByText('Discarding needs a reason.').waitFor();
  });

  it('keeps what is being typed into a card when the card is updated', async () => {
    await page.goto(`${chat.url}/?as=con:zoe`);
    await write('Zoe', 'setup con>fab');
    const zoe = pane('Zoe Papadaki');
    await zoe.getByLabel('Why is this needed?').fill('half a sent');
    const messageId = await zoe.locator('article.has-card').last().getAttribute('data-message');
    const reference = [...references.values()].find(({ user }) => user?.name === 'Zoe Papadaki')!;
    const next = JSON.parse(JSON.stringify(planCard).replace('9 changes', '10 changes')) as object;
    await replace({ reference, id: messageId! }, next);
    await zoe.getByText('10 changes in two tenants').waitFor();
    expect(await zoe.getByLabel('Why is this needed?').inputValue()).toBe('half a sent');
    await page.keyboard.type('ence');
    expect(await zoe.getByLabel('Why is this needed?').inputValue()).toBe('half a sentence');
  });

  it('draws text as text, and opens links apart', async () => {
    await page.goto(`${chat.url}/?as=con:noor`);
    await write('Noor', '<b>hi</b>');
    const said = pane('Noor Aziz').locator('.text').last();
    await said.getByText('alert(1)').first().waitFor();
    expect(await said.locator('script, b').count()).toBe(0);
    expect(await said.locator('a').count()).toBe(0);
    await write('Noor', 'setup');
    const link = pane('Noor Aziz').getByRole('link', { name: 'Read more' });
    expect(await link.getAttribute('target')).toBe('_blank');
    expect(await link.getAttribute('rel')).toContain('noopener');
  });

  it('mentions in a channel, answers in the thread, and marks what is unread', async () => {
    await page.goto(`${chat.url}/?as=con:priya,con:zoe`);
    const priya = pane('Priya Raman');
    const zoe = pane('Zoe Papadaki');
    await priya.getByRole('tab', { name: /Cross-tenant sync/ }).click();
    const field = priya.getByRole('textbox', { name: /Write as Priya/ });
    await field.pressSequentially('@sy');
    await priya.getByRole('option', { name: 'Sync Steward' }).waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.type('status');
    await picture('mention');
    await page.keyboard.press('Enter');
    await priya.getByText('You said status.').waitFor();
    await zoe.getByRole('tab', { name: /Cross-tenant sync 2 unread/ }).click();
    await zoe.getByRole('button', { name: 'Reply' }).click();
    await page.keyboard.type('thanks');
    await page.keyboard.press('Enter');
    await priya.locator('.replies').getByText('thanks').waitFor();
    await picture('channel');
    expect(await zoe.locator('.tabs .badge').count()).toBe(0);
  });

  it('stays where the reader is, brings back what was written, and works at 320 px', async () => {
    await page.goto(`${chat.url}/?as=con:ivy,fab:tom`);
    await write('Ivy', 'many');
    const ivy = pane('Ivy Novak');
    await ivy.getByText('line 30').waitFor();
    await ivy.getByRole('log').evaluate((log) => log.scrollTo({ top: 0 }));
    await page.waitForTimeout(100);
    await write('Ivy', 'hello');
    await ivy.getByRole('log').evaluate((log) => log.scrollTo({ top: 0 }));
    await write('Ivy', 'hello again');
    await ivy.getByText('hello again').last().waitFor();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    expect(await ivy.getByRole('textbox', { name: /Write as/ }).inputValue()).toBe('hello');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');

    await page.setViewportSize({ width: 320, height: 640 });
    await write('Ivy', 'setup');
    await ivy.getByRole('button', { name: 'Submit for approval' }).waitFor();
    await picture('320');
    expect(await page.locator('html').evaluate((html) => html.scrollWidth)).toBeLessThanOrEqual(320);
    await page.getByRole('navigation', { name: 'Open panes' }).getByRole('button', { name: /Tom/ }).click();
    await pane('Tom Okafor').waitFor();
    await page.getByRole('button', { name: 'People' }).click();
    await picture('320-people');
    await page.getByRole('button', { name: /Noor Aziz/ }).click();
    await page.emulateMedia({ colorScheme: 'dark' });
    await picture('320-dark');
  });

  it('says what came while the reader was elsewhere', async () => {
    await page.goto(`${chat.url}/?as=con:ivy`);
    const ivy = pane('Ivy Novak');
    const log = ivy.getByRole('log');
    await ivy.getByText('line 30').waitFor();
    await scrolledUp(log);
    const reference = [...references.values()].find(({ user }) => user?.name === 'Ivy Novak')!;
    await bot.adapter.continueConversationAsync('', reference, async (turn) => {
      await turn.sendActivity('the newest');
    });
    const pill = ivy.getByRole('button', { name: 'New messages' });
    await pill.waitFor();
    await picture('pill');
    expect(await log.evaluate((element) => element.scrollTop)).toBe(0);
    await pill.click();
    await pill.waitFor({ state: 'detached' });
    expect(await log.evaluate((e) => e.scrollHeight - e.scrollTop - e.clientHeight)).toBeLessThan(60);
  });

  it('comes back by itself when the chat was away', async () => {
    const settings = { botUrl: bot.url, simulatorUrl: world.url, pageDir };
    const stateFile = join(pictures, `away-${process.pid}.json`);
    const first = await createChat({ ...settings, port: 0, stateFile });
    await page.goto(`${first.url}/?as=con:omar`);
    await write('Omar', 'before');
    await pane('Omar Haddad').getByText('You said before.').waitFor();
    await first.close();
    await page.getByText('Connection lost, trying again…').waitFor();
    const second = await createChat({ ...settings, port: Number(new URL(first.url).port), stateFile });
    await page.locator('.connection.is-live').waitFor();
    await write('Omar', 'after');
    await pane('Omar Haddad').getByText('You said after.').waitFor();
    expect(await pane('Omar Haddad').getByText('You said before.').count()).toBe(1);
    await page.goto('about:blank');
    await second.close();
    rmSync(stateFile);
    // What the browser itself says about the lost connection, and requests to this second chat.
    const isExpected =
      /ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET|asked for http:\/\/127/;
    problems.splice(0, problems.length, ...problems.filter((problem) => !isExpected.test(problem)));
  });

  it('moves the simulated clock', async () => {
    await page.goto(chat.url);
    await page.getByRole('button', { name: 'Advance 40 minutes' }).click();
    await page.getByText('The simulated clock moved 40 minutes on.').waitFor();
    expect(world.advances).toContain('PT40M');
  });
});
