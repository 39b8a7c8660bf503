import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

export interface Proof {
  readonly what: string;
  /** How much of it `npm test` plays. */
  readonly short: string;
  /** How much `npm run prove` plays. */
  readonly long: string;
  /** Below `test`. */
  readonly test: string;
  /** What the long form printed last, or what is known of it. */
  readonly measured: string;
}

export const proofs: readonly Proof[] = [
  {
    what: 'Seeded schedules of one to four replicas with faults',
    short: '1,000 schedules',
    long: '10,000 schedules',
    test: 'schedules/schedules.test.ts',
    measured: '',
  },
  {
    what: 'Kills of the real process, embedded database',
    short: '20 runs',
    long: '200 runs',
    test: 'kills/kills-pglite.test.ts',
    measured: '',
  },
  {
    what: 'Kills of the real process, PostgreSQL',
    short: '20 runs',
    long: '200 runs',
    test: 'kills/kills-postgres.test.ts',
    measured: '',
  },
  {
    what: '100 presses at once on five replica processes; races of decisions',
    short: '10 rounds',
    long: '200 rounds',
    test: 'kills/presses.test.ts',
    measured: '',
  },
  {
    what: 'A process stopped past its lease, and woken up',
    short: '4 points',
    long: '11 points',
    test: 'kills/zombie.test.ts',
    measured: '',
  },
  {
    what: 'A database that goes, comes, is cut at a commit or is newer',
    short: '4 cuts',
    long: '40 cuts',
    test: 'kills/storage.test.ts',
    measured: '',
  },
  {
    what: 'A real process killed at each write of a whole set-up',
    short: '3 kills',
    long: '18 kills, 27 faults',
    test: 'faults/setup.test.ts',
    measured: '',
  },
  {
    what: 'The decision table against an independent oracle',
    short: '3,000 cells',
    long: 'the full products',
    test: 'approvals/decision-table.test.ts',
    measured: '',
  },
  {
    what: 'Races of decisions on four stores',
    short: '200 rounds',
    long: '3,000 rounds',
    test: 'approvals/races.test.ts',
    measured: '',
  },
  {
    what: 'Tampered decision buttons',
    short: '500',
    long: '5,000',
    test: 'fuzz/decision-buttons.test.ts',
    measured: '',
  },
  {
    what: 'Activities that are wrong somewhere',
    short: '2,000',
    long: '10,000',
    test: 'fuzz/activities.test.ts',
    measured: '',
  },
  {
    what: 'Tampering with an exported audit chain',
    short: '1,000 rows',
    long: '1,000 rows',
    test: 'evidence/tampering.test.ts',
    measured: '',
  },
  {
    what: 'Mutants of decision, authority, digest, quorum, apply and parser ([mutation.md](mutation.md))',
    short: 'the document is checked',
    long: '`npm run mutate`',
    test: 'docs/mutation.test.ts',
    measured: mutantsKilled(),
  },
];

/** "3,600 of 3,700 killed", from the last row of the figures. */
function mutantsKilled(): string {
  const figures = readFileSync(resolve(__dirname, '../../../docs/mutation.md'), 'utf8');
  const [, mutants, killed] = /^\| \*\*all\*\* \| \| \*\*(\d+)\*\* \| \*\*(\d+)\*\* /m.exec(figures) ?? [];
  return `${Number(killed).toLocaleString('en')} of ${Number(mutants).toLocaleString('en')} killed`;
}
