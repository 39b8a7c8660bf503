import { execFile } from 'node:child_process';
import fs, { rmSync } from 'node:fs';
import { join } from 'node:path';
import { BotError } from '../../src/errors';
import { setLogLevel } from '../../src/log';
import { findConversation } from '../../src/store/conversations';
import { openStore } from '../../src/store/open';
import { readyDataFolder } from '../helpers/ready-databases';

let dataDir: string;

beforeEach(() => {
  setLogLevel('silent');
  dataDir = readyDataFolder();
});
afterEach(() => {
  setLogLevel('info');
  jest.restoreAllMocks();
  rmSync(dataDir, { recursive: true, force: true });
});

function leave(megabytes: number): void {
  jest.spyOn(fs, 'statfsSync').mockReturnValue({ bavail: megabytes * 256, bsize: 4096 } as fs.StatsFs);
}

it('begins nothing with less than 64 MB, says why, and goes on when there is room again (I30)', async () => {
  const store = await openStore({ databaseUrl: null, dataDir });
  const work = jest.fn(async () => 'done');
  leave(63);
  await expect(store.isReady()).resolves.toBe(false);
  const refusal: unknown = await store.transaction(work).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(BotError);
  expect(refusal).toMatchObject({
    code: 'storage-unavailable',
    remedy: expect.stringContaining('free space'),
  });
  expect(work).not.toHaveBeenCalled();
  leave(64);
  await expect(store.isReady()).resolves.toBe(true);
  await expect(store.transaction(work)).resolves.toBe('done');
  await store.close();
});

it('does not open a database on a full disk, and leaves it free for the next', async () => {
  leave(10);
  await expect(openStore({ databaseUrl: null, dataDir })).rejects.toMatchObject({
    code: 'storage-unavailable',
  });
  jest.restoreAllMocks();
  const store = await openStore({ databaseUrl: null, dataDir });
  await store.close();
});

it('is not ready when its folder is gone', async () => {
  const store = await openStore({ databaseUrl: null, dataDir });
  jest.spyOn(fs, 'statfsSync').mockImplementation(() => {
    throw Object.assign(new Error('no such folder'), { code: 'ENOENT' });
  });
  await expect(store.isReady()).resolves.toBe(false);
  await store.close();
});

it('answers every question at once after its database broke down, ends with 1, and loses nothing', async () => {
  const { code, stdout, stderr } = await run(join(__dirname, 'break-down.mjs'), dataDir);
  const told = Object.fromEntries(
    stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as [string, string]),
  );
  const brokeDown = 'storage-unavailable: working with the embedded database, which broke down';
  expect(told).toEqual({ write: brokeDown, read: brokeDown, transaction: brokeDown, ready: 'false' });
  expect(code).toBe(1);
  expect(stderr).toContain('which broke down');
  const next = await openStore({ databaseUrl: null, dataDir });
  expect(await findConversation(next.db, 'kept')).toBeDefined();
  await next.close();
}, 60_000);

function run(...args: readonly string[]): Promise<{ code: unknown; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, args, { timeout: 30_000 }, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, stdout, stderr }),
    );
  });
}
