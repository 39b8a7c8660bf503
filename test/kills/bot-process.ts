import { fork, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { PlanRecord } from '../../src/plan/types';
import { freePort } from '../helpers/free-ports';
import type { AuditFacts, Replica } from './replica';

export interface BotProcessSettings {
  readonly simulatorUrl: string;
  readonly dataDir: string;
  /** PostgreSQL when set. */
  readonly databaseUrl?: string;
  readonly leaseSeconds: number;
  readonly port?: number;
  /** What it knows of the schema, when it plays another version than this one. */
  readonly migrationsFolder?: string;
}

export interface PressOutcome {
  readonly personObjectId: string;
  readonly outcome: { readonly type: string; readonly why?: string } | null;
}

interface Answer {
  readonly id?: number;
  readonly answer?: unknown;
  readonly point?: string;
  readonly ready?: true;
}

/** Questions wait for an answer no longer than this. */
const patienceMs = 30_000;

/** A real process of the bot (`bot.mjs`), which can be struck at named points and asked what its database holds. */
export class BotProcess implements Replica {
  /** Points passed since the start; only while `trace` is on. */
  readonly passed: string[] = [];
  readonly ended: Promise<void>;
  private readonly waiting = new Map<number, (answer: unknown) => void>();
  private questions = 0;
  private text = '';

  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {
    this.ended = new Promise((done) => child.once('exit', () => done()));
    child.stderr?.on('data', (chunk: Buffer) => (this.text = (this.text + chunk.toString()).slice(-10_000)));
    child.stdout?.on('data', (chunk: Buffer) => (this.text = (this.text + chunk.toString()).slice(-10_000)));
    child.on('message', (message: Answer) => {
      if (message.point !== undefined) this.passed.push(message.point);
      if (message.id !== undefined) this.waiting.get(message.id)?.(message.answer);
    });
  }

  /** Starts the process and waits until it listens. @throws with what it printed when it ends before */
  static async start(settings: BotProcessSettings): Promise<BotProcess> {
    const { simulatorUrl, dataDir, databaseUrl, leaseSeconds, migrationsFolder } = settings;
    const port = settings.port ?? (await freePort());
    const child = fork(join(__dirname, 'bot.mjs'), [], {
      cwd: resolve(__dirname, '../..'),
      execArgv: ['--liftoff-only', '--max-semi-space-size=16'],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: {
        PATH: process.env['PATH'] ?? '',
        HOME: process.env['HOME'] ?? '',
        PORT: String(port),
        GRAPH_BASE_URL: simulatorUrl,
        DATA_DIR: dataDir,
        ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
        ...(migrationsFolder === undefined ? {} : { PROOF_MIGRATIONS: migrationsFolder }),
        LOG_LEVEL: process.env['PROOF_LOG_LEVEL'] ?? 'silent',
        REPLICATION_SECONDS: '4',
        COMMANDS_PER_MINUTE_PERSON: '100000',
        COMMANDS_PER_MINUTE_TENANT: '100000',
        PROOF_LEASE_SECONDS: String(leaseSeconds),
      },
    });
    const bot = new BotProcess(child, `http://127.0.0.1:${port}`);
    const ready = new Promise<boolean>((done) =>
      child.on('message', (message: Answer) => message.ready && done(true)),
    );
    if (!(await Promise.race([ready, bot.ended.then(() => false)])))
      throw new Error(`it did not start:\n${bot.text}`);
    return bot;
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  get isAlive(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Whether the kernel holds the process stopped. */
  get isStopped(): boolean {
    const stat = readFileSync(`/proc/${this.pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).startsWith('T');
  }

  output(): string {
    return this.text;
  }

  /** Strikes the process with the signal when it passes the point next; its Graph writes are counted from now. */
  async arm(point: string, signal: 'SIGKILL' | 'SIGSTOP' = 'SIGKILL'): Promise<void> {
    await this.ask('arm', { point, signal });
  }

  async trace(isOn: boolean): Promise<void> {
    await this.ask('trace', { isOn });
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Of a process that has ended by itself; null while it lives, or when it was struck down. */
  get exitCode(): number | null {
    return this.child.exitCode;
  }

  /** What the system says of the disk from now on. */
  async disk(isFull: boolean): Promise<void> {
    await this.ask('disk', { isFull });
  }

  /** A fault in the process that no code of ours catches. */
  async fault(kind: 'throw' | 'reject'): Promise<void> {
    await this.ask(kind, {});
  }

  async kill(): Promise<void> {
    this.signal('SIGKILL');
    await this.ended;
  }

  async stop(): Promise<void> {
    if (!this.isAlive) return;
    this.signal('SIGCONT');
    await this.ask('stop', {}).catch(() => undefined);
    await Promise.race([this.ended, new Promise((done) => setTimeout(done, 25_000).unref())]);
    if (this.isAlive) await this.kill();
  }

  plan(planId: string): Promise<PlanRecord | null> {
    return this.ask('plan', { planId }) as Promise<PlanRecord | null>;
  }

  /** What came of each press on a plan, in the order in which they came; null while it is not decided. */
  outcomes(planId: string): Promise<readonly PressOutcome[]> {
    return this.ask('outcomes', { planId }) as Promise<readonly PressOutcome[]>;
  }

  newestPlan(): Promise<string | null> {
    return this.ask('newest', {}) as Promise<string | null>;
  }

  /** The audit records of a plan, as they were hashed. */
  events(planId: string): Promise<readonly AuditFacts[]> {
    return this.ask('events', { planId }) as Promise<readonly AuditFacts[]>;
  }

  /** The sequence number of the first record that does not fit the hash chain, or null. */
  auditChain(): Promise<{ readonly broken: number | null; readonly records: number }> {
    return this.ask('broken', {}) as Promise<{ broken: number | null; records: number }>;
  }

  /** @throws when the process is gone or does not answer in 30 s */
  private async ask(question: string, details: Record<string, unknown>): Promise<unknown> {
    if (!this.isAlive) throw new Error('the process is gone');
    this.questions += 1;
    const id = this.questions;
    const gone = this.ended.then(() => {
      throw new Error('the process is gone');
    });
    let timer: NodeJS.Timeout | undefined;
    const slow = new Promise((_, refuse) => {
      timer = setTimeout(() => refuse(new Error(`no answer to ${question}:\n${this.text}`)), patienceMs);
    });
    const answer = new Promise((done) => this.waiting.set(id, done));
    try {
      this.child.send({ id, ask: question, ...details }, () => undefined);
      const given = await Promise.race([answer, gone, slow]);
      const fault = (given as { error?: string } | null)?.error;
      if (typeof fault === 'string') throw new Error(fault);
      return given;
    } finally {
      clearTimeout(timer);
      this.waiting.delete(id);
    }
  }
}
