import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from '../helpers/free-ports';
import { build, isAlive, runLocal, type LocalRun } from '../helpers/local-mode';

const patience = 120_000;
let ports: { readonly PORT: string; readonly SIMULATOR_PORT: string; readonly CHAT_PORT: string };
let started: LocalRun | null = null;

beforeAll(() => build(), patience);
beforeEach(async () => {
  const [bot, simulator, chat] = (await freePorts(3)).map(String) as [string, string, string];
  ports = { PORT: bot, SIMULATOR_PORT: simulator, CHAT_PORT: chat };
});
afterEach(() => {
  started?.process.kill('SIGKILL');
});

function run(dataDir: string, args: readonly string[] = []): LocalRun {
  started = runLocal({ ...ports, DATA_DIR: dataDir, SIMULATOR_USERS: '20' }, args);
  return started;
}

function newFolder(): string {
  return join(mkdtempSync(join(tmpdir(), 'local-')), 'state');
}

test(
  'starts three parts, says where the chat is, and ends without orphans',
  async () => {
    const local = run(newFolder());
    await local.says(`open http://127.0.0.1:${ports.CHAT_PORT} `);
    const parts = local.parts();
    expect(parts).toHaveLength(3);
    expect((await fetch(`http://127.0.0.1:${ports.PORT}/readyz`)).status).toBe(200);
    expect((await fetch(`http://127.0.0.1:${ports.CHAT_PORT}/`)).status).toBe(200);
    local.process.kill('SIGTERM');
    await expect(local.end()).resolves.toBe(0);
    expect(parts.filter(isAlive)).toEqual([]);
  },
  patience,
);

test(
  'one part that dies takes all down',
  async () => {
    const local = run(newFolder());
    await local.says('is ready');
    const [first, ...others] = local.parts();
    process.kill(first ?? 0, 'SIGKILL');
    await expect(local.end()).resolves.not.toBe(0);
    expect(others.filter(isAlive)).toEqual([]);
  },
  patience,
);

test(
  'names a taken port and the setting for it before it starts anything',
  async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(Number(ports.CHAT_PORT), '127.0.0.1', resolve));
    const folder = newFolder();
    const local = run(folder);
    await expect(local.end()).resolves.toBe(78);
    expect(local.output()).toContain(`Port ${ports.CHAT_PORT} is taken`);
    expect(local.output()).toContain('CHAT_PORT');
    expect(existsSync(folder)).toBe(false);
    await new Promise((resolve) => taken.close(resolve));
  },
  patience,
);

test(
  'never empties a folder that it did not make',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'precious-'));
    writeFileSync(join(folder, 'thesis.txt'), 'years of work');
    const local = run(folder, ['--reset']);
    await expect(local.end()).resolves.toBe(78);
    expect(local.output()).toContain('DATA_DIR');
    expect(existsSync(join(folder, 'thesis.txt'))).toBe(true);
  },
  patience,
);

test.each([[['--only', 'moon']], [['--bogus']], [['--reset', '--only', 'bot']]])(
  'refuses %j and says how it is used',
  async (args) => {
    const local = run(newFolder(), args);
    await expect(local.end()).resolves.toBe(78);
    expect(local.output()).toContain('--only simulator|bot|chat');
  },
  patience,
);
