import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statfsSync, statSync } from 'node:fs';
import { freemem } from 'node:os';
import { join } from 'node:path';

const inMemory = '/dev/shm';
const prefix = 'steward-tests-';
/** Four workers with a few databases of 40 MB each, and a PostgreSQL. */
const enough = 4 * 1024 ** 3;

/**
 * Lets `tmpdir()` be in memory for a run of the tests, where there is room: each test with a database makes and deletes
 * a thousand files, and a disk takes longer for that than the test for its work. @returns what takes the folder away
 */
export function keepTemporaryFilesInMemory(): () => void {
  if (!hasRoom()) return () => undefined;
  deleteLeftOvers();
  const folder = mkdtempSync(join(inMemory, `${prefix}${process.pid}-`));
  chmodSync(folder, 0o711); // PostgreSQL runs as somebody else
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = folder;
  return () => {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
    rmSync(folder, { recursive: true, force: true });
  };
}

function hasRoom(): boolean {
  if (process.platform !== 'linux' || !existsSync(inMemory)) return false;
  const { bavail, bsize } = statfsSync(inMemory);
  return bavail * bsize >= enough && freemem() >= 2 * enough;
}

/** Our own of runs that were killed: their memory would be lost until the machine starts anew. */
function deleteLeftOvers(): void {
  for (const name of readdirSync(inMemory).filter((one) => one.startsWith(prefix))) {
    const folder = join(inMemory, name);
    const pid = Number.parseInt(name.slice(prefix.length), 10);
    // A run that ends just now deletes its own.
    const isOurs = statSync(folder, { throwIfNoEntry: false })?.uid === process.getuid?.();
    if (isOurs && !existsSync(`/proc/${pid}`)) rmSync(folder, { recursive: true, force: true });
  }
}
