import { keyOf, kinds, type JobHandlers, type JobName, type Queue } from '../../src/jobs/queue';
import type { Enqueue, Job } from '../../src/store/enqueue';
import type { Clock } from './clock';
import type { Random } from './random';
import type { Process } from './scheduler';

interface Row {
  readonly id: number;
  readonly name: JobName;
  readonly job: Job | null;
  readonly key: string | null;
  state: 'created' | 'active' | 'retry';
  startAfter: number;
  tries: number;
  holder: string | null;
}

interface Worker {
  readonly process: Process;
  readonly handlers: JobHandlers;
  /** The kinds of jobs that it takes. */
  takes: Set<JobName>;
}

/**
 * What pg-boss promises, and no more: a job appears when its transaction commits; of a key one waits at a time; who
 * takes it may die, then it comes again when its time is over, though whoever took it may still be at work.
 */
export class QueueModel {
  private rows: Row[] = [];
  private pending: Row[] = [];
  private readonly workers: Worker[] = [];
  private nextId = 1;

  constructor(
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly rest: (process: Process, milliseconds: number) => Promise<void>,
  ) {}

  commit(): void {
    // A worker that is told of a job, or looks for one, comes a little later.
    for (const row of this.pending)
      this.add({ ...row, startAfter: row.startAfter + this.random.whole(0, 1_000) });
    this.pending = [];
  }

  rollBack(): void {
    this.pending = [];
  }

  /** The queue as one process sees it. */
  of(process: Process): Queue {
    const enqueue: Enqueue = async (_tx, job, options = {}) => {
      const wait = Math.ceil(options.afterSeconds ?? 0) * 1_000;
      this.pending.push(this.row(job.name, job, keyOf(job).singletonKey ?? null, this.clock.now + wait));
    };
    return {
      enqueue,
      schedule: async () => undefined,
      start: async (handlers) => {
        this.workers.push({ process, handlers, takes: new Set(Object.keys(kinds) as JobName[]) });
      },
      takeNoMore: async (names) => {
        for (const { takes } of this.workersOf(process)) for (const name of names) takes.delete(name);
      },
      stop: async () => {
        for (const { takes } of this.workersOf(process)) takes.clear();
        const end = this.clock.now + 20_000;
        while (this.rows.some((row) => row.holder === process.name) && this.clock.now < end) {
          await this.rest(process, 500);
        }
      },
    };
  }

  /** The minute's housekeeping. */
  tick(): void {
    this.add(this.row('expire', null, '', this.clock.now));
  }

  /** Who could take which job now; a taker's `run` is the job itself. */
  takers(): { readonly process: Process; readonly name: JobName; readonly run: () => Promise<void> }[] {
    this.expire();
    const { now } = this.clock;
    return this.rows
      .filter((row) => row.state !== 'active' && row.startAfter <= now)
      .flatMap((row) =>
        this.workers
          .filter(
            ({ process, takes }) => takes.has(row.name) && process.isAlive && process.pausedUntil <= now,
          )
          .filter(({ process }) => this.held(process, row.name) < kinds[row.name].limit)
          .map((worker) => ({ process: worker.process, name: row.name, run: () => this.take(row, worker) })),
      );
  }

  nextAt(): number {
    const waiting = this.rows.map((row) => row.startAfter);
    return Math.min(Infinity, ...waiting.filter((at) => at > this.clock.now));
  }

  /** Nothing waits but housekeeping, and what a dead process took with it. */
  isEmpty(isAlive: (name: string) => boolean): boolean {
    return this.rows.every((row) => row.name === 'expire' || (row.holder !== null && !isAlive(row.holder)));
  }

  toString(): string {
    return JSON.stringify(this.rows);
  }

  private async take(row: Row, { process, handlers }: Worker): Promise<void> {
    row.state = 'active';
    row.holder = process.name;
    row.tries += 1;
    const mine = row.tries;
    row.startAfter = this.clock.now + kinds[row.name].seconds * 1_000;
    if (row.name === 'deliver') this.joinDeliveries(row);
    const work = handlers[row.name] as (job: unknown) => Promise<void>;
    try {
      await work(row.job);
      if (row.tries === mine) this.remove(row);
    } catch {
      if (row.tries === mine) this.again(row, 5_000 * 2 ** (mine - 1));
    }
  }

  /** Up to a hundred deliveries are one call (queue, batch). */
  private joinDeliveries(taken: Row): void {
    const joined = (one: Row) => one !== taken && one.name === 'deliver' && one.state === 'created';
    this.rows = this.rows.filter((one) => !joined(one) || one.startAfter > this.clock.now);
  }

  private again(row: Row, wait: number): void {
    if (row.tries > kinds[row.name].retries) return this.remove(row);
    Object.assign(row, { state: 'retry', holder: null, startAfter: this.clock.now + wait });
  }

  /** Taken, but not done in time: given up for dead. */
  private expire(): void {
    for (const row of [...this.rows]) {
      if (row.state === 'active' && row.startAfter <= this.clock.now) this.again(row, 0);
    }
  }

  private workersOf(process: Process): Worker[] {
    return this.workers.filter((worker) => worker.process === process);
  }

  private held(process: Process, name: JobName): number {
    return this.rows.filter((row) => row.holder === process.name && row.name === name).length;
  }

  private row(name: JobName, job: Job | null, key: string | null, startAfter: number): Row {
    return { id: this.nextId++, name, job, key, startAfter, state: 'created', tries: 0, holder: null };
  }

  private add(row: Row): void {
    const isWaiting = (one: Row) => one.name === row.name && one.key === row.key && one.state === 'created';
    if (kinds[row.name].policy === 'short' && row.key !== null && this.rows.some(isWaiting)) return;
    this.rows.push(row);
  }

  private remove(row: Row): void {
    this.rows = this.rows.filter((one) => one !== row);
  }
}
