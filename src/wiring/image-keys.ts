import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config';

/** As the settings name them; in local mode else one made at the first start and kept in DATA_DIR, readable by its owner only. */
export function imageKeys({ imageKeys: named = [], dataDir, mode }: Config): readonly string[] {
  if (named.length > 0 || mode === 'production') return named;
  const file = join(dataDir, 'before-image.key');
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(file, randomBytes(32).toString('base64'), { mode: 0o600, flag: 'wx' });
  }
  return [readFileSync(file, 'utf8').trim()];
}
