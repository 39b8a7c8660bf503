import { statfsSync } from 'node:fs';
import { BotError } from '../errors';
import { log } from '../log';

/** Four files of PGlite's log: it breaks down when it cannot begin the next one (`pglite-panic.ts`). */
const leastBytes = 64 * 1024 ** 2;

/** Whether the disk of the embedded database has room for more; asked before all work, a few microseconds each. */
export class DiskRoom {
  private isToldOf = false;

  constructor(private readonly folder: string) {}

  /** @throws the system's error when the folder is gone */
  isEnough(): boolean {
    const { bavail, bsize } = statfsSync(this.folder);
    const isEnough = bavail * bsize >= leastBytes;
    if (!isEnough && !this.isToldOf) {
      log.error('the disk of the database is full: nothing is begun', { event: 'disk-full', part: 'store' });
    }
    this.isToldOf = !isEnough;
    return isEnough;
  }

  /** What cannot be written down is not done (I30). @throws BotError `storage-unavailable` */
  require(): void {
    if (this.isEnough()) return;
    throw new BotError(
      'storage-unavailable',
      'working on a disk with less than 64 MB left',
      'Ask whoever runs this bot to free space on the disk of DATA_DIR.',
    );
  }
}
