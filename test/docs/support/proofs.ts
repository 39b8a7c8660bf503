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
  /** What was measured, when that is kept elsewhere than among the figures of the test. */
  readonly measured?: string;
}

export const proofs: readonly Proof[] = [
  {
    what: 'Seeded schedules of one to four replicas with faults',
    short: '1,000 schedules',
    long: '10,000 schedules',
    test: 'schedules/schedules.test.ts',
  },
  {
    what: 'Kills of the real process, embedded database',
    short: '20 runs',
    long: '200 runs',
    test: 'kills/kills-pglite.test.ts',
  },
  {
    what: 'Kills of the real process, PostgreSQL',
    short: '20 runs',
    long: '200 runs',
    test: 'kills/kills-postgres.test.ts',
  },
  {
    what: '100 presses at once on five replica processes; races of decisions',
    short: '10 rounds',
    long: '200 rounds',
    test: 'kills/presses.test.ts',
  },
  {
    what: 'A process stopped past its lease, and woken up',
    short: '4 points',
    long: '11 points',
    test: 'kills/zombie.test.ts',
  },
  {
    what: 'A process asked to end at random times, and after a fault that nobody caught',
    short: '3 times, 2 faults',
    long: '100 times, 2 faults',
    test: 'kills/stopping.test.ts',
  },
  {
    what: 'A database that goes, comes, is cut at a commit or is newer',
    short: '4 cuts',
    long: '40 cuts',
    test: 'kills/storage.test.ts',
  },
  {
    what: 'This version and the next one on one database, side by side and half way',
    short: '5 plans',
    long: '5 plans',
    test: 'kills/versions.test.ts',
  },
  {
    what: 'A real process killed at each write of a whole set-up',
    short: '3 kills',
    long: '18 kills, 27 faults',
    test: 'faults/setup.test.ts',
  },
  {
    what: 'The decision table against an independent oracle',
    short: '5,000 cells',
    long: 'the full products, 20,000 random',
    test: 'approvals/decision-table.test.ts',
  },
  {
    what: 'Races of decisions on four stores',
    short: '200 rounds',
    long: '3,000 rounds',
    test: 'approvals/races.test.ts',
  },
  {
    what: 'Tampered decision buttons',
    short: '500',
    long: '5,000',
    test: 'fuzz/decision-buttons.test.ts',
  },
  {
    what: 'Activities that are wrong somewhere',
    short: '2,000',
    long: '10,000',
    test: 'fuzz/activities.test.ts',
  },
  {
    what: 'Tampering with an exported audit chain',
    short: '1,000 rows',
    long: '1,000 rows',
    test: 'evidence/tampering.test.ts',
  },
  {
    what: 'Tokens that are no token of the channel for us',
    short: 'all',
    long: 'all',
    test: 'bot/channel-token.test.ts',
  },
  {
    what: 'Clients that send slowly',
    short: '200',
    long: '200',
    test: 'bot/slow-clients.test.ts',
  },
  {
    what: 'Hostile display names on every card',
    short: '200 names',
    long: '200 names',
    test: 'cards/hostile.test.ts',
  },
  {
    what: 'Tokens by the real library from an https issuer, used in calls of the Graph layer',
    short: 'all ways to sign in',
    long: 'all ways to sign in',
    test: 'graph/sign-in.test.ts',
  },
  {
    what: 'Each write of a set-up has its intent and its record',
    short: 'one set-up',
    long: 'one set-up',
    test: 'commands/conversation/audit.test.ts',
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
