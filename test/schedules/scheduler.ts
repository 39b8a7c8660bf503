import { createHash } from 'node:crypto';
import type { Clock } from './clock';
import type { Random } from './random';
import type { Fault, Port, What } from './schedule';

const afterAll = setImmediate;

/** A process as the scheduler sees it: it may be stopped for a while, and once dead nothing of it goes on. */
export interface Process {
  readonly name: string;
  readonly skew: number;
  isAlive: boolean;
  pausedUntil: number;
}

interface Gate {
  readonly process: Process;
  readonly port: string;
  readonly readyAt: number;
  open(): void;
}

/** Something that could happen next. */
export interface Choice {
  readonly name: string;
  readonly run: () => void;
}

/** What a fault does beyond the call that it strikes. */
export interface Strikes {
  die(process: Process, seconds: number): void;
  stop(process: Process, seconds: number): void;
}

/**
 * Decides who goes on: every call of a port waits at a gate; one gate opens at a time, and the next only when all that
 * follows from it has come to rest. So one seed is one order of everything.
 */
export class Scheduler {
  readonly hash = createHash('sha256');
  /** The last calls, for whoever reads about a violation. */
  readonly trace: string[] = [];
  isCalm = false;
  private gates: Gate[] = [];
  private inFlight = 0;
  private isInTransaction = false;
  private calls = 0;
  private readonly callsOf = new Map<Port, number>();

  constructor(
    readonly clock: Clock,
    private readonly random: Random,
    private readonly faults: readonly Fault[],
    private readonly strikes: Strikes,
  ) {}

  /** One call of a port: before its gate opens, the effect has not come about; `broken` is how it fails. */
  async call<T>(
    process: Process,
    port: Port,
    effect: (what: What | null) => Promise<T>,
    broken: () => unknown,
  ): Promise<T> {
    if (this.isInTransaction) throw new Error(`a ${port} inside a transaction would stall the database`);
    const fault = this.faultAt(port);
    const what = fault?.what ?? null;
    if (fault) this.note(process, `${port} #${fault.nth} ${fault.what}`);
    if (what === 'crash-before') return this.die(process, fault?.seconds ?? 0);
    if (what === 'pause') process.pausedUntil = this.clock.now + (fault?.seconds ?? 0) * 1_000;
    if (what === 'stop') this.strikes.stop(process, fault?.seconds ?? 0);
    await this.gate(process, port, latencyOf(port, this.random));
    if (what === 'error-before' && port !== 'write') throw broken();
    const result = await this.carryOut(process, port, () => effect(what));
    if (what === 'crash-after') return this.die(process, fault?.seconds ?? 0);
    if (what === 'error-after' && port !== 'write') throw broken();
    return result;
  }

  /** Waits in virtual time. */
  sleep(process: Process, milliseconds: number): Promise<void> {
    return this.gate(process, 'sleep', milliseconds);
  }

  /** Until nothing more follows from what has just happened. */
  async rest(): Promise<void> {
    let quiet = 0;
    while (quiet < 2) {
      await new Promise<void>((resolve) => afterAll(resolve));
      quiet = this.inFlight === 0 ? quiet + 1 : 0;
    }
  }

  /** Gates and timers that could go on now. */
  choices(processOf: (name: string) => Process | undefined): Choice[] {
    const { now, timers } = this.clock;
    const isFree = (one: Process) => one.isAlive && one.pausedUntil <= now;
    const open = this.gates.filter((gate) => gate.readyAt <= now && isFree(gate.process));
    const choices = open.map((gate) => ({ name: gate.port, run: () => this.open(gate) }));
    for (const [id, timer] of timers) {
      const owner = processOf(timer.owner);
      if (timer.at > now || !owner || !isFree(owner)) continue;
      choices.push({ name: 'timer', run: () => (this.enter(owner), this.clock.fire(id)) });
    }
    return choices;
  }

  /** Whether anything goes on but what looks every now and then. */
  isBusy(isAlive: (name: string) => boolean): boolean {
    const isOnce = [...this.clock.timers.values()].some((one) => one.every === null && isAlive(one.owner));
    return isOnce || this.gates.length > 0;
  }

  /** When the next gate or timer can go on; Infinity when none waits. */
  nextAt(processOf: (name: string) => Process | undefined): number {
    const moments = this.gates.map((gate) => Math.max(gate.readyAt, gate.process.pausedUntil));
    for (const { at, owner } of this.clock.timers.values()) {
      const process = processOf(owner);
      if (process) moments.push(Math.max(at, process.pausedUntil));
    }
    return Math.min(Infinity, ...moments);
  }

  /** Code of this process runs from here on. */
  enter(process: Process): void {
    this.clock.owner = process.name;
    this.clock.skew = process.skew;
  }

  bury(process: Process): void {
    process.isAlive = false;
    this.gates = this.gates.filter((gate) => gate.process !== process);
    this.clock.drop(process.name);
  }

  note(process: Pick<Process, 'name'>, what: string): void {
    const line = `${this.clock.now} ${process.name} ${what}`;
    this.hash.update(`${line}\n`);
    this.trace.push(line);
  }

  private gate(process: Process, port: string, wait: number): Promise<void> {
    return new Promise((open) => {
      const readyAt = this.clock.now + wait;
      if (process.isAlive) this.gates.push({ process, port, readyAt, open });
    });
  }

  private open(gate: Gate): void {
    this.gates.splice(this.gates.indexOf(gate), 1);
    this.enter(gate.process);
    this.note(gate.process, gate.port);
    gate.open();
  }

  private async carryOut<T>(process: Process, port: Port, effect: () => Promise<T>): Promise<T> {
    this.inFlight += 1;
    this.isInTransaction = port === 'transaction';
    this.clock.owner = '';
    this.clock.skew = 0; // the database and Graph have their own clock
    try {
      return await effect();
    } finally {
      this.enter(process);
      this.isInTransaction = false;
      this.inFlight -= 1;
    }
  }

  private die(process: Process, seconds: number): Promise<never> {
    this.strikes.die(process, seconds);
    return new Promise(() => undefined);
  }

  private faultAt(port: Port): Fault | undefined {
    this.calls += 1;
    const count = (this.callsOf.get(port) ?? 0) + 1;
    this.callsOf.set(port, count);
    if (this.isCalm) return undefined;
    return this.faults.find(
      (fault) =>
        fault.nth === (fault.port === 'any' ? this.calls : count) &&
        (fault.port === 'any' || fault.port === port),
    );
  }
}

function latencyOf(port: Port, random: Random): number {
  return port === 'query' || port === 'transaction' ? 0 : random.whole(0, 400);
}
