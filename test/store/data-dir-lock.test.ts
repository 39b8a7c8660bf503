import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockDataDir } from '../../src/store/data-dir-lock';

describe('the lock of a data folder', () => {
  let dataDir: string;
  let holder: ChildProcess | undefined;
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'steward-lock-'));
  });
  afterEach(() => {
    holder?.kill('SIGKILL');
    rmSync(dataDir, { recursive: true, force: true });
  });

  /** A live process that holds the lock as ours would. */
  async function lockElsewhere(): Promise<ChildProcess> {
    const script = `
      const { readFileSync, writeFileSync } = require('node:fs');
      const stat = readFileSync('/proc/self/stat', 'utf8');
      const startTicks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
      const bootId = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
      writeFileSync(${JSON.stringify(join(dataDir, 'database.lock'))}, JSON.stringify({ pid: process.pid, bootId, startTicks }));
      console.log('held');
      setInterval(() => undefined, 1000);`;
    const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'ignore'] });
    await new Promise((resolve) => child.stdout?.once('data', resolve));
    return child;
  }

  it('is refused to a second holder, with the name of the first', async () => {
    holder = await lockElsewhere();
    expect(() => lockDataDir(dataDir)).toThrow(
      expect.objectContaining({
        code: 'storage-locked',
        remedy: expect.stringContaining(String(holder.pid)),
      }),
    );
  });

  it('is not stolen from a holder that is merely slow', async () => {
    holder = await lockElsewhere();
    holder.kill('SIGSTOP');
    expect(() => lockDataDir(dataDir)).toThrow(expect.objectContaining({ code: 'storage-locked' }));
  });

  it('is taken over from a dead process', async () => {
    const dead = await lockElsewhere();
    const ended = new Promise((resolve) => dead.once('exit', resolve));
    dead.kill('SIGKILL');
    await ended;
    lockDataDir(dataDir).release();
    expect(existsSync(join(dataDir, 'database.lock'))).toBe(false);
  });

  it('is taken over when the process with that number is another one', () => {
    const stale = { pid: process.ppid, bootId: 'another boot', startTicks: '1' };
    writeFileSync(join(dataDir, 'database.lock'), JSON.stringify(stale));
    lockDataDir(dataDir).release();
    const own = { pid: process.pid, bootId: 'another boot', startTicks: '1' };
    writeFileSync(join(dataDir, 'database.lock'), JSON.stringify(own));
    lockDataDir(dataDir).release();
    expect(existsSync(join(dataDir, 'database.lock'))).toBe(false);
  });

  it('is taken over when its file is unreadable', () => {
    writeFileSync(join(dataDir, 'database.lock'), '');
    lockDataDir(dataDir).release();
    expect(existsSync(join(dataDir, 'database.lock'))).toBe(false);
  });

  it('is refused to the same process a second time', () => {
    const lock = lockDataDir(dataDir);
    expect(() => lockDataDir(dataDir)).toThrow(expect.objectContaining({ code: 'storage-locked' }));
    lock.release();
    lockDataDir(dataDir).release();
  });
});
