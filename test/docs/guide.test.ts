import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { guide } from '../../src/diagnose/guide';
import { guideCommands } from './support/guide-lines';
import { guideTable, replacing, unknownLines } from './support/guide-table';
import { playGuide, type Played } from './support/play-guide';

const docs = resolve(__dirname, '../../docs');
const text = readFileSync(resolve(docs, 'guide.md'), 'utf8');
const lines = guideCommands(text);

describe('docs/guide.md', () => {
  let played: readonly Played[];
  beforeAll(async () => {
    played = await playGuide(lines);
  }, 240_000);

  it('has commands for each of the five steps', () => {
    expect(new Set(lines.map(({ step }) => step))).toEqual(new Set([1, 2, 3, 4, 5, null]));
    expect(lines.length).toBeGreaterThan(30);
  });

  it.each(lines.map(({ typed }, index) => [typed, index] as const))('%s', (_, index) => {
    const { answer, result, command } = played[index] as Played;
    expect(command).not.toBe('');
    expect(answer).not.toMatch(/^(Error|Refused|Not understood)\n/);
    if (result !== null) expect(result).toMatch(/Done|Try one user\n(Created|Updated|Nothing)/);
  });

  it('has every outdated line of PowerShell in a step, and a command for it', () => {
    expect(unknownLines()).toEqual([]);
    const lost = guide.flatMap(({ lines: all }) =>
      all.filter(({ says }) => replacing(played, says).length === 0),
    );
    expect(lost.map(({ says }) => says)).toEqual([]);
  });

  it('is what docs/guide-table.md was made from (UPDATE_GOLDEN=1 writes it)', () => {
    const file = resolve(docs, 'guide-table.md');
    const made = guideTable(played);
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, made);
    expect(existsSync(file) ? readFileSync(file, 'utf8') : 'missing').toBe(made);
  });

  it('shows at most six pictures, each there and small', () => {
    const pictures = [...text.matchAll(/\]\((images\/[^)]+)\)/g)].map(([, path]) =>
      resolve(docs, path ?? ''),
    );
    expect(pictures.length).toBeLessThanOrEqual(6);
    for (const picture of pictures) {
      expect([picture, existsSync(picture)]).toEqual([picture, true]);
      expect(statSync(picture).size).toBeLessThanOrEqual(100 * 1024);
    }
  });
});
