import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

/** What the long form of a proof last measured. */
export interface Figure {
  readonly measured: string;
  /** The day, and the commit that was proven. */
  readonly on: string;
  readonly commit: string;
}

const tests = resolve(__dirname, '..');
const kept = join(tests, 'docs/figures');

/**
 * Prints what a proof measured. The long form (`PROVE=1`) keeps it too, for docs/safety.md: a file for each, since proofs
 * run beside each other.
 */
export function tellFigure(testFile: string, name: string, measured: string): void {
  process.stdout.write(`${name}: ${measured}\n`);
  if (process.env['PROVE'] !== '1') return;
  mkdirSync(kept, { recursive: true });
  const figure: Figure = { measured, on: new Date().toISOString().slice(0, 10), commit: commit() };
  writeFileSync(
    join(kept, `${keyOf(testFile)}.${name.replaceAll(' ', '-')}.json`),
    `${JSON.stringify(figure, null, 2)}\n`,
  );
}

/** The figures of a test file, by their names. */
export function figuresOf(testFile: string): readonly (readonly [name: string, figure: Figure])[] {
  if (!existsSync(kept)) return [];
  const begin = `${keyOf(testFile)}.`;
  return readdirSync(kept)
    .filter((file) => file.startsWith(begin))
    .sort()
    .map((file) => [
      file.slice(begin.length, -'.json'.length).replaceAll('-', ' '),
      JSON.parse(readFileSync(join(kept, file), 'utf8')) as Figure,
    ]);
}

/** @param testFile absolute, or as seen from `test` */
function keyOf(testFile: string): string {
  return relative(tests, resolve(tests, testFile))
    .replace(/\.test\.ts$/, '')
    .replace(/[\\/]/g, '-');
}

function commit(): string {
  return execFileSync('git', ['rev-parse', '--short=9', 'HEAD'], { cwd: tests }).toString().trim();
}
