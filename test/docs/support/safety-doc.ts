import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { figuresOf } from '../../helpers/figures';
import { invariants } from './invariants';
import { proofs } from './proofs';

const root = resolve(__dirname, '../../..');

/** Source files whose comments name an invariant, by its number. */
export function heldIn(id: string): readonly string[] {
  const named = new RegExp(`\\b${id}\\b`);
  return sourceFiles().filter((file) => named.test(readFileSync(join(root, file), 'utf8')));
}

/** Tests of the list that are not there any more: a file that is gone, or a title that changed. */
export function lostTests(): readonly string[] {
  return Object.entries(invariants).flatMap(([id, { tests }]) =>
    tests.flatMap(([file, title]) => {
      const path = join(root, 'test', file);
      return existsSync(path) && readFileSync(path, 'utf8').includes(title)
        ? []
        : [`${id}: ${file}: ${title}`];
    }),
  );
}

/** Checks of every seeded schedule, by the name that begins with the number. */
export function checkedIn(id: string): readonly string[] {
  const folder = join(root, 'test/schedules/invariants');
  return readdirSync(folder).flatMap((file) =>
    [...readFileSync(join(folder, file), 'utf8').matchAll(/^ {2}'(I\d+) ([^']+)'/gm)]
      .filter(([, number]) => number === id)
      .map(([, , check = '']) => `every schedule: ${check}`),
  );
}

/** What the long form last printed, with the day and the commit that it proved. */
function measuredBy(test: string): string {
  const figures = figuresOf(test);
  const [newest] = figures.map(([, figure]) => figure).toSorted((a, b) => b.on.localeCompare(a.on));
  if (!newest) return 'not yet';
  const lines = figures.map(([name, { measured }]) => `${name}: ${measured}`);
  return [...lines, `(${newest.on}, ${newest.commit})`].join('<br>');
}

/** `docs/safety.md`, whole. */
export function safetyDoc(): string {
  return [
    '# Safety',
    '',
    'What this bot promises, where the code holds it, and which test turns red without it. Made by',
    '`test/docs/safety.test.ts` from comments that name an invariant and from `test/docs/support`; do not edit it by hand.',
    '`UPDATE_GOLDEN=1` writes it anew.',
    '',
    '## Proofs',
    '',
    '`npm run prove` runs the long form of all of them and prints a line for each figure; the short form is part of',
    '`npm test`. The last column is what the long form last printed.',
    '',
    '| Proof | Short form | Long form | Test | Measured |',
    '| --- | --- | --- | --- | --- |',
    ...proofs.map(
      ({ what, short, long, test }) =>
        `| ${what} | ${short} | ${long} | \`test/${test}\` | ${measuredBy(test)} |`,
    ),
    '',
    '## Invariants',
    '',
    '| | Promise | Held in | Proven by |',
    '| --- | --- | --- | --- |',
    ...Object.entries(invariants).map(([id, { promise, tests }]) => {
      const places = heldIn(id).map((file) => `\`${file.replace(/^src\//, '')}\``);
      const proven = tests.map(([file, title]) => `\`${file}\`: ${title}`);
      proven.push(...checkedIn(id));
      return `| ${id} | ${promise} | ${places.join('<br>')} | ${proven.join('<br>')} |`;
    }),
    '',
  ].join('\n');
}

function sourceFiles(): readonly string[] {
  return readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|tsx|sql)$/.test(entry.name))
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(root.length + 1)
        .replaceAll('\\', '/'),
    )
    .toSorted();
}
