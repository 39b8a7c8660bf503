import { roleTemplates } from '../../src/graph/role-templates';
import type { DecisionOutcome, DecisionRequest } from '../../src/approvals/outcome';
import type { Person } from '../../src/plan/types';
import { FakeDirectory } from '../helpers/fake-directory';
import { Clock } from './clock';
import type { Database } from './database';
import { playEvent } from './events';
import type { Plant } from './plants';
import { GraphModel } from './graph-model';
import { people } from './people';
import { emptying } from './history';
import { QueueModel } from './queue-model';
import { Random } from './random';
import { startReplica, type Replica } from './replica';
import type { Schedule, WorldEvent } from './schedule';
import { Scheduler, type Choice, type Process } from './scheduler';
import { TeamsModel } from './teams-model';

/** What somebody was told when they pressed. */
export interface Answered {
  readonly activityId: string;
  readonly request: DecisionRequest;
  readonly isTampered: boolean;
  readonly at: number;
  outcome: DecisionOutcome | null;
}

const mostSteps = 12_000;
const minute = 60_000;

/** One schedule: replicas of the engine, what they reach, and what happens to them. */
export class World {
  readonly clock = new Clock();
  readonly random: Random;
  readonly graph: GraphModel;
  readonly teams = new TeamsModel();
  readonly directory = new FakeDirectory();
  readonly scheduler: Scheduler;
  readonly queue: QueueModel;
  readonly replicas: Replica[] = [];
  readonly answers: Answered[] = [];
  /** Who was asked about, by which process: what authority is read from. */
  readonly roleLooks: { readonly at: number; readonly replica: string; readonly person: string }[] = [];
  /** Who lost authority, and when. */
  readonly demoted: { readonly at: number; readonly person: string }[] = [];
  readonly tries = new Map<WorldEvent, number>();
  private later: { readonly at: number; readonly run: () => void }[] = [];
  private generation = 0;
  private activities = 0;
  private nextTick = 0;
  private calmAt = 0;

  constructor(
    readonly schedule: Schedule,
    readonly database: Database,
    readonly plant: Plant | null = null,
  ) {
    this.random = new Random(schedule.seed + 1_000_003);
    this.graph = new GraphModel(this.clock, this.random, schedule.lagSeconds);
    this.scheduler = new Scheduler(this.clock, this.random, schedule.faults, {
      die: (process, seconds) => this.die(process as Replica, seconds),
      stop: (process, seconds) => this.stop(process as Replica, seconds),
    });
    this.queue = new QueueModel(this.clock, this.random, (process, wait) =>
      this.scheduler.sleep(process, wait),
    );
    for (const name of people) {
      const [tenantId = '', who = ''] = name.split('/');
      this.directory.add(tenantId, who, { roles: [roleTemplates.securityAdministrator] });
    }
  }

  person(who: string): Person {
    const [tenantId = '', name = ''] = (people.find((one) => one.endsWith(`/${who}`)) ?? 'zz/zed').split('/');
    return { tenantId, objectId: `${name}-id`, displayName: name };
  }

  /** Runs to the end: all events, then calm until nothing is left to do, then a day later. */
  async run(): Promise<void> {
    await this.database.run(emptying);
    for (let slot = 0; slot < this.schedule.replicas; slot += 1) this.start(slot);
    const begin = this.clock.now;
    this.nextTick = begin + minute;
    for (const event of this.schedule.events) this.at(begin + event.at, () => playEvent(this, event));
    await this.until(() => this.later.length === 0 && this.clock.now > begin + 2 * minute);
    this.calm();
    await this.until(() => this.isIdle && this.clock.now > this.calmAt + minute);
    // What the dead took with them is given out again; a day later whatever nobody decided on has expired.
    for (const minutes of [70, 25 * 60]) {
      this.clock.now += minutes * minute;
      this.calmAt = this.clock.now;
      await this.until(() => this.isIdle && this.clock.now > this.calmAt + minute);
    }
  }

  /** Tries later what could not happen yet. */
  retry(event: WorldEvent, wait: number): void {
    this.at(this.clock.now + wait, () => playEvent(this, event));
  }

