import { rmSync } from 'node:fs';
import type { Store } from '../../src/store/db';
import { openStore } from '../../src/store/open';
import type { WriteEntry } from '../../src/simulator/world';
import { startPostgres, type TestPostgres } from '../helpers/postgres';
import { freePort } from '../helpers/free-ports';
import { readyDataFolder } from '../helpers/ready-databases';
import { startTestSimulator, type TestSimulator } from '../helpers/simulator';
import { TeamsClient, type WorldPerson } from '../helpers/teams-client';
import { BotProcess } from './bot-process';
import { LocalReplica, type Replica } from './replica';

export interface StageOptions {
  readonly dialect: Store['dialect'];
  readonly leaseSeconds: number;
  /** Graph has taken a write whose answer is not sent yet. */
  readonly onWrite?: (number: number) => void;
  /** The way to the database server, for proofs that cut it. */
  readonly through?: (databaseUrl: string) => Promise<string>;
}

/** Two tenants that know each other, their people, and processes of the bot on one database: where proofs are played. */
export class Stage {
  private readonly started: Replica[] = [];
  private reading: Store | undefined;
  /** Writes that Graph has taken since `forgetWrites`. */
  private writesBefore = 0;
  private written = 0;

  private constructor(
    readonly simulator: TestSimulator,
    readonly client: TeamsClient,
    private readonly people: Readonly<Record<string, WorldPerson>>,
    private readonly options: StageOptions,
    readonly dataDir: string,
    readonly databaseUrl: string | undefined,
    readonly postgres: TestPostgres | undefined,
    private readonly port: number,
  ) {}

  static async set(options: StageOptions): Promise<Stage> {
    let stage: Stage | undefined;
    const simulator = await startTestSimulator({
      users: 20,
      onExchange: (request) => {
        if (request.method !== 'GET' && !request.path.endsWith('$batch')) stage?.tellWrite();
      },
    });
    const { people } = await simulator.control.world();
    const known = Object.fromEntries(people.map((person) => [person.key, person]));
    const postgres = options.dialect === 'postgres' ? await startPostgres() : undefined;
    const straight = await postgres?.createDatabase();
    const databaseUrl = straight && options.through ? await options.through(straight) : straight;
    const client = await new TeamsClient('').listen();
    const port = await freePort();
    stage = new Stage(simulator, client, known, options, readyDataFolder(), databaseUrl, postgres, port);
    return stage;
  }

  /** A process of the bot; on the same port each time, unless it is one of several. Of this version, or of what is given. */
  async launch(isReplica = false, migrationsFolder?: string): Promise<BotProcess> {
    const { simulator, dataDir, databaseUrl } = this;
    const bot = await BotProcess.start({
      simulatorUrl: simulator.url,
      dataDir,
      ...(databaseUrl === undefined ? {} : { databaseUrl }),
      leaseSeconds: this.options.leaseSeconds,
      ...(isReplica ? {} : { port: this.port }),
      ...(migrationsFolder === undefined ? {} : { migrationsFolder }),
    });
    return this.entered(bot);
  }

  /** A replica as people start it, on the PostgreSQL of this stage. */
  async launchAsPeopleDo(): Promise<Replica> {
    const { simulator, dataDir, databaseUrl } = this;
    if (databaseUrl === undefined) throw new Error('replicas share a PostgreSQL');
    this.reading ??= await openStore({ databaseUrl, dataDir });
    return this.entered(await LocalReplica.start(simulator.url, databaseUrl, this.reading));
  }

  person(key: string): WorldPerson {
    const person = this.people[key];
    if (!person) throw new Error(`nobody is called ${key}`);
    return person;
  }

  /** Everybody who plays a part has the bot installed. */
  async install(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.client.install(this.person(key));
  }

  async forgetWrites(): Promise<void> {
    this.writesBefore = (await this.simulator.control.writes()).length;
    this.written = 0;
  }

  /** What Graph really did since `forgetWrites`, by its own log. */
  async effects(): Promise<readonly WriteEntry[]> {
    const writes = await this.simulator.control.writes();
    return writes.slice(this.writesBefore).filter(({ effect }) => effect);
  }

  async close(): Promise<void> {
    await Promise.all(this.started.map((one) => one.stop()));
    await this.reading?.close();
    await this.client.close();
    await this.postgres?.stop();
    rmSync(this.dataDir, { recursive: true, force: true });
    await this.simulator.close();
  }

  private async entered<T extends Replica>(replica: T): Promise<T> {
    this.client.botUrl = replica.url;
    if (this.started.push(replica) === 1) await this.introduceTenants();
    return replica;
  }

  private tellWrite(): void {
    this.written += 1;
    this.options.onWrite?.(this.written);
  }

  /** Consent to the applications that the bot has registered, and a partner entry for each other: what a switch needs. */
  private async introduceTenants(): Promise<void> {
    const { control } = this.simulator;
    await control.consent('con');
    await control.consent('fab');
    const path = '/v1.0/policies/crossTenantAccessPolicy/partners';
    await control.outside('con', 'dana', 'POST', path, { tenantId: this.simulator.tenantId('fab') });
    await control.outside('fab', 'mina', 'POST', path, { tenantId: this.simulator.tenantId('con') });
  }
}
