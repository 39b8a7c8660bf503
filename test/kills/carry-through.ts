import type { PlanRecord } from '../../src/plan/types';
import {
  cardButtons,
  cardInputs,
  cardText,
  conversationOf,
  type PostedCard,
  type WorldPerson,
} from '../helpers/teams-client';
import type { BotProcess } from './bot-process';
import type { Stage } from './stage';

export interface CarriedPlan {
  readonly record: PlanRecord;
  /** How often the process died on the way. */
  readonly deaths: number;
  /** People whose press was answered, but whose voice is not in the record: none, or a decision was lost (I21). */
  readonly lostVoices: readonly string[];
}

export interface CarryOptions {
  readonly stage: Stage;
  /** The living process; a new one is started when it dies. */
  readonly bot: BotProcess;
  readonly command: string;
  readonly requester: string;
  readonly approvers: readonly string[];
  /** After each restart: it may be armed again. */
  readonly onRestart?: (bot: BotProcess) => Promise<void>;
  /** The database goes away at times: a question that it cannot answer is asked again. */
  readonly isPatient?: boolean;
  readonly timeoutMs?: number;
}

const open: readonly PlanRecord['state'][] = ['draft', 'submitted', 'approved', 'applying'];

/**
 * People who want one thing, whatever happens to the process: they say it, submit it, approve it; what was not answered
 * they do again, what was answered they never repeat.
 */
export class Carrying {
  bot: BotProcess;
  private planId: string | null = null;
  private deaths = 0;
  private readonly answered = new Set<string>();
  private readonly acted = new Map<string, number>();
  private askedBefore: string | null = null;

  constructor(private readonly options: CarryOptions) {
    this.bot = options.bot;
  }

  /** Until the plan is in a state that ends or waits for a person. @throws when it takes longer than `timeoutMs` */
  async toTheEnd(): Promise<CarriedPlan> {
    const { approvers, timeoutMs = 120_000 } = this.options;
    const end = Date.now() + timeoutMs;
    this.askedBefore = await this.alive(() => this.bot.newestPlan());
    for (;;) {
      const record = await this.alive(() => this.look());
      if (record && !open.includes(record.state)) {
        const voices = new Set(record.decisions.map(({ person }) => person.objectId));
        const lostVoices = approvers.filter(
          (key) => this.answered.has(`approve ${key}`) && !voices.has(this.person(key).aadObjectId),
        );
        return { record, deaths: this.deaths, lostVoices };
      }
      if (Date.now() > end) throw new Error(this.stuck(record));
      await this.act(record).catch(() => undefined); // the process died under it: the loop starts it anew
      await new Promise((done) => setTimeout(done, 40));
    }
  }

  private async look(): Promise<PlanRecord | null> {
    if (this.planId === null) {
      const newest = await this.bot.newestPlan();
      if (newest !== this.askedBefore) this.planId = newest;
    }
    return this.planId === null ? null : this.bot.plan(this.planId);
  }

  private async act(record: PlanRecord | null): Promise<void> {
    const { command, requester, approvers } = this.options;
    const asker = this.person(requester);
    if (!record) return this.atMostEvery(6_000, 'say', () => this.say(asker, command));
    if (record.state === 'draft') return this.press(asker, 'submit', record, /^Submit/);
    if (record.state !== 'submitted') return;
    const voices = new Set(record.decisions.map(({ person }) => person.objectId));
    for (const key of approvers) {
      const person = this.person(key);
      if (!voices.has(person.aadObjectId)) await this.press(person, `approve ${key}`, record, /^Approve for/);
    }
  }

  /** Presses the button where it stands; a person to whom no card came asks for it. */
  private async press(person: WorldPerson, what: string, record: PlanRecord, title: RegExp): Promise<void> {
    if (this.answered.has(what) && !(await this.isAskedAgain(person, what, record))) return;
    const { client } = this.options.stage;
    const card = client.cards.findLast(
      (posted) =>
        posted.conversationId === conversationOf(person) &&
        cardText(posted.card).includes(record.id) &&
        cardButtons(posted.card).some((button) => title.test(button.title)),
    );
    if (!card) {
      if (!this.acted.has(`wait ${what}`)) this.acted.set(`wait ${what}`, Date.now());
      if (Date.now() - (this.acted.get(`wait ${what}`) ?? 0) < 2_500) return;
      return this.atMostEvery(4_000, `open ${what}`, () => this.say(person, `approve ${record.id}`));
    }
    const answer = await client.press(person, card, title, fill(card));
    if (answer.status === 200) this.answered.add(what);
  }

  /**
   * Nothing was decided, and the person was told so: nobody could look up what they hold, or the press could not be stored.
   * Whoever reads that presses again.
   */
  private async isAskedAgain(person: WorldPerson, what: string, record: PlanRecord): Promise<boolean> {
    const looked = this.acted.get(`look ${what}`) ?? 0;
    if (Date.now() - looked < 1_000) return false;
    this.acted.set(`look ${what}`, Date.now());
    const outcomes = await this.bot.outcomes(record.id);
    const last = outcomes.findLast((one) => one.personObjectId === person.aadObjectId);
    const isUnknown = last?.outcome?.type === 'not-allowed' && last.outcome.why === 'lookup-failed';
    if (!isUnknown && (last || !this.readsOfNoDatabase(person))) return false;
    this.answered.delete(what);
    return true;
  }

  private readsOfNoDatabase(person: WorldPerson): boolean {
    const { cards } = this.options.stage.client;
    const newest = cards.findLast(({ conversationId }) => conversationId === conversationOf(person));
    return newest !== undefined && cardText(newest.card).includes('code storage-unavailable');
  }

  private async say(person: WorldPerson, words: string): Promise<void> {
    await this.options.stage.client.say(person, words);
  }

  private async atMostEvery(milliseconds: number, what: string, act: () => Promise<void>): Promise<void> {
    const last = this.acted.get(what);
    if (last !== undefined && Date.now() - last < milliseconds) return;
    this.acted.set(what, Date.now());
    await act();
  }

  /** Asks the process; one that died is started anew, on the same state. */
  private async alive<T>(question: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        if (this.bot.isAlive) return await question();
      } catch (error) {
        if (this.bot.isAlive && !this.options.isPatient) throw error;
        if (this.bot.isAlive) await new Promise((done) => setTimeout(done, 200));
      }
      if (this.bot.isAlive) continue;
      await this.bot.ended;
      this.deaths += 1;
      this.acted.delete('say');
      this.bot = await this.options.stage.launch();
      await this.options.onRestart?.(this.bot);
    }
  }

  private person(key: string): WorldPerson {
    return this.options.stage.person(key);
  }

  private stuck(record: PlanRecord | null): string {
    const { cards } = this.options.stage.client;
    const shown = cards.slice(-3).map((posted) => `[${posted.conversationId}] ${cardText(posted.card)}`);
    return `"${this.options.command}" is stuck: ${JSON.stringify({
      state: record?.state ?? null,
      runs: record?.runs.map(({ state }) => state),
      answered: [...this.answered],
      deaths: this.deaths,
    })}\n${this.bot.output()}\n${shown.join('\n---\n')}`;
  }
}

function fill(posted: PostedCard): Record<string, string> {
  return Object.fromEntries(cardInputs(posted.card).map((id) => [id, 'for the pilot']));
}
