import type { Locator } from 'playwright-core';
import { describeInBrowser } from '../helpers/browser';
import { startStory, takePicture, type Story } from '../helpers/story';

/** The five steps of the guide by buttons in the page, then an incident in the channel. */
describeInBrowser('the guide, played in the chat', () => {
  let story: Story;

  beforeAll(async () => {
    story = await startStory('con:priya,fab:mina,con:omar', { WATCH_SECONDS: '1', REPLICATION_SECONDS: '1' });
    await story.control.sync({ replicationMs: 0, assignmentDelaySeconds: 0 });
  }, 120_000);

  afterEach(() => takePicture(story.page, `guide-last-${String(expect.getState().currentTestName?.length)}`));
  afterAll(async () => story?.close());

  const press = (card: Locator, title: string | RegExp) => card.getByRole('button', { name: title }).click();
  const effects = async () => (await story.control.writes()).filter(({ effect }) => effect);

  /** Submits the draft with this text, lets these people approve it, waits for its result. */
  async function carryOut(text: RegExp, approvers: Readonly<Record<string, string>>): Promise<Locator> {
    const draft = story.lastCard('Priya', text);
    await draft.getByRole('button', { name: 'Submit for approval' }).waitFor();
    const id = /PL-\d+/.exec(await draft.innerText())?.[0] ?? 'no plan';
    await draft.getByRole('textbox', { name: /reason|why/i }).fill('the guide');
    await press(draft, 'Submit for approval');
    for (const [name, tenant] of Object.entries(approvers)) {
      const asked = story.lastCard(name, id);
      await asked.getByRole('button', { name: `Approve for ${tenant}` }).waitFor();
      await takePicture(asked, `guide-approval-${id}-${name}`);
      await press(asked, `Approve for ${tenant}`);
    }
    const done = story.lastCard('Priya', new RegExp(`${id}[^]*\\bDone\\b`));
    await done.waitFor({ timeout: 60_000 });
    return done;
  }

  it('gives consent in both tenants, and for phones', async () => {
    for (const [name, tenant, packs] of [
      ['Priya', 'con', ['Read', 'Write', 'Phone fix']],
      ['Mina', 'fab', ['Read', 'Write']],
    ] as const) {
      await story.say(name, `connect ${tenant}`);
      for (const pack of packs) await story.consent(name, pack);
      await story.lastCard(name, /can work in/).waitFor();
    }
  }, 60_000);

  it('walks the five steps by buttons', async () => {
    await story.say('Priya', 'step1 con>fab');
    for (const number of [1, 2, 3, 4, 5]) {
      const card = story.lastCard('Priya', `Step ${number} of 5`);
      await card.waitFor();
      await takePicture(card, `guide-step${number}-before`);
      if (number < 5) await press(card, `Step ${number + 1}`);
    }
    expect(await effects()).toEqual([]);
    await press(story.lastCard('Priya', 'Step 5 of 5'), 'Step 4');
    await press(story.lastCard('Priya', 'Step 4 of 5'), 'Plan setup');
    await takePicture(story.page, 'guide-form');
  }, 60_000);
});
