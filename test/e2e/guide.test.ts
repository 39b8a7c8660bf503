import type { Locator } from 'playwright-core';
import { describeInBrowser } from '../helpers/browser';
import { startStory, takePicture, type Story } from '../helpers/story';

/**
 * The five steps of the guide in the page, then an incident in the channel: only keys and buttons, and after each change
 * what the simulator says of its tenants. `UPDATE_PICTURES=1` renews the pictures of docs/guide.md.
 */
describeInBrowser('the guide, played in the chat', () => {
  let story: Story;

  beforeAll(async () => {
    const settings = { WATCH_SECONDS: '1', REPLICATION_SECONDS: '1' };
    story = await startStory('con:priya,fab:mina,con:omar', settings, { width: 1800, height: 1600 });
    await story.control.sync({ replicationMs: 0, assignmentDelaySeconds: 0 });
  }, 120_000);

  afterEach(() =>
    takePicture(
      story.page,
      `guide-end-${expect.getState().currentTestName?.slice(32, 60).replace(/\W+/g, '-')}`,
    ),
  );
  afterAll(async () => story?.close());

  const press = (card: Locator, title: string | RegExp) => card.getByRole('button', { name: title }).click();
  const effects = async () => (await story.control.writes()).filter(({ effect }) => effect);
  const effectsSince = async (count: number) =>
    (await effects()).slice(count).map(({ tenant, operation }) => `${tenant} ${operation}`);

  /** The draft with this text, and its number. */
  async function drafted(text: RegExp): Promise<{ readonly draft: Locator; readonly id: string }> {
    const draft = story.lastCard('Priya', new RegExp(`PL-\\d+\\s*Draft[^]*(${text.source})`));
    await draft.getByRole('button').first().waitFor();
    const id = /PL-\d+/.exec(await draft.innerText())?.[0] ?? '';
    expect(id).not.toBe('');
    return { draft: story.lastCard('Priya', id), id };
  }

  async function doneOf(id: string): Promise<Locator> {
    const done = story.lastCard('Priya', new RegExp(`${id}\\s*Done`));
    await done.waitFor({ timeout: 60_000 });
    return done;
  }

  /** Submits the draft with this text; each named person approves for their tenant; waits for the result. */
  async function carryOut(
    text: RegExp,
    approvers: Readonly<Record<string, string>>,
    picture?: string,
  ): Promise<Locator> {
    const { draft, id } = await drafted(text);
    const before = (await effects()).length;
    await draft.getByRole('textbox', { name: /reason|why/i }).fill('pilot of the two companies');
    await press(draft, 'Submit for approval');
    for (const [name, tenant] of Object.entries(approvers)) {
      const asked = story.lastCard(name, id);
      await asked.getByRole('button', { name: `Approve for ${tenant}` }).waitFor();
      expect(
        await story
          .lastCard('Priya', id)
          .getByRole('button', { name: /^Approve/ })
          .count(),
      ).toBe(0);
      expect(await effectsSince(before)).toEqual([]);
      if (picture) await takePicture(asked, picture);
      await press(asked, `Approve for ${tenant}`);
    }
    return doneOf(id);
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

  it('walks the five steps by buttons, down to the form of the set-up', async () => {
    await story.say('Priya', 'step1 con>fab');
    for (const number of [1, 2, 3, 4, 5]) {
      const card = story.lastCard('Priya', `Step ${number} of 5`);
      await card.waitFor();
      await takePicture(card, `guide-step${number}`);
      if (number < 5) await press(card, `Step ${number + 1}`);
    }
    await press(story.lastCard('Priya', 'Step 5 of 5'), 'Open step 4');
    await story.log('Priya').getByText('Step 4 of 5').nth(1).waitFor();
    await press(story.lastCard('Priya', 'Step 4 of 5'), 'Plan setup');
    const form = story.lastCard('Priya', /Set up\s*Form/);
    await form.getByRole('textbox', { name: /Users and groups/ }).fill('group:Pilot');
    await form
      .getByRole('textbox', { name: /Stop when|number of users/ })
      .or(form.getByRole('spinbutton'))
      .first()
      .fill('3');
    await takePicture(form, 'guide-form');
    await press(form, 'Show the plan');
    await drafted(/Set up synchronization|Pilot/);
    expect(await effects()).toEqual([]);
  }, 60_000);

  it('sets the link up with the people of both tenants, and starts it', async () => {
    await carryOut(/Set up synchronization|Pilot/, { Mina: 'Fabrikam', Omar: 'Contoso' });
    const tenants = (await effects()).map(({ tenant }) => tenant);
    expect(tenants.slice(0, 4)).toEqual(['fab', 'fab', 'fab', 'con']);
    const before = (await story.control.users('fab', '#EXT#')).length;
    await story.say('Priya', 'step5');
    await press(story.lastCard('Priya', /Step 5 of 5[^]*never started/), 'Start sync');
    const { draft, id } = await drafted(/Start synchronization/);
    await press(draft, 'Confirm and run');
    await doneOf(id);
    // Past the second cycle too: it must not run between a plan and its approval.
    await story.control.advance('PT50M');
    expect((await story.control.users('fab', '#EXT#')).length - before).toBe(11);
  }, 90_000);

  it('finds who signs in by SMS, and fixes it with approval', async () => {
    const phoneOfEve = async () => (await story.control.users('con', 'eve@'))[0]?.authentication.phones[0];
    const number = (await phoneOfEve())?.phoneNumber;
    expect(await phoneOfEve()).toMatchObject({ smsSignInState: 'ready' });
    await story.say('Priya', 'scan sms con>fab');
    const scan = story.lastCard('Priya', /Scan for SMS sign-in\s*1 found/);
    await scan.waitFor({ timeout: 60_000 });
    await takePicture(scan, 'guide-scan');
    expect(await scan.innerText()).not.toContain(number);

    const before = (await effects()).length;
    await story.say('Priya', 'fix sms eve@contoso.com con>fab');
    await carryOut(/Eve/, { Omar: 'Contoso' }, 'guide-approval');
    expect(await effectsSince(before)).toEqual([
      'con phoneMethods.disableSmsSignIn',
      'con jobs.provisionOnDemand',
    ]);
    expect(await phoneOfEve()).toMatchObject({ smsSignInState: 'notEnabled', phoneNumber: number });
    expect(await story.control.users('fab', 'eve_contoso')).toHaveLength(1);
  }, 120_000);

  it('verifies the user, reads the log, explains a code', async () => {
    const before = (await story.control.writes()).length;
    await story.say('Priya', 'verify eve@contoso.com con>fab');
    const verified = story.lastCard('Priya', /only mapped attributes are compared/);
    await verified.waitFor();
    await takePicture(verified, 'guide-verify');
    expect(await verified.innerText()).toMatch(/ready → notEnabled/);
    await story.say('Priya', 'logs con>fab');
    const logs = story.lastCard('Priya', /Provisioning log\s*\d+ cause/);
    await logs.waitFor();
    await takePicture(logs, 'guide-logs');
    expect(await logs.innerText()).toMatch(/SMS sign-in is on[^]*Eve Laurent/);
    await story.say('Priya', 'explain NotEffectivelyEntitled');
    await story.lastCard('Priya', /Explain\s*Known/).waitFor();
    expect((await story.control.writes()).length).toBe(before);
  }, 60_000);

  it('tells the channel of a quarantine, and in the same message that it is over', async () => {
    await story.open('Priya', /Cross-tenant sync/);
    await story.say('Priya', '@Sync Steward subscribe con>fab');
    await story.lastCard('Priya', /News of con>fab will come here/).waitFor();
    await story.control.quarantine('con', 'IngestionInterrupted');
    const alert = story.lastCard('Priya', /Alert\s*Quarantined/);
    await alert.waitFor({ timeout: 30_000 });
    await takePicture(alert, 'guide-notice');
    const incident = /IN-\d+/.exec(await alert.innerText())?.[0] ?? 'no incident';
    const posts = await story.log('Priya').locator('.post').count();

    await story.open('Priya', /Sync Steward/);
    await story.say('Priya', 'restart con>fab --light');
    await carryOut(/Restart/, { Omar: 'Contoso' });
    const restart = (await effects()).at(-1);
    expect(restart).toMatchObject({ operation: 'jobs.restart', tenant: 'con', status: 204 });
    await story.open('Priya', /Cross-tenant sync/);
    await story.lastCard('Priya', new RegExp(`Healthy again[^]*${incident}`)).waitFor({ timeout: 30_000 });
    expect(await story.log('Priya').locator('.post').count()).toBe(posts);
    expect(await story.log('Priya').getByText('Quarantined').count()).toBe(0);
    expect(story.problems).toEqual([]);
  }, 120_000);
});