  nextActivity(): string {
    this.activities += 1;
    return `activity-${this.activities}`;
  }

  at(moment: number, run: () => void): void {
    this.later.push({ at: moment, run });
  }

  /** A replica that takes activities. */
  someReplica(): Replica | undefined {
    const open = this.replicas.filter((one) => one.isAlive && one.steering && !one.isStopping);
    const free = open.filter((one) => one.pausedUntil <= this.clock.now);
    return free.length === 0 ? undefined : this.random.pick(free);
  }

  /** Code of a replica, begun from outside; what it throws is told to nobody. */
  begin(replica: Replica, work: () => Promise<unknown>): void {
    this.scheduler.enter(replica);
    work().catch((error: unknown) => this.scheduler.note(replica, `threw ${codeOf(error)}`));
  }

  private start(slot: number): void {
    this.generation += 1;
    const replica: Replica = {
      name: `r${slot}.${this.generation}`,
      slot,
      skew: Math.round((this.random.next() * 2 - 1) * this.schedule.skewSeconds * 1_000),
      isAlive: true,
      isStopping: false,
      pausedUntil: 0,
      steering: null,
    };
    this.replicas.push(replica);
    this.scheduler.enter(replica);
    startReplica(this, replica, this.queue.of(replica)).catch(() => {
      if (replica.isAlive) this.die(replica, 5); // a supervisor starts it again
    });
  }

  private die(replica: Replica, seconds: number): void {
    if (!replica.isAlive) return;
    this.scheduler.bury(replica);
    this.at(this.clock.now + seconds * 1_000, () => this.start(replica.slot));
  }

  private stop(replica: Replica, seconds: number): void {
    if (replica.isStopping || !replica.steering) return;
    replica.isStopping = true;
    const { steering } = replica;
    const drainMs = this.random.whole(0, 10_000); // turns under way come to their end
    void steering
      .settle()
      .then(async () => this.scheduler.sleep(replica, drainMs))
      .then(async () => steering.stop())
      .then(() => this.die(replica, seconds));
  }

  /** No more faults; whoever was stopped goes on. */
  private calm(): void {
    this.scheduler.isCalm = true;
    this.calmAt = this.clock.now;
  }

  private get isIdle(): boolean {
    const isAlive = (name: string) => this.processOf(name) !== undefined;
    return !this.scheduler.isBusy(isAlive) && this.queue.isEmpty(isAlive) && this.later.length === 0;
  }

  private async until(isOver: () => boolean): Promise<void> {
    for (let step = 0; !isOver(); step += 1) {
      if (step > mostSteps) throw new Error('the schedule does not come to an end');
      await this.step();
    }
  }

  private async step(): Promise<void> {
    const { clock } = this;
    this.tick();
    for (const one of this.later.filter(({ at }) => at <= clock.now)) {
      this.later.splice(this.later.indexOf(one), 1);
      one.run();
    }
    const choices = this.choices();
    if (choices.length > 0) {
      this.random.pick(choices).run();
      await this.scheduler.rest();
      clock.now += 1; // no two effects at the same moment
      return;
    }
    await this.scheduler.rest();
    const next = Math.min(
      this.scheduler.nextAt((name) => this.processOf(name)),
      this.queue.nextAt(),
      this.nextTick,
      ...this.later.map(({ at }) => at),
    );
    clock.now = Math.max(clock.now + 1, next);
  }

  private choices(): Choice[] {
    const choices = this.scheduler.choices((name) => this.processOf(name));
    for (const { process, name, run } of this.queue.takers()) {
      choices.push({
        name,
        run: () => {
          this.scheduler.note(process, `takes ${name}`);
          this.begin(process as Replica, run);
        },
      });
    }
    return choices;
  }

  private tick(): void {
    if (this.clock.now < this.nextTick) return;
    this.nextTick = this.clock.now + minute;
    this.queue.tick();
  }

  private processOf(name: string): Process | undefined {
    return this.replicas.find((one) => one.name === name && one.isAlive);
  }
}

function codeOf(error: unknown): string {
  const { code, message } = error as { readonly code?: unknown; readonly message?: string };
  return String(code ?? message);
}
