import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { freePort } from './free-ports';

export interface TestPostgres {
  /** Of the maintenance database; `createDatabase` gives one of its own. */
  createDatabase(): Promise<string>;
  /** The server goes away, as in a restart of its machine; `resume` brings it back on the same port and data. */
  halt(): Promise<void>;
  resume(): Promise<void>;
  stop(): Promise<void>;
}

const root = '/usr/lib/postgresql';

/** Debian's server programs, newest version; undefined when they are not installed. */
export function postgresPrograms(): string | undefined {
  if (!existsSync(root)) return undefined;
  const versions = readdirSync(root).sort((a, b) => Number(b) - Number(a));
  return versions
    .map((version) => join(root, version, 'bin'))
    .find((path) => existsSync(join(path, 'initdb')));
}

/** Whether tests on PostgreSQL can run here; says why not, once. With REQUIRE_POSTGRES=1 they must. */
export function hasPostgres(): boolean {
  if (postgresPrograms()) return true;
  if (process.env['REQUIRE_POSTGRES'] === '1')
    throw new Error('REQUIRE_POSTGRES=1, but there is no PostgreSQL');
  process.stdout.write('skipped: tests on PostgreSQL, because it is not installed here\n');
  return false;
}

/** A throw-away server on a free port of loopback, run by a user that is not root. */
export async function startPostgres(): Promise<TestPostgres> {
  const programs = postgresPrograms();
  if (!programs) throw new Error('PostgreSQL is not installed');
  const folder = mkdtempSync(join(tmpdir(), 'steward-postgres-'));
  const owner = ownerOf(folder);
  const cluster = join(folder, 'cluster');
  const quiet = { stdio: 'ignore', cwd: folder, ...owner } as const;
  execFileSync(join(programs, 'initdb'), ['-D', cluster, '-A', 'trust', '-U', 'steward', '-N'], quiet);
  const port = await freePort();
  const settings = [
    'fsync=off',
    'synchronous_commit=off',
    'listen_addresses=127.0.0.1',
    'max_connections=200',
  ];
  const start = () =>
    spawn(
      join(programs, 'postgres'),
      ['-D', cluster, '-k', folder, '-p', String(port), ...settings.flatMap((one) => ['-c', one])],
      quiet,
    );
  let server = start();
  const halt = async () => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGINT');
    await ended;
  };
  const url = (database: string) => `postgres://steward@127.0.0.1:${port}/${database}`;
  await waitFor(url('postgres'));
  let count = 0;
  return {
    async createDatabase() {
      count += 1;
      const client = new Client({ connectionString: url('postgres') });
      await client.connect();
      await client.query(`create database steward_${count}`);
      await client.end();
      return url(`steward_${count}`);
    },
    halt,
    async resume() {
      server = start();
      await waitFor(url('postgres'));
    },
    async stop() {
      await halt();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** PostgreSQL refuses to run as root. */
function ownerOf(folder: string): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const [uid, gid] = ['-u', '-g'].map((flag) => Number(execFileSync('id', [flag, 'postgres']).toString()));
  execFileSync('chown', [`${uid}:${gid}`, folder]);
  chmodSync(folder, 0o700);
  return { uid, gid };
}

async function waitFor(connectionString: string): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const client = new Client({ connectionString });
    try {
      await client.connect();
      return await client.end();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  throw new Error('PostgreSQL did not start within 10 s');
}
