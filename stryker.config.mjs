import { groups, leftOut } from './test/mutation/groups.mjs';

/** One group of files at a time: `npm run mutate` goes through all of them (docs/mutation.md). */
const name = process.env.MUTATION_GROUP ?? 'digest';
const { mutate, tests } = groups[name];

export default {
  mutate,
  testRunner: 'resident',
  resident: { files: tests, leftOut: leftOut.source },
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
  tempDirName: '.stryker-tmp',
  ignorePatterns: ['lib', '.data', 'reports'],
};
