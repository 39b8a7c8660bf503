import { execFile } from 'node:child_process';
import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import { BotError } from '../errors';
import { lockDataDir } from './data-dir-lock';
import type { Db, Store } from './db';
import { DiskRoom } from './disk-room';
import { isSchemaKnown, mayMigrate, onKnownSchema, type Migrations } from './migrations';
import { endOnPanic } from './pglite-panic';
import * as schema from './schema';
import { runTransaction } from './transaction';

/**
 * The embedded database in `${dataDir}/database`, for one process. Survives the death of the process, not a loss
 * of power: PGlite does not flush to disk (stack 4.1).
 *
 * @throws BotError `storage-locked` when another process has it; `storage-unavailable` when it cannot be opened, or its
 * disk is full
 */
export async function openPglite(dataDir: string, migrations: Migrations): Promise<Store> {
  const lock = lockDataDir(dataDir);
  try {
    const room = new DiskRoom(dataDir);
    room.require();
    const folder = join(dataDir, 'database');
    if (!existsSync(join(folder, 'PG_VERSION'))) await createCluster(folder);
    const client = await PGlite.create(folder);
    endOnPanic(client);
    const drizzled = drizzle(client, { schema });
    const db = drizzled as unknown as Db;
    if (await mayMigrate(db, migrations)) await migrate(drizzled, { migrationsFolder: migrations.folder });
    return pgliteStore({ client, db, migrations, room, release: lock.release });
  } catch (cause) {
    lock.release();
    if (cause instanceof BotError) throw cause;
    throw new BotError(
      'storage-unavailable',
      `opening the database in ${dataDir}`,
      'Check that the disk has space and the folder may be written.',
      { cause },
    );
  }
}

interface OpenPglite {
  readonly client: PGlite;
  readonly db: Db;
  readonly migrations: Migrations;
  readonly room: DiskRoom;
  readonly release: () => void;
}

function pgliteStore({ client, db, migrations, room, release }: OpenPglite): Store {
  return {
    db,
    dialect: 'pglite',
    engine: { dialect: 'pglite', client },
    async transaction(work) {
      room.require();
      return runTransaction(db, onKnownSchema(migrations, work));
    },
    async isReady() {
      try {
        return room.isEnough() && (await isSchemaKnown(db, migrations));
      } catch {
        return false;
      }
    },
    async close() {
      try {
        if (!client.closed) await client.close();
      } finally {
        release();
      }
    },
  };
}

/**
 * Creates the database files in a child process, because what that takes (500 MB) is not given back (stack 4.1);
 * beside the final folder, so that a kill half way leaves nothing half made.
 */
async function createCluster(folder: string): Promise<void> {
  const fresh = `${folder}.new`;
  rmSync(fresh, { recursive: true, force: true });
  const script = `require(${JSON.stringify(require.resolve('@electric-sql/pglite'))}).PGlite
    .create(${JSON.stringify(fresh)}).then((database) => database.close())
    .catch((error) => { console.error(error); process.exit(1); });`;
  await promisify(execFile)(process.execPath, ['-e', script], { timeout: 120_000 });
  rmSync(folder, { recursive: true, force: true });
  renameSync(fresh, folder);
}
