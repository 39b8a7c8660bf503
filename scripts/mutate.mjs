/**
 * Changes the code in thousands of small ways and counts which changes no test notices; then writes
 * docs/mutation.md. `npm run mutate -- GROUP…` runs some groups only; `--fresh` believes no earlier run.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const { groups } = JSON.parse(readFileSync(join(root, 'test/mutation/groups.json'), 'utf8'));
const words = process.argv.slice(2);
const isFresh = words.includes('--fresh');
const wanted = words.filter((word) => word !== '--fresh');
const unknown = wanted.filter((name) => !(name in groups));
if (unknown.length > 0) {
  console.error(`No group ${unknown.join(', ')}. There are ${Object.keys(groups).join(', ')}.`);
  process.exit(78);
}

// Databases of tests are small and many: in memory where the system has such a folder.
const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'steward-mutation-'));
const run = (script, args, env = {}) =>
  spawnSync(process.execPath, [script, ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, TMPDIR: folder, ...env },
  }).status === 0;

let isGood = true;
for (const name of wanted.length > 0 ? wanted : Object.keys(groups)) {
  console.log(`\n${name}`);
  const stryker = join(root, 'node_modules/@stryker-mutator/core/bin/stryker.js');
  isGood = run(stryker, ['run', ...(isFresh ? ['--force'] : [])], { MUTATION_GROUP: name }) && isGood;
}
rmSync(folder, { recursive: true, force: true });
if (isGood) isGood = run(join(root, 'scripts/mutation-report.mjs'), []);
process.exitCode = isGood ? 0 : 1;
