import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, PGlite, protocol, types } from '@electric-sql/pglite';
import { migrationsFolder } from '../../src/store/migrations';
import { Clock } from './clock';
import { watching } from './history';
import { meetings } from './people';

interface QueryOptions {
  readonly rowMode?: 'array' | 'object';
  readonly parsers?: Record<number, (value: string) => unknown>;
}

export interface Answer {
  readonly rows: unknown[];
}

/** What drizzle asks of a client. */
export interface Session {
  query(text: string, values?: readonly unknown[], options?: QueryOptions): Promise<Answer>;
}

const { serialize } = protocol;

/** Nothing has to survive the test: no log ahead of writing. */
const hasty = `do $$ declare one record; begin
    for one in select tablename from pg_tables where schemaname = 'public' loop
      execute format('alter table %I set unlogged', one.tablename);
    end loop;
  end $$;
  set synchronous_commit = off; set jit = off; set statement_timeout = 0;`;

/**
 * One real embedded database for all schedules, emptied between them. Each text is prepared once and carried out in one
 * message: four times as fast as PGlite's own `query`, which is what makes thousands of schedules possible.
 */
export class Database implements Session {
  private readonly prepared = new Map<string, string>();
  /** Bugs planted for the checker to find: statements as they arrive, and as they are carried out. */
  rewrite: (text: string) => string = (text) => text;

  private constructor(private readonly client: PGlite) {}

  /** Opened by a clock of its own too, so that it sets no alarm by the machine's. */
  static async open(): Promise<Database> {
    const putBack = new Clock().install();
    try {
      return await Database.create();
    } finally {
      putBack();
    }
  }

  private static async create(): Promise<Database> {
    const client = await PGlite.create('memory://');
    const folder = migrationsFolder();
    for (const file of readdirSync(folder)
      .filter((name) => name.endsWith('.sql'))
      .sort()) {
      await client.exec(readFileSync(join(folder, file), 'utf8'));
    }
    await client.exec(watching);
    await client.exec(hasty);
    await client.exec(meetings);
    return new Database(client);
  }

  async query(text: string, values: readonly unknown[] = [], options: QueryOptions = {}): Promise<Answer> {
    const statement = await this.prepare(this.rewrite(text));
    const { messages } = await this.client.execProtocol(
      Buffer.concat([
        serialize.bind({ statement, values: values.map(textOf) }),
        serialize.describe({ type: 'P' }),
        serialize.execute({}),
        serialize.sync(),
      ]),
    );
    const [result] = parse.parseResults(messages, types.parsers, options);
    return { rows: (result?.rows ?? []) as unknown[] };
  }

  /** Rolls back when `work` rejects. */
  async transaction<T>(work: (session: Session) => Promise<T>): Promise<T> {
    await this.client.execProtocol(serialize.query('begin'));
    try {
      const result = await work(this);
      await this.client.execProtocol(serialize.query('commit'));
      return result;
    } catch (error) {
      await this.client.execProtocol(serialize.query('rollback'));
      throw error;
    }
  }

  /** Several statements without values. */
  async run(text: string): Promise<void> {
    await this.client.exec(text);
  }

  close(): Promise<void> {
    return this.client.close();
  }

  private async prepare(text: string): Promise<string> {
    const known = this.prepared.get(text);
    if (known !== undefined) return known;
    const name = `s${this.prepared.size}`;
    await this.client.execProtocol(Buffer.concat([serialize.parse({ name, text }), serialize.sync()]));
    this.prepared.set(text, name);
    return name;
  }
}

/** Values as the wire takes them: drizzle has made texts of almost everything. */
function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return value instanceof Date ? value.toISOString() : String(value);
}
