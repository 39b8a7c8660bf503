import { join } from 'node:path';
import { rmSync } from 'node:fs';
import { freePort } from './free-ports';
import { startLocal, untilReady, type Running } from './processes';
import { readyDataFolder } from './ready-databases';
import { startTestSimulator, type TestSimulator } from './simulator';
import {
  cardButtons,
  cardInputs,
  cardText,
  conversationOf,
  TeamsClient,
  type PostedCard,
  type WorldPerson,
} from './teams-client';

/**
 * The real bot process against a simulator of this test, played by a Teams client of this test:
 * what the fault tests kill, starve and lie to.
 */
export class StewardProcess {
  private running!: Running;
  people: Record<string, WorldPerson> = {};

  private constructor(
    readonly simulator: TestSimulator,
    readonly client: TeamsClient,
    readonly dataDir: string,
    private readonly port: number,
    private readonly env: Record<string, string>,
  ) {}

  static async start(env: Record<string, string> = {}): Promise<StewardProcess> {
    const simulator = await startTestSimulator();
    const port = await freePort();
    const client = await new TeamsClient(`http://127.0.0.1:${port}`).listen();
    const steward = new StewardProcess(simulator, client, readyDataFolder(), port, env);
    const world = await simulator.control.world();
    steward.people = Object.fromEntries(world.people.map((person) => [person.key, person]));
    await steward.launch();
    return steward;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get pid(): number {
    return this.running.child.pid ?? 0;
  }

  output(): string {
    return this.running.output();
  }

  /** A new process on the same state; everybody's chat stays as it was. */
  async launch(): Promise<void> {
    this.running = startLocal(['--only', 'bot'], {
      PORT: String(this.port),
      GRAPH_BASE_URL: this.simulator.url,
      DATA_DIR: this.dataDir,
      REPLICATION_SECONDS: '4',
      ...this.env,
    });
    await untilReady(`${this.url}/readyz`, this.running);
  }

  kill(): Promise<number | null> {
    return this.running.stop('SIGKILL');
  }

  /** Ends the process in peace; `launch` starts it again on the same state. */
  stop(): Promise<number | null> {
    return this.running.stop('SIGTERM');
  }

  async close(): Promise<void> {
    await this.running.stop('SIGTERM');
    await this.client.close();
    rmSync(this.dataDir, { recursive: true, force: true });
    await this.simulator.close();
  }

  person(key: string): WorldPerson {
    const person = this.people[key];
    if (!person) throw new Error(`nobody is called ${key}`);
    return person;
  }

  /** Everybody has the bot installed and both tenants have consented to everything. */
  async prepare(): Promise<void> {
    // Consent first: a token from before it holds no permissions, and is kept until the bot itself asks for consent.
    await this.simulator.control.consent('con');
    await this.simulator.control.consent('fab');
    for (const person of Object.values(this.people)) await this.client.install(person);
  }

  /** Types a command and gives the draft that follows in the requester's chat. */
  async plan(requester: WorldPerson, command: string): Promise<PostedCard> {
    const before = this.client.cards.length;
    await this.client.say(requester, command);
    return this.client.waitFor(
      (posted) =>
        posted.conversationId === conversationOf(requester) &&
        this.client.cards.indexOf(posted) >= before &&
        cardButtons(posted.card).some(({ title }) => title === 'Submit for approval'),
      `a plan for "${command}"`,
      60_000,
    );
  }

  /** Submits a drafted plan with a reason; gives the plan's id. */
  async submit(requester: WorldPerson, draft: PostedCard): Promise<string> {
    const planId = /PL-\d+/.exec(cardText(draft.card))?.[0];
    if (!planId) throw new Error(`no plan on:\n${cardText(draft.card)}`);
    await this.client.press(requester, draft, 'Submit for approval', fill(draft, 'pilot'));
    return planId;
  }

  /** Presses Approve on the card that this person was sent. */
  async approve(person: WorldPerson, planId: string): Promise<{ status: number; body: unknown }> {
    const card = await this.client.waitFor(
      (posted) =>
        posted.conversationId.endsWith(`-${person.key}`) &&
        cardText(posted.card).includes(planId) &&
        /Approve for/.test(cardText(posted.card)),
      `an approval card of ${planId} for ${person.key}`,
    );
    return this.client.press(person, card, /^Approve for/, fill(card, 'fine'));
  }

  /** Waits until the requester's card of the plan says how it ended. */
  ended(requester: WorldPerson, planId: string, word: RegExp, timeoutMs = 90_000): Promise<PostedCard> {
    return this.client.waitFor(
      (posted) =>
        posted.conversationId.endsWith(`-${requester.key}`) &&
        cardText(posted.card).includes(planId) &&
        word.test(cardText(posted.card)),
      `${planId} with ${word}`,
      timeoutMs,
    );
  }

  logFile(): string {
    return join(this.dataDir, 'bot.log');
  }
}

function fill(posted: PostedCard, text: string): Record<string, string> {
  return Object.fromEntries(cardInputs(posted.card).map((id) => [id, text]));
}
