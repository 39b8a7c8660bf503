import { decide } from '../approvals/decide';
import type { DecisionOutcome, DecisionRequest } from '../approvals/outcome';
import { normalPerson } from '../approvals/person';
import type { ApprovalPorts } from '../approvals/ports';
import { BotError } from '../errors';
import type { JsonValue } from '../plan/types';
import { bumpCardsOf } from '../store/outbox';
import {
  findPress,
  insertDecidedPress,
  insertPress,
  savePressOutcome,
  type NewPress,
  type PressRow,
} from '../store/presses';

/** What a press came to within 1.2 s, and later. */
export interface PressAnswer {
  /** `null` = still being decided: show "Checking your role…". */
  readonly outcome: DecisionOutcome | null;
  /** The outcome whenever it comes; rejects with `busy` after 60 s. */
  readonly later: Promise<DecisionOutcome>;
}

/** Teams waits about 5 s for an answer to a press; ours goes out well before (decisions, Press protocol). */
const answerMilliseconds = 1_200;
const mostMilliseconds = 60_000;
const lookAgainMilliseconds = 500;

/** Presses on their way: stored, decided by a job in this process or another, waited for here. */
export class Presses {
  private readonly waiting = new Map<string, Set<(outcome: DecisionOutcome) => void>>();

  constructor(private readonly ports: ApprovalPorts) {}

  /** Stores the press and its job in one transaction, so that nothing acknowledged is lost (I20, I21). */
  async press(activityId: string, asked: DecisionRequest): Promise<PressAnswer> {
    const { store, enqueue, tenants } = this.ports;
    const person = normalPerson(asked.person);
    if (!tenants.some((tenant) => tenant.tenantId === person.tenantId)) return answered({ type: 'gone' }); // I13: no row
    const { planId, revision, verb } = asked;
    const request = { ...asked, person } as unknown as JsonValue;
    const wish: NewPress = { activityId, person, planId, revision: revision ?? 0, verb, request };
    const press = await store.transaction(async (tx) => {
      const stored = await insertPress(tx, wish);
      if (stored.isNew) await enqueue(tx, { name: 'decide', pressId: stored.press.id });
      return stored.press;
    });
    const isOwn = press.activityId === activityId;
    if (isOwn && press.doneAt) return answered(outcomeOf(press));
    const decided = this.decided(press);
    const later = isOwn ? decided : decided.then((outcome) => this.keepOwn(wish, outcome));
    later.catch(() => undefined); // whoever needs it listens; nobody has to
    return { outcome: await Promise.race([later, pause(answerMilliseconds)]), later };
  }

  /** The job: decides once and keeps what came of it. A press that is done stays as it is. */
  async decide(pressId: string): Promise<void> {
    const { store, enqueue } = this.ports;
    const press = await findPress(store.db, pressId);
    if (!press || press.doneAt) return;
    const request = press.request as unknown as DecisionRequest;
    const decided = await decide(this.ports, request);
    const outcome = await store.transaction(async (tx) => {
      const kept = await savePressOutcome(tx, pressId, decided as unknown as JsonValue);
      // The pressed card may say "Checking your role…": it is put right whatever the outcome.
      await bumpCardsOf(tx, press.planId, request.person);
      await enqueue(tx, { name: 'deliver' });
      return kept as unknown as DecisionOutcome;
    });
    // What is told is what is kept: after a pause this may not be the only process that decided (I20).
    for (const tell of this.waiting.get(pressId) ?? []) tell(outcome);
  }

  /** What a press that joined another one is told: the first answer to its own activity (I20). */
  private async keepOwn(wish: NewPress, outcome: DecisionOutcome): Promise<DecisionOutcome> {
    const kept = outcome as unknown as JsonValue;
    const own = await this.ports.store.transaction((tx) => insertDecidedPress(tx, wish, kept));
    return this.decided(own);
  }

  private async decided(press: PressRow): Promise<DecisionOutcome> {
    return press.doneAt ? outcomeOf(press) : this.wait(press.id);
  }

  /** In this process at once; from another replica by looking. */
  private wait(pressId: string): Promise<DecisionOutcome> {
    return new Promise((resolve, reject) => {
      const end = Date.now() + mostMilliseconds;
      const listeners = this.waiting.get(pressId) ?? new Set();
      this.waiting.set(pressId, listeners);
      const finish = (outcome: DecisionOutcome | BotError) => {
        clearInterval(timer);
        listeners.delete(finish);
        if (listeners.size === 0) this.waiting.delete(pressId);
        if (outcome instanceof BotError) reject(outcome);
        else resolve(outcome);
      };
      listeners.add(finish);
      const look = async () => {
        const press = await findPress(this.ports.store.db, pressId).catch(() => undefined);
        if (press?.doneAt) finish(outcomeOf(press));
        else if (Date.now() > end) finish(tooSlow());
      };
      const timer = setInterval(() => void look(), lookAgainMilliseconds);
    });
  }
}

function outcomeOf({ outcome }: PressRow): DecisionOutcome {
  return outcome as unknown as DecisionOutcome;
}

function tooSlow(): BotError {
  return new BotError('busy', 'deciding on a press', 'Look at the plan with pending, then press again.');
}

function answered(outcome: DecisionOutcome): PressAnswer {
  return { outcome, later: Promise.resolve(outcome) };
}

function pause(milliseconds: number): Promise<null> {
  return new Promise((resolve) => setTimeout(() => resolve(null), milliseconds).unref());
}
