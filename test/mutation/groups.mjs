/**
 * What is mutated, by the words of the goal, and the tests that run against it. Fast files first: most mutants end
 * there. Left out are tests that measure time, that draw at random, and the second database.
 */
export const leftOut = / ms for |^any text /;

const decision = [
  'test/plan/tier.test.ts',
  'test/approvals/authority.test.ts',
  'test/approvals/ballot.test.ts',
  'test/approvals/candidates.test.ts',
  'test/approvals/person.test.ts',
  'test/approvals/recheck.test.ts',
  'test/approvals/voices.test.ts',
  'test/approvals/decide.test.ts',
  'test/approvals/bug-class.test.ts',
  'test/approvals/delegate.test.ts',
  'test/approvals/break-glass.test.ts',
];

export const groups = {
  parser: {
    mutate: [
      'src/commands/parse.ts',
      'src/commands/parse-arguments.ts',
      'src/commands/parse-options.ts',
      'src/commands/tokenize.ts',
    ],
    tests: [
      'test/commands/tokenize.test.ts',
      'test/commands/parse-options.test.ts',
      'test/commands/parse-arguments.test.ts',
      'test/commands/parse.test.ts',
    ],
  },
  digest: {
    mutate: ['src/plan/digest.ts', 'src/store/canonical-json.ts'],
    tests: ['test/plan/digest.test.ts', 'test/store/canonical-json.test.ts'],
  },
  quorum: {
    mutate: ['src/approvals/voices.ts', 'src/plan/tier.ts', 'src/store/decisions.ts'],
    tests: [...decision, 'test/store/decisions.test.ts'],
  },
  authority: {
    mutate: ['src/approvals/authority.ts', 'src/approvals/person.ts', 'src/approvals/candidates.ts'],
    tests: decision,
  },
  decision: {
    mutate: [
      'src/approvals/decide.ts',
      'src/approvals/ballot.ts',
      'src/approvals/vote.ts',
      'src/approvals/request.ts',
      'src/approvals/own-plan.ts',
      'src/approvals/stop.ts',
      'src/approvals/close.ts',
      'src/approvals/held.ts',
      'src/approvals/recheck.ts',
      'src/approvals/break-glass.ts',
      'src/approvals/expire.ts',
    ],
    tests: decision,
  },
  apply: {
    mutate: [
      'src/plan/apply.ts',
      'src/plan/run.ts',
      'src/plan/run-change.ts',
      'src/plan/guarded-write.ts',
      'src/plan/observe.ts',
      'src/plan/compare.ts',
      'src/plan/refuse-to-begin.ts',
      'src/plan/fault.ts',
    ],
    tests: ['test/plan/apply.test.ts', 'test/plan/stop-and-freeze.test.ts'],
  },
};
