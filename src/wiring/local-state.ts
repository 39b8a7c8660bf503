import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BotError } from '../errors';

const marker = '.sync-steward';

function isOurs(dataDir: string): boolean {
  return !existsSync(dataDir) || existsSync(join(dataDir, marker)) || readdirSync(dataDir).length === 0;
}

/** Makes the folder, and marks it so that a later `--reset` knows it for ours. */
export function prepareDataDir(dataDir: string): void {
  mkdirSync(dataDir, { recursive: true });
  if (isOurs(dataDir))
    writeFileSync(
      join(dataDir, marker),
      'State of local mode; npm run local -- --reset empties this folder.\n',
    );
}

/**
 * Forgets everything that local mode kept.
 * @throws BotError `bad-settings` for a folder that holds something else: a wrong DATA_DIR must not cost files
 */
export function emptyDataDir(dataDir: string): void {
  if (!isOurs(dataDir)) {
    throw new BotError(
      'bad-settings',
      `emptying ${dataDir}, which local mode did not make`,
      'Mend DATA_DIR.',
    );
  }
  rmSync(dataDir, { recursive: true, force: true });
}
