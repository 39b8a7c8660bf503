import { readFileSync } from 'node:fs';

/**
 * One group of files at a time, against the tests that are about them: `npm run mutate` goes through all groups
 * (scripts/mutate.mjs) and writes docs/mutation.md. What is mutated and what is left out stands in
 * test/mutation/groups.json; how mutants are tried, in test/mutation/resident-runner.mjs.
 */
const { groups, leftOut } = JSON.parse(
  readFileSync(new URL('test/mutation/groups.json', import.meta.url), 'utf8'),
);
const name = process.env.MUTATION_GROUP ?? '';
if (!(name in groups)) throw new Error(`MUTATION_GROUP is one of ${Object.keys(groups).join(', ')}`);
const { mutate, tests } = groups[name];

export default {
  mutate,
  testRunner: 'resident',
  // Left out: tests that measure time and tests that draw at random, so that a figure can be had again.
  resident: { files: tests, leftOut: leftOut.join('|') },
  coverageAnalysis: 'perTest',
  plugins: ['./test/mutation/resident-runner.mjs', './test/mutation/words-for-people.mjs'],
  ignorers: ['words-for-people'],
  concurrency: 1,
  timeoutMS: 20_000,
  dryRunTimeoutMinutes: 20,
  disableTypeChecks: false,
  incremental: true,
  incrementalFile: `reports/mutation/${name}.incremental.json`,
  reporters: ['json', 'progress-append-only'],
  jsonReporter: { fileName: `reports/mutation/${name}.json` },
  tempDirName: `.stryker-tmp/${name}`,
  ignorePatterns: ['lib', '.data', '.stryker-tmp', 'reports'],
};
